"""An empty registry, on SQLite and on PostgreSQL."""

from tests.registry.conftest import new_url, postgresql, registry, url

__all__ = ["new_url", "postgresql", "registry", "url"]
