"""A believable company with a year of history, invented from the first word to the last.

Lumen & Loom makes lamps whose shades people weave, fold, print and felt at home. The same seed gives the
same year each time; only the dates move with the day on which it is filled.
"""
