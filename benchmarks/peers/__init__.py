"""Apps that draw the same map in the plain way; the benchmarks start them."""
