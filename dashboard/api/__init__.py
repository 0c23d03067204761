"""What other programs are given: features (OGC API), figures, regions, search, tiles, catalogue."""
