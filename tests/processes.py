"""Processes that are forked from one that has loaded what they need.

There is one such server for each worker of pytest, and what it loads is settled when it starts.
Were each test module to name only its own, the processes of all others would load everything again.
"""

import multiprocessing

forked = multiprocessing.get_context("forkserver")
forked.set_forkserver_preload(
    [
        "tests.killing",
        "tests.registry.test_committed_twice",
        "tests.registry.test_killed",
        "alembic.command",
        "geodata.registry.intake.preparing",
    ]
)
