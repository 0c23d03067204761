"""The tables. What each column means stands in docs/data-model.md.

``migrations/versions`` makes them; a change here needs a new file there. Times are ISO 8601 in UTC.
Empty text is "", a missing number or day is NULL.
"""

from collections.abc import Iterable

from sqlalchemy import (
    JSON,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    cast,
)
from sqlalchemy.types import TypeEngine

from geodata.registry.staging import PLACE_WRITTEN, ROW_MARK, VALUES

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

DATES = ("tanggal_terdaftar", "tanggal_diperbarui")
INTEGERS = ("jumlah_anggota",)
FLOATS = ("lat", "lng")
TYPED = DATES + INTEGERS + FLOATS


def _type_of(name: str) -> TypeEngine:
    if name in DATES:
        return Date()
    if name in INTEGERS:
        return Integer()
    return Float() if name in FLOATS else Text()


def _text(names: Iterable[str]) -> list[Column]:
    return [Column(name, Text, nullable=False) for name in names]


def _placed_values() -> list[Column]:
    """Return the columns of what is known of a KIM, and of how it was placed."""
    values = [Column(name, _type_of(name), nullable=name in TYPED) for name in VALUES]
    return [*values, Column("metode", String(20), nullable=False), Column("skor", Float)]


def _id() -> Column:
    # Numbers are given out by the writer, of whom there is one at a time: a bulk insert knows them.
    return Column("id", Integer, primary_key=True, autoincrement=False)


# One row: which registry this is, and what a writer locks.
registry = Table(
    "registry",
    metadata,
    _id(),
    Column("uuid", String(32), nullable=False),
)

batch = Table(
    "batch",
    metadata,
    _id(),
    *_text(["file_name", "sha256", "sender", "who", "at"]),
    Column("state", String(10), nullable=False),
    Column("rows", Integer, nullable=False),
    # Headers and fields whose cells are kept for good; NULL for all of them.
    Column("recognised", JSON(none_as_null=True)),
    Column("cleared", Text, nullable=False, server_default=""),
    # The only region whose KIM it may change; NULL is Indonesia.
    Column("region", String(13)),
    Index(None, "sha256"),
)

# Each version of the registry, and what made it.
revision = Table(
    "revision",
    metadata,
    _id(),
    Column("action", String(10), nullable=False),
    Column("batch_id", ForeignKey("batch.id"), nullable=False),
    *_text(["who", "at"]),
    # Codes of regions that a commit reports for besides those of its rows; null is Indonesia.
    Column("covers", JSON(none_as_null=True)),
    # Of a commit: the day that its data are of.
    Column("as_of", Date),
    Index(None, "batch_id"),
)

staged_row = Table(
    "staged_row",
    metadata,
    _id(),
    Column("batch_id", ForeignKey("batch.id"), nullable=False),
    Column("sheet", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("raw", JSON, nullable=False),
    *_text(PLACE_WRITTEN),
    *_placed_values(),
    Column("kandidat", JSON, nullable=False),
    Column("outcome", String(10), nullable=False),
    Column("alasan", JSON, nullable=False),
    Column("kembar", JSON, nullable=False),
    # What a person decided, if anybody had to.
    Column("decision", String(10), nullable=False),
    *_text(["reason", "decided_by", "decided_at"]),
    Column("merge_kim", Integer, ForeignKey("kim.id")),
    Column("merge_row", Integer, ForeignKey("staged_row.id")),
    Column("merge_version", Integer),  # of the KIM, as it was then
    # What became of the row when it was committed.
    Column("revision_id", Integer, ForeignKey("revision.id")),
    Column("kim_id", Integer, ForeignKey("kim.id")),
    Column("effect", String(10), nullable=False),
    Index(None, "batch_id", "outcome"),
)

ROW_KEY = staged_row.c.sheet + ROW_MARK + cast(staged_row.c.line, Text)
"""``staging.row_key`` of a staged row."""

personal = Table(
    "personal",
    metadata,
    Column("staged_row_id", ForeignKey("staged_row.id"), primary_key=True, autoincrement=False),
    Column("fields", JSON, nullable=False),
)

kim = Table("kim", metadata, _id())

kim_version = Table(
    "kim_version",
    metadata,
    _id(),
    Column("kim_id", ForeignKey("kim.id"), nullable=False),
    Column("revision_id", ForeignKey("revision.id"), nullable=False),
    Column("staged_row_id", ForeignKey("staged_row.id"), nullable=False),
    Column("replaces", Integer, ForeignKey("kim_version.id")),
    *_placed_values(),
    Index(None, "kim_id"),
    Index(None, "revision_id"),
    Index(None, "staged_row_id"),
)

alias = Table(
    "alias",
    metadata,
    _id(),
    *_text(PLACE_WRITTEN),
    Column("kode", String(13), nullable=False),
    *_text(["sender", "who", "at"]),
    Column("staged_row_id", ForeignKey("staged_row.id"), nullable=False),
    Index(None, *PLACE_WRITTEN),
)

column_mapping = Table(
    "column_mapping",
    metadata,
    Column("sender", Text, primary_key=True),
    Column("header", Text, primary_key=True),
    Column("column", Text, nullable=False),
    Column("at", Text, nullable=False),
)

# Who had personal data taken out, and why; never what they were.
erasure = Table(
    "erasure",
    metadata,
    _id(),
    *_text(["at", "who", "why", "target"]),
    Column("counts", JSON, nullable=False),
    Column("published", Integer, nullable=False),
    Column("files", JSON, nullable=False),
    Column("done", Text, nullable=False),
)

# Who signs in, or was invited to. An e-mail address is in one row that is not removed.
account = Table(
    "account",
    metadata,
    _id(),
    # The provider and its number of the person; "" until they sign in for the first time.
    *_text(["email", "subject", "name"]),
    Column("role", String(15), nullable=False),
    Column("region", String(13)),
    *_text(["since", "given_by"]),
    # Times; "" for never. What was signed in to before ``signed_out`` holds no longer.
    *_text(["last_seen", "signed_out", "removed"]),
    Index(None, "email"),
    Index(None, "subject"),
)

# Sessions that somebody signed out of, known to all servers: provider and its number of the person,
# when it began, and when it ended.
ended_session = Table(
    "ended_session",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("began", Text, primary_key=True),
    Column("ended", Text, nullable=False),
)

# Keys of programs: what is kept of a key is its hash.
access_key = Table(
    "access_key",
    metadata,
    _id(),
    *_text(["name", "sha256"]),
    Column("role", String(15), nullable=False),
    Column("region", String(13)),
    *_text(["made", "made_by", "expires", "revoked", "last_used"]),
    Index(None, "sha256", unique=True),
)

# Targets of regions. Rows are only added: of a region, year and kind the last one holds.
target = Table(
    "target",
    metadata,
    _id(),
    Column("region", String(13), nullable=False),  # "" is Indonesia
    Column("year", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("value", Float),  # NULL: there is none any more
    *_text(["who", "at", "file_name"]),
    Index(None, "year", "region", "kind"),
)

# What was done and what personal was looked at. Rows are only added: triggers refuse all else.
audit = Table(
    "audit",
    metadata,
    _id(),
    *_text(["at", "who", "origin"]),
    Column("action", String(20), nullable=False),
    Column("region", String(13)),
    Column("kim_id", Integer),
    Column("batch_id", Integer),
    # Names of what changed, each with its value; of what is personal only the name.
    Column("old", JSON, nullable=False),
    Column("new", JSON, nullable=False),
    Index(None, "region"),
    Index(None, "kim_id"),
)

# Files of indicators that were brought in. What the indicator is stands in ``about``.
indicator_import = Table(
    "indicator_import",
    metadata,
    _id(),
    *_text(["key", "level"]),
    Column("year", Integer, nullable=False),
    Column("about", JSON, nullable=False),
    *_text(["file_name", "sha256", "who", "at"]),
    Column("rows", Integer, nullable=False),
    Column("accepted", Integer, nullable=False),
)

# The rows of such a file, whatever became of them; not what their cells say, which may be anything.
indicator_row = Table(
    "indicator_row",
    metadata,
    Column("import_id", ForeignKey("indicator_import.id"), primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("sheet", Text, nullable=False),
    Column("line", Integer, nullable=False),
    *_text(["column"]),
    Column("kode", String(13), nullable=False),
    Column("value", Float),
    Column("reason", String(20), nullable=False),
)

# Each change of which of them are in force, and what made it.
indicator_version = Table(
    "indicator_version",
    metadata,
    _id(),
    Column("action", String(10), nullable=False),
    Column("import_id", ForeignKey("indicator_import.id"), nullable=False),
    *_text(["who", "at"]),
    Index(None, "import_id"),
)
