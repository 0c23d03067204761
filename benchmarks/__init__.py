"""What has to stay fast, measured beside the plain way of doing it: ``python -m benchmarks``."""
