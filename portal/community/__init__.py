"""The private community: its members."""
