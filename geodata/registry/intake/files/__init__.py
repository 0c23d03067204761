"""Files of any common kind, read into sheets of text."""
