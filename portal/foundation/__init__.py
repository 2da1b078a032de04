"""What every stage stands on; no word of the business is spoken here."""
