"""The KIM registry: its schema, activity fields (bidang), the sample and the snapshot."""
