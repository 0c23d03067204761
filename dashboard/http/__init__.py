"""The app over HTTP: who asks and what may be asked for, headers, and what its routes share."""
