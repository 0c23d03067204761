"""What a database says when something is wrong with it, as an error for users."""

from collections.abc import Iterator
from contextlib import contextmanager
from json import JSONDecodeError

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, NoSuchModuleError, OperationalError

from geodata.registry.database.registry_error import RegistryError

# Parts of what SQLite and PostgreSQL say, and the text that explains it.
_SAID = (
    ("registry_busy", ("locked", "lock timeout", "could not obtain lock")),
    ("registry_full", ("is full", "disk full", "no space", "readonly", "read-only", "disk i/o")),
    (
        "registry_damaged",
        ("malformed", "no such table", "no such column", "has no column",
         "does not exist", "decode", "corrupt", "already exists", "duplicate column",
         "invalid page", "could not read block"),
    ),
)  # fmt: skip


def shown_url(url: URL) -> str:
    """Return an address as messages name it: the file of SQLite, else without the password."""
    if url.drivername == "sqlite":
        return str(url.database)
    return url.render_as_string(hide_password=True)


@contextmanager
def explained(url: URL) -> Iterator[None]:
    """Turn what the driver says of a database into an error for users.

    Raises
    ------
    RegistryError
        If the database cannot be reached, read or written, or is damaged.
    """
    try:
        yield
    except NoSuchModuleError as error:
        raise RegistryError("registry_url") from error
    except DBAPIError as error:
        reason = str(error.orig).strip().splitlines()[0]
        key = _key(error, reason)
        if key is None:
            raise
        raise RegistryError(key, url=shown_url(url), reason=reason) from error
    except (JSONDecodeError, UnicodeDecodeError) as error:  # in a cell, which SQLite does not check
        raise RegistryError("registry_damaged", url=shown_url(url), reason=error) from error


def _key(error: DBAPIError, reason: str) -> str | None:
    """Return which text explains an error; ``None`` for a mistake in our code."""
    unreachable = isinstance(error, OperationalError)
    if unreachable and ("database" in reason and "does not exist" in reason):
        return "registry_unreachable"
    said = reason.lower()
    for key, parts in _SAID:
        if any(part in said for part in parts):
            return key
    refused = any(part in said for part in ("permission denied", "not a database"))
    return "registry_unreachable" if unreachable or refused else None
