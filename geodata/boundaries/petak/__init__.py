"""Petak: equal squares instead of polygons."""
