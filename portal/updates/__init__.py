"""Who is told what, once, and how they stop it."""
