"""The lineage of regions: what a region of an older edition of the official list is today."""
