"""Posts and comments on Reddit, off until Reddit has approved it."""
