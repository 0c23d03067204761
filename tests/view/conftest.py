"""A registry of a few rows, for answers that can be worked out by hand."""

from tests.registries import registry, registry_file

__all__ = ["registry", "registry_file"]
