"""Targets that regions have set: kept with their history, read from files, and judged."""
