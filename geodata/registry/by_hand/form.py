"""What somebody wrote into the form of a KIM, read as an import reads cells.

At import what cannot be read is left empty and remarked upon. Here a person is at hand: nothing is
changed or left out silently, each such field is handed back as a problem.
"""

from collections.abc import Mapping

from geodata.days import today
from geodata.gazetteer import Gazetteer
from geodata.regions import Level, level_of
from geodata.registry.fields import BIDANG, SEPARATOR
from geodata.registry.intake.coordinates import Point, read_point
from geodata.registry.intake.row_values import read_value
from geodata.registry.intake.values import read_phone
from geodata.registry.personal import is_personal
from geodata.registry.reasons import Reason
from geodata.registry.schema import STATUSES
from geodata.registry.staging import PERSONAL_FIELDS

POINT = "koordinat"
"""The field for latitude and longitude, as people write them."""
FIELDS: tuple[str, ...] = (
    "nama_kim",
    "nomor_induk",
    "kode_wilayah",
    "bidang",
    "bidang_lain",
    "status",
    "tanggal_terdaftar",
    "tanggal_diperbarui",
    "domain",
    "jumlah_anggota",
    POINT,
)
"""What a form asks for: text, ``bidang`` as in ``VALUES``."""
WHY = "sebab"
"""The field for the reason of a change."""

PERSONAL = "data_pribadi"
"""The problem of a phone number, an address of mail or a NIK in a field that is public."""
NO_REASON = "sebab_kosong"

_READ = ("nomor_induk", "tanggal_terdaftar", "tanggal_diperbarui", "jumlah_anggota", "domain")
_DAYS = ("tanggal_terdaftar", "tanggal_diperbarui")
_WORDS = ("nama_kim", "bidang_lain")
_PUBLIC = (*_WORDS, "nomor_induk")  # into which anything may be typed

Problems = dict[str, str]
"""Field -> what is wrong with it: a ``Reason``, :data:`PERSONAL` or :data:`NO_REASON`."""


def read_form(
    written: Mapping[str, str], gazetteer: Gazetteer, seen: Mapping[str, str] | None = None
) -> tuple[dict[str, str], Problems]:
    """Return what a form says of a KIM, and which of its fields cannot be used.

    Parameters
    ----------
    written
        :data:`FIELDS` as they were written.
    seen
        ``staging.VALUES`` of the KIM that the form shows: fields that were left alone stay as they
        are, however they came in.

    Returns
    -------
    ``staging.VALUES`` as text; right where there are no problems.
    """
    values = {name: written[name] for name in ("kode_wilayah", "status", "bidang")}
    values["tahap"] = seen["tahap"] if seen else ""
    problems = _problems_of_choices(values, gazetteer)
    for name in _READ:
        values[name], remark = read_value(name, written[name])
        if remark:
            problems[name] = str(remark)
    values |= {name: _one_line(written[name]) for name in _WORDS}
    problems |= {name: PERSONAL for name in _PUBLIC if is_personal(written[name])}
    if not values["nama_kim"]:
        problems["nama_kim"] = str(Reason.NO_NAME)
    for name in _DAYS:
        if values[name] > today().isoformat():
            problems[name] = str(Reason.DAY_TO_COME)
    point = read_point("", "", written[POINT])
    values |= {"lat": "", "lng": ""}
    if isinstance(point, Point) and not (point.swapped or point.negated):
        values |= {"lat": repr(point.lat), "lng": repr(point.lng)}
    elif point is not None:
        problems[POINT] = str(Reason.BAD_POINT)
    if seen is not None:
        untouched = [name for name, shown in as_written(seen).items() if written[name] == shown]
        for name in untouched:
            problems.pop(name, None)
            values |= {own: seen[own] for own in (("lat", "lng") if name == POINT else (name,))}
    return values, problems


def _problems_of_choices(values: Mapping[str, str], gazetteer: Gazetteer) -> Problems:
    """Return what is wrong with what is chosen from lists."""
    problems = {}
    code = values["kode_wilayah"]
    if code not in gazetteer or level_of(code) is not Level.DESA:
        problems["kode_wilayah"] = str(Reason.NO_DESA)
    if values["status"] not in STATUSES:
        problems["status"] = str(Reason.BAD_STATUS)
    if values["bidang"] and not set(values["bidang"].split(SEPARATOR)) <= set(BIDANG):
        problems["bidang"] = str(Reason.UNKNOWN_BIDANG)
    return problems


def read_contacts(written: Mapping[str, str]) -> dict[str, str]:
    """Return the personal fields of a form; a mobile number as ``+628...``."""
    contacts = {name: _one_line(written[name]) for name in PERSONAL_FIELDS}
    contacts["telepon"] = read_phone(contacts["telepon"]) or contacts["telepon"]
    return contacts


def problem_of_reason(reason: str, *, needed: bool = False) -> Problems:
    """Return what is wrong with the reason of a change, which others will read."""
    if is_personal(reason):
        return {WHY: PERSONAL}
    return {WHY: NO_REASON} if needed and not reason.strip() else {}


def as_written(values: Mapping[str, str]) -> dict[str, str]:
    """Return ``staging.VALUES`` as the fields of a form show them."""
    point = f"{values['lat']}, {values['lng']}" if values["lat"] and values["lng"] else ""
    return {name: point if name == POINT else values[name] for name in FIELDS}


def _one_line(written: str) -> str:
    return " ".join(written.split())
