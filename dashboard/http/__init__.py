"""The app over HTTP: what its routes share."""
