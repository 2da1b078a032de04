"""The people behind the mentions, scored by the product and judged by a person."""
