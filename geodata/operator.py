"""Who works at this machine: the name that the registry notes beside what was done."""

import getpass
import os


def operator_name() -> str:
    """Return the account name of this process; ``"uid 10001"`` where its user has none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may run as a user that no file knows
        return f"uid {os.getuid()}"
