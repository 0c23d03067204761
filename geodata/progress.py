"""Progress of long work: functions report steps, the command line draws them as a bar."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

Done = Callable[[float], None]
"""Called with the share of the work that is done, 0 to 1."""

Report = Callable[[str, float], None]
"""Called with the name of the step under way and the share of it that is done, 0 to 1."""


@contextmanager
def progress_bar() -> Iterator[Report]:
    """Draw what is reported on standard error, a line a step."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:<34}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        tasks: dict[str, TaskID] = {}

        def report(step: str, share: float) -> None:
            if step not in tasks:
                tasks[step] = progress.add_task(step, total=1.0)
            progress.update(tasks[step], completed=share)

        yield report
