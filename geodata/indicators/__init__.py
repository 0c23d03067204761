"""Indicators: what is known of regions beside their KIM, such as people or the state of a desa."""
