"""Reviews of our own apps in the App Store."""
