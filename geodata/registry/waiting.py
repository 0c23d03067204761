"""What waits for somebody along the chain of registration."""

import numpy as np

from geodata.people.rights import Person
from geodata.registry.schema import REGISTERED, SENT_BACK
from geodata.registry.snapshot import KimFilter, Snapshot
from geodata.registry.steps import HAND_IN, REGISTER, VERIFY, Step


def waiting_for(person: Person, snapshot: Snapshot) -> dict[Step, np.ndarray]:
    """Return which KIM wait for a step that somebody may take.

    A KIM waits to be registered that has no nomor_induk: those of lists with numbers were
    registered before there was a chain.

    Returns
    -------
    For each step that waits for them, the places of its KIM in ``snapshot.kim``; no empty ones.
    """
    numberless = (snapshot.kim["nomor_induk"] == "").to_numpy(bool)
    waiting = {
        REGISTER: snapshot.at_step("") & numberless,
        HAND_IN: snapshot.at_step(SENT_BACK),
        VERIFY: snapshot.at_step(REGISTERED),
    }
    inside = snapshot.mask(KimFilter(), person.region)
    places = {
        step: np.flatnonzero(waits & inside)
        for step, waits in waiting.items()
        if person.may_somewhere(step.right)
    }
    return {step: kim for step, kim in places.items() if len(kim)}
