"""One KIM in several rows: found as files are staged, decided, and compared when they go in."""
