"""Videos and comments on YouTube."""
