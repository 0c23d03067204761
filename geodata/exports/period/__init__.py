"""The report of a period: one model, three files."""
