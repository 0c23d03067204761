"""The map of regions: its scripts, and what hands them to the browser."""
