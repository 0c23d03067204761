"""The command line of accounts: who signs in with which role, and who did what."""

from dataclasses import asdict
from typing import Annotated

import typer

from geodata.cli.options import print_lines, region_code, region_there_is, write_table
from geodata.cli.registry import Out
from geodata.operator import operating
from geodata.people.rights import GIVEN, Right, Role

users_app = typer.Typer(
    help="Accounts: invite people, give them roles, take these away.", no_args_is_help=True
)

_ROLES = ", ".join(GIVEN)
Email = Annotated[str, typer.Argument(help="The address that they sign in with.")]
As = Annotated[Role, typer.Option("--role", help=f"What they are: {_ROLES}.")]
Of = Annotated[
    str | None,
    typer.Option(
        "--region",
        metavar="CODE",
        help="The kabupaten/kota of a petugas (35.07), the provinsi of a verifikator (35).",
    ),
]


@users_app.command()
def invite(email: Email, role: As, region: Of = None) -> None:
    """Make an account: it is theirs once they sign in with that address.

    The first administrator is made like this, too: --role administrator.
    """
    from geodata.people import accounts
    from geodata.registry.database.connection import open_registry

    made = accounts.invite(
        open_registry(), email, role, region_there_is(region), who=operating(Right.PENGGUNA)
    )
    print_lines(f"{made.email} may sign in as {_said(made.role, made.region)}.")


@users_app.command()
def role(email: Email, role: As, region: Of = None) -> None:
    """Give an account another role or region."""
    from geodata.people import accounts
    from geodata.registry.database.connection import find_registry

    registry = find_registry()
    found = accounts.find_account(registry, email)
    changed = accounts.change_role(
        registry, found.id, role, region_there_is(region), who=operating(Right.PENGGUNA)
    )
    print_lines(f"{changed.email} is now {_said(changed.role, changed.region)}.")


@users_app.command("sign-out")
def sign_out(email: Email) -> None:
    """End all sessions of an account; they may sign in anew."""
    from geodata.people import accounts
    from geodata.registry.database.connection import find_registry

    registry = find_registry()
    found = accounts.find_account(registry, email)
    accounts.sign_out_everywhere(registry, found.id, who=operating(Right.PENGGUNA))
    print_lines(f"{found.email} has to sign in anew.")


@users_app.command()
def remove(email: Email) -> None:
    """Take an account away."""
    from geodata.people import accounts
    from geodata.registry.database.connection import find_registry

    registry = find_registry()
    found = accounts.find_account(registry, email)
    accounts.remove(registry, found.id, who=operating(Right.PENGGUNA))
    print_lines(f"{found.email} may no longer sign in.")


@users_app.command("list")
def list_(out: Out = None) -> None:
    """List the accounts: role, region, since when, by whom, last seen."""
    import pandas as pd

    from geodata.people.accounts import list_accounts
    from geodata.registry.database.connection import find_registry

    operating(Right.PENGGUNA)
    columns = ["email", "name", "role", "region", "since", "given_by", "last_seen"]
    rows = [asdict(it) for it in list_accounts(find_registry())]
    write_table(pd.DataFrame(rows, columns=columns), out)


@users_app.command()
def log(
    region: Annotated[
        str | None, typer.Option(metavar="CODE", help="Only what was about this region.")
    ] = None,
    kim: Annotated[int | None, typer.Option(help="Only what was about the KIM #NUMBER.")] = None,
    out: Out = None,
) -> None:
    """Write the audit log: who did what, when, from where, and who saw what is personal."""
    import pandas as pd

    from geodata.people.audit import Entry, read_audit
    from geodata.registry.database.connection import find_registry

    code = region_code(region)
    operating(Right.LOG, code)
    lines = read_audit(find_registry(), region=code, kim_id=kim)
    rows = [asdict(line) for line in lines]
    write_table(pd.DataFrame(rows, columns=list(Entry.__dataclass_fields__)), out)


def _said(role: Role, region: str | None) -> str:
    return f"{role} of {region}" if region else role
