"""What users take away: filtered extracts with their manifest."""
