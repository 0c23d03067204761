"""When somebody was last seen: noted every five minutes at most, for noting is writing."""

from datetime import UTC, datetime, timedelta

_EVERY = timedelta(minutes=5)


def is_to_note(last: str) -> bool:
    """Tell whether a visit now is to be noted after that of ``last`` (ISO 8601; "": never)."""
    return not last or datetime.now(UTC) - datetime.fromisoformat(last) > _EVERY
