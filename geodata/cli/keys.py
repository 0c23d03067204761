"""The command line of keys: what programs show to get more than what is public."""

from dataclasses import asdict
from typing import Annotated

import typer

from geodata.cli.options import print_lines, region_there_is, write_table
from geodata.cli.registry import Out
from geodata.cli.users import As, Of
from geodata.operator import operating
from geodata.people.rights import Right

keys_app = typer.Typer(
    help="Keys of programs: make them, list them, take them back.", no_args_is_help=True
)


@keys_app.command()
def make(
    name: Annotated[str, typer.Argument(help="What it is for, such as 'Dasbor Jatim'.")],
    role: As,
    region: Of = None,
    days: Annotated[int, typer.Option(help="Days that it is valid, up to 366.")] = 90,
) -> None:
    """Make a key and print it alone on a line: it is shown this once."""
    from geodata.people.keys import make_key
    from geodata.registry.database.connection import open_registry

    made = make_key(
        open_registry(), name, role, region_there_is(region), days, who=operating(Right.PENGGUNA)
    )
    print_lines(
        "Keep it where only the program can read it; it is not shown again.", to_stderr=True
    )
    print_lines(made)


@keys_app.command()
def revoke(number: Annotated[int, typer.Argument(help="Its number in the list.")]) -> None:
    """End a key for good."""
    from geodata.people.keys import revoke_key
    from geodata.registry.database.connection import find_registry

    key = revoke_key(find_registry(), number, who=operating(Right.PENGGUNA))
    print_lines(f"{key.name} opens nothing any more.")


@keys_app.command("list")
def list_(out: Out = None) -> None:
    """List the keys: role, region, made when and by whom, valid until, last used."""
    import pandas as pd

    from geodata.people.keys import Key, list_keys
    from geodata.registry.database.connection import find_registry

    operating(Right.PENGGUNA)
    rows = [asdict(key) for key in list_keys(find_registry())]
    write_table(pd.DataFrame(rows, columns=list(Key.__dataclass_fields__)), out)
