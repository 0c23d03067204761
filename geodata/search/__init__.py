"""Finds regions and KIM as one types, by the names and codes that imports are matched by."""
