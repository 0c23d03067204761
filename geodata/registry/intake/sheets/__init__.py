"""Sheets of text, read into rows: headers, columns, titles, and what is data."""
