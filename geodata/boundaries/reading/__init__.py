"""Boundary files of others, read into rows: formats, layers, schemas, codes and names."""
