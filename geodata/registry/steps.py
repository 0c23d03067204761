"""The chain of registration: a kabupaten/kota registers a KIM, its provinsi verifies it.

Which steps there are, from where to where each leads, and who may take it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geodata.people.rights import Right
from geodata.registry.schema import REGISTERED, SENT_BACK, VERIFIED


@dataclass(frozen=True)
class Step:
    """A step along the chain.

    Attributes
    ----------
    name
        What its texts are called by.
    before, after
        Where a KIM is that it can be taken with (of ``schema.TAHAP``, or ""), and where it is then.
    right
        Who may take it, for the desa of the KIM.
    remarked
        Whether it takes a remark.
    """

    name: str
    before: tuple[str, ...]
    after: str
    right: Right
    remarked: bool = False


REGISTER = Step("daftarkan", ("",), REGISTERED, Right.UBAH)
VERIFY = Step("verifikasi", (REGISTERED,), VERIFIED, Right.VERIFIKASI)
SEND_BACK = Step("kembalikan", (REGISTERED, VERIFIED), SENT_BACK, Right.VERIFIKASI, remarked=True)
HAND_IN = Step("ajukan", (SENT_BACK,), REGISTERED, Right.UBAH)
STEPS: tuple[Step, ...] = (REGISTER, VERIFY, SEND_BACK, HAND_IN)


def step_after(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """Return the ``tahap`` of a KIM that was changed, by whatever way.

    What a provinsi has verified is its name and desa: with another one it waits for that again.
    """
    tahap: str = after["tahap"]
    if tahap == before["tahap"] == VERIFIED and is_another(before, after):
        return REGISTERED
    return tahap


def is_another(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Tell whether what is verified of a KIM has changed: its name, or its desa."""
    return any(before[name] != after[name] for name in ("nama_kim", "kode_wilayah"))


def turned_by(changes: Mapping[str, tuple[Any, Any]]) -> Right:
    """Return the right that undoing a change by hand takes: that of whoever could have made it."""
    after = changes.get("tahap", ("", ""))[1]
    return Right.VERIFIKASI if after in (VERIFIED, SENT_BACK) else Right.UBAH
