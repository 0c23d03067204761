"""Regions and KIM as features, as programs of others ask for them (OGC API - Features)."""
