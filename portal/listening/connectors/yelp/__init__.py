"""Reviews on Yelp."""
