"""Every setting of Peta KIM: an environment variable ``KIM_...``, else its default.

A setting is a field of :class:`Settings`: its type is checked, and its description is what
``python -m geodata settings`` says of it. Nothing else reads ``KIM_...`` from the environment or
builds a path below ``var/``.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from geodata.errors import PetaKimError
from geodata.folders import VAR_DIR
from geodata.registry.numbering import checked_rule

PREFIX = "KIM_"
_LOOPBACK = r"http://(localhost|127\.0\.0\.1)(:[0-9]+)?"


class Settings(BaseSettings):
    """What whoever runs Peta KIM may choose; paths are absolute or of the working directory."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    store: Path = Field(default=VAR_DIR / "boundaries", description="Folder of the boundary store.")
    decks: Path = Field(default=VAR_DIR / "decks", description="Folder of decks of presentations.")
    uploads: Path = Field(
        default=VAR_DIR / "uploads",
        description="Folder of uploaded files whose columns are not confirmed yet.",
    )
    packed: Path = Field(
        default=VAR_DIR / "packed",
        description="Folder of scripts and fonts as browsers are sent them; it may be emptied.",
    )
    database_url: SecretStr | None = Field(
        default=None,
        description="Address of the registry: sqlite:///file.db or postgresql://user@host/name. "
        "Without it: SQLite in var/registry.db. `sample`: the made-up sample, whatever is there.",
    )
    operator: bool | None = Field(
        default=None,
        description="Who may import, decide and undo in the browser: 1 everybody who reaches the "
        "app, 0 nobody. Without it: whoever sits at its machine.",
    )
    sign_in_metadata: str = Field(
        default="",
        pattern=rf"^(https://\S+|{_LOOPBACK}/\S*)?$",
        description="Address at which the provider of sign-in (OpenID Connect) describes itself, "
        "such as https://sso.contoh.go.id/realms/kim/.well-known/openid-configuration.",
    )
    sign_in_client_id: str = Field(
        default="", description="Name under which the provider of sign-in knows this app."
    )
    sign_in_client_secret: SecretStr | None = Field(
        default=None, description="What the provider of sign-in knows this app by."
    )
    sign_in_cookie_secret: SecretStr | None = Field(
        default=None,
        min_length=32,
        description="What sessions are signed with, at least 32 random characters; all servers "
        "have the same. Another one ends all sessions.",
    )
    sign_in_address: str = Field(
        default="",
        pattern=rf"^(https://[a-z0-9.-]+(:[0-9]+)?|{_LOOPBACK})?$",
        description="Where people reach the app, such as https://kim.contoh.go.id, without a path. "
        "The provider of sign-in sends them back there, to /oauth2callback.",
    )
    sign_in_hours: float = Field(
        default=12.0, gt=0, le=720, description="Hours after which one has to sign in anew."
    )
    hosts: str = Field(
        default="",
        pattern=r"^[A-Za-z0-9.:_-]*(\s*,\s*[A-Za-z0-9.:_-]+)*$",
        description="Names by which people reach the app, such as kim.contoh.go.id, separated by "
        "commas. Loopback names and the address it listens on always count.",
    )
    framed_by: str = Field(
        default="",
        pattern=r"^(\*|https?://[A-Za-z0-9.:*-]+(\s+https?://[A-Za-z0-9.:*-]+)*)?$",
        description="Sites that may show the light view in a frame, such as "
        "https://malangkab.contoh.go.id, separated by spaces; * for all. Without it: none.",
    )
    metrics: bool = Field(
        default=False,
        description="Whether the server's figures, as Prometheus reads them, are served to whoever "
        "asks: /metrics, and Streamlit's own at /_stcore/metrics.",
    )
    log: Literal["text", "json"] = Field(
        default="text",
        description="How the log is written: text, or json: an object a line, and one for every "
        "request and run of a page, with its number and without what was asked for.",
    )
    makers: int = Field(
        default=2,
        ge=1,
        le=64,
        description="How many expensive answers (slides, shapes, plans, packs) are made at once.",
    )
    places_to_wait: int = Field(
        default=24,
        ge=0,
        le=1_000,
        description="How many expensive answers may wait to be made; further ones are refused.",
    )
    longest_wait: float = Field(
        default=50.0,
        gt=0,
        le=3_600,
        description="Seconds after which a reader of an expensive answer is told to try again.",
    )
    kept_mb: int = Field(
        default=128,
        ge=0,
        le=100_000,
        description="Megabytes of expensive answers that are kept.",
    )

    api_per_minute: int = Field(
        default=600,
        ge=1,
        le=1_000_000,
        description="How many requests a minute an address may make of the interfaces for "
        "programs, at each server.",
    )

    nomor_induk: Annotated[str, AfterValidator(checked_rule)] = Field(
        default="{kabupaten}.{tahun}.{urut:04}",
        description="Rule of the registration numbers that are given out: text with {provinsi}, "
        "{kabupaten}, {kecamatan}, {desa} (codes), {tahun}, and once {urut}, the running number; "
        "{urut:04} writes it with four digits.",
    )

    proposals: int = Field(
        default=0,
        ge=0,
        le=10_000,
        description="How many proposals of KIM that anybody sent in by a form may wait at once; "
        "0: there is no such form.",
    )

    reading_memory_gb: float = Field(
        default=8.0,
        gt=0,
        description="Memory in GB that reading one boundary file may take.",
    )
    reading_seconds: int = Field(
        default=3600,
        gt=0,
        description="Seconds that reading one boundary file, or one folder of them, may take.",
    )

    uploads_days: int = Field(
        default=30,
        ge=0,
        description="Days that an uploaded file waits for its columns to be confirmed; 0: ever.",
    )
    drafts_days: int = Field(
        default=90,
        ge=0,
        description="Days that a draft is kept after it was last worked on; 0: ever.",
    )
    cells_days: int = Field(
        default=180,
        ge=0,
        description="Days that cells as read, rejected rows and rows of undone batches are kept "
        "after the batch was last worked on; 0: ever.",
    )

    @property
    def host_names(self) -> frozenset[str]:
        """The names of ``hosts`` and of ``sign_in_address``, in lower case."""
        names = [*self.hosts.split(","), urlsplit(self.sign_in_address).hostname or ""]
        return frozenset(name.strip().lower().rstrip(".") for name in names) - {""}

    @property
    def signs_in(self) -> bool:
        """Whether people sign in: with none of what that takes they do not."""
        return bool(self.sign_in_address)

    @property
    def registry_file(self) -> Path:
        """SQLite's file of the registry where ``database_url`` names no database."""
        return VAR_DIR / "registry.db"


@dataclass(frozen=True)
class Entry:
    """A setting as a person reads it: variable, value, where that comes from, what it is for."""

    variable: str
    value: str
    source: str
    description: str


def settings() -> Settings:
    """Return the settings that the environment holds now.

    Raises
    ------
    PetaKimError
        If a variable has a value that cannot be used, or another one that is missing goes with it,
        naming it.
    """
    return _read(frozenset(_variables()))


def entries() -> list[Entry]:
    """Return every setting with its value (a secret one masked) and its source.

    Raises
    ------
    PetaKimError
        If a variable has a value that cannot be used, naming it.
    """
    now = settings()
    return [
        Entry(
            variable=PREFIX + name.upper(),
            value="" if getattr(now, name) is None else str(getattr(now, name)),
            source="environment" if name in now.model_fields_set else "default",
            description=field.description or "",
        )
        for name, field in Settings.model_fields.items()
    ]


@lru_cache(maxsize=8)  # an environment hardly changes, but reading it is asked for in every rerun
def _read(_variables: frozenset[tuple[str, str]]) -> Settings:
    try:
        read = Settings()
    except ValidationError as error:
        wrong = error.errors()[0]
        variable = PREFIX + str(wrong["loc"][0]).upper().removeprefix(PREFIX)
        raise PetaKimError("setting", variable=variable, reason=wrong["msg"]) from None
    _require_sign_in(read)
    return read


def _require_sign_in(read: Settings) -> None:
    """Make sure that what sign-in takes is there as a whole, and nobody operates beside it."""
    needed = ("metadata", "client_id", "client_secret", "cookie_secret", "address")
    missing = [name for name in needed if not getattr(read, f"sign_in_{name}")]
    if len(missing) == len(needed):
        return
    if missing:
        variables = ", ".join(f"{PREFIX}SIGN_IN_{name.upper()}" for name in missing)
        raise PetaKimError("sign_in_missing", missing=variables)
    if read.operator:
        raise PetaKimError("sign_in_operator")


def _variables() -> Iterator[tuple[str, str]]:
    # The values of all others are not even looked at: every rerun asks many times.
    return ((name, os.environ[name]) for name in os.environ if name[:4].upper() == PREFIX)
