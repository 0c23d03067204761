"""Resolves the codes and names of regions, as people write them, to the codes of the gazetteer."""
