"""What people do around the company's LinkedIn page."""
