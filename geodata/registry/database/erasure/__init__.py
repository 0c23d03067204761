"""What leaves the database: personal data at request, and what was kept for a time only."""
