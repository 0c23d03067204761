"""What is computed from a snapshot: metrics, classification schemes and gaps."""
