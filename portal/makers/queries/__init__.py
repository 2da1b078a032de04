"""Reads of makers: what the score is made from (`acts`), and what the pages show (`people`, `evidence`)."""
