"""A trip as customs has it against the trip as it is now, in words; private fields are masked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop import texts
from desktop.domain.codes import code_list
from desktop.domain.difference import Difference, differences
from desktop.domain.documents import JSON, JSONObject, Missing, is_object
from desktop.domain.fields import ENVELOPE, at
from desktop.domain.left_out import sent_form
from desktop.domain.lifecycle import Regime
from desktop.services.standing import TAKEN
from desktop.store import Store

_LEFT_SHOWN = 4


@dataclass(frozen=True, slots=True)
class ChangedField:
    """One row of the comparison.

    Attributes:
        pointer: where it stands in the present document.
        place: the same in words.
        before: what customs has; a dash where it has nothing.
        now: what stands there now; a dash where it is gone.
        is_gone: there is nothing to go to any more.
    """

    pointer: str
    place: str
    before: str
    now: str
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """What customs has against what there is.

    Attributes:
        taken_at: when the gateway had taken what is compared with; None where nothing went out yet.
        rows: what differs.
    """

    taken_at: datetime | None
    rows: tuple[ChangedField, ...] = ()


class Compared:
    """Compares trips with the version that was last taken."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def with_customs(self, trip_id: str) -> Comparison:
        """Return how a trip differs from what went out last and was taken.

        Raises:
            NotFound: there is no such trip.
        """
        trip = await self._store.trips.get(trip_id)
        rows = await self._store.outbox.for_trip(trip_id)
        taken = [row for row in rows if row.kind == "upload" and row.state in TAKEN and row.trip_version is not None]
        if not taken:
            return Comparison(None)
        version = await self._store.trips.version(trip_id, taken[-1].trip_version or 0)
        return Comparison(
            taken[-1].answered_at or taken[-1].created_at, changed_fields(trip.regime, version.document, trip.document)
        )


def changed_fields(regime: Regime, before: JSONObject, now: JSONObject) -> tuple[ChangedField, ...]:
    """Return what differs between two documents as they are sent, in words; what each send sets anew is no change."""
    old, new = sent_form(before), sent_form(now)
    made = []
    for one in differences(old, new):
        field = at(regime, one.pointer)
        if field is None or field.name not in ENVELOPE:
            made.append(_row(regime, one, old, new))
    return tuple(made)


def _row(regime: Regime, one: Difference, old: JSONObject, new: JSONObject) -> ChangedField:
    from desktop.validation import place  # on use: the first list of trips comes sooner

    is_gone = isinstance(one.now, Missing)
    words = place(old if is_gone else new, one.pointer, regime)
    return ChangedField(
        one.pointer, words, _shown(regime, one.pointer, one.before), _shown(regime, one.pointer, one.now), is_gone
    )


def _shown(regime: Regime, pointer: str, value: JSON | Missing) -> str:
    """Return a value as a person reads it: codes with their words, private numbers by their end."""
    if isinstance(value, Missing) or value is None or value == "":
        return texts.text("compared.nothing")
    if is_object(value):
        return texts.text("compared.row")
    if isinstance(value, list):
        return ", ".join(_shown(regime, f"{pointer}/{place}", one) for place, one in enumerate(value))
    if isinstance(value, bool):
        return texts.text("compared.yes" if value else "compared.no")
    field = at(regime, pointer)
    words = str(value)
    if field is not None and field.is_secret:
        return "•" * max(0, len(words) - _LEFT_SHOWN) + words[-_LEFT_SHOWN:] if len(words) > _LEFT_SHOWN else "••••"
    label = code_list(field.codes).label(words) if field is not None and field.codes else None
    return f"{words} {label}" if label and label.casefold() != words.casefold() else words
