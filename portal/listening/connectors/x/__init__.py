"""Posts on X, each of which costs money."""
