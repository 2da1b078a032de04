"""Who must not be tracked or contacted, and on what basis we may."""
