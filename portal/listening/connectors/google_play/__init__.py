"""Reviews of our own apps on Google Play."""
