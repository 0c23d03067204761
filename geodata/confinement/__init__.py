"""Work on what strangers made, in a process that may do little else."""
