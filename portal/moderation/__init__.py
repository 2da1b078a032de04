"""What others should not see, or not yet: reports, looks at what is held, decisions and appeals."""
