"""Photos on Flickr."""
