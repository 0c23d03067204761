"""The command line: everything the pages do, with the same functions.

Modules that are slow to import are imported by the command that needs them, so that ``--help`` and
the check of a finished build answer at once.
"""

import sys

from typer.exceptions import TyperException

from geodata.cli.area import area
from geodata.cli.boundaries import boundaries_app
from geodata.cli.change import change, report
from geodata.cli.commands import app
from geodata.cli.exports import atlas, briefing, export
from geodata.cli.forgetting import erase_, erasures, expire_
from geodata.cli.gaps import gaps_app
from geodata.cli.indicators import indicators_app
from geodata.cli.keys import keys_app
from geodata.cli.lineage import lineage
from geodata.cli.matching import match
from geodata.cli.options import print_lines
from geodata.cli.potential import potential, quadrants
from geodata.cli.priority import priority
from geodata.cli.registry import registry_app
from geodata.cli.reporting import reporting
from geodata.cli.targets import targets_app
from geodata.cli.users import users_app
from geodata.errors import PetaKimError

_PROGRAM = "python -m geodata"

app.add_typer(gaps_app)
app.command()(export)
app.command()(briefing)
app.command()(atlas)
app.command()(match)
app.command()(lineage)
app.command()(change)
app.command()(priority)
app.command()(report)
app.command()(reporting)
app.command()(quadrants)
app.command()(potential)
app.command()(area)
registry_app.command("erase")(erase_)
registry_app.command("expire")(expire_)
registry_app.command()(erasures)
app.add_typer(targets_app, name="targets")
app.add_typer(registry_app, name="registry")
app.add_typer(boundaries_app, name="boundaries")
app.add_typer(indicators_app, name="indicators")
app.add_typer(users_app, name="users")
app.add_typer(keys_app, name="keys")


def run() -> None:
    """Run the command line; a user's mistake is one clear line and exit status 2."""
    try:
        sys.exit(app(sys.argv[1:] or ["--help"], standalone_mode=False))
    except PetaKimError as error:
        problem = error.message("en")
    except TyperException as error:
        problem = " ".join(error.format_message().split())
    print_lines(f"geodata: {problem} ({_PROGRAM} --help tells more)", to_stderr=True)
    sys.exit(2)
