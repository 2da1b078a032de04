"""Posts on Tumblr by their tags."""
