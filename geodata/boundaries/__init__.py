"""Boundary sets: sources, the Thiessen construction, the versioned store and its tilesets."""
