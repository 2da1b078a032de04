"""Files of mentions: any common table or list in, drafts out, bad rows set aside with their reason."""
