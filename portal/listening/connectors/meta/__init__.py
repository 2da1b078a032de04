"""Facebook Page, Instagram and Threads, and what they share."""
