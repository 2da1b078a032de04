"""Who was asked to join, how, and what came of it."""
