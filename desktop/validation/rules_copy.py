"""A trip made from another one: what was taken over and nobody has looked at yet (product: copy, re-confirm marks)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from desktop.domain.documents import Missing, get
from desktop.validation.issue import Issue
from desktop.validation.rule import Rule, Scene, Scope, ask
from desktop.validation.trip import Trip

TO_CONFIRM: Final = "K01"
"""The rule whose remarks go away when somebody says that all is still right."""

_CHOSEN: Final = {"usPortOfArrival": "port", "portOfEntry": "port", "releaseOffice": "office"}
"""Members a way back is given by us, and which sentence says so."""


def _taken_over(trip: Trip, scene: Scene) -> Iterator[Issue]:
    """K01: amounts, units and people of the trip before, and ports chosen for it, are asked about once."""
    for pointer in scene.facts.to_confirm:
        if not isinstance(get(trip.document, pointer), Missing):
            yield ask(TO_CONFIRM, _CHOSEN.get(pointer.rpartition("/")[2], ""), pointer)


RULES = (Rule(TO_CONFIRM, Scope.TRIP, "domain 8 (product: a copied trip has re-confirm marks)", _taken_over),)
