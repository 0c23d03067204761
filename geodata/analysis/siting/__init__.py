"""Siting: where the next KIM should be formed, and how near to the best a plan is."""
