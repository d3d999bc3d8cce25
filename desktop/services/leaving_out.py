"""What a send leaves out, in words: for the editor and the send plan alike."""

from __future__ import annotations

from typing import Protocol

from desktop import texts
from desktop.domain.documents import JSON, join, split
from desktop.domain.fields import at
from desktop.domain.left_out import LeftOut, Why, left_out
from desktop.domain.lifecycle import Regime


class Sent(Protocol):
    """A trip that is being edited, or one that is to be sent."""

    @property
    def document(self) -> JSON:
        """Its document."""
        ...

    @property
    def regime(self) -> Regime:
        """Whose it is."""
        ...


def left_out_lines(document: JSON, regime: Regime) -> tuple[str, ...]:
    """Return a line for each thing that is kept and not sent, named and with the reason."""
    found = left_out(document)
    return tuple(dict.fromkeys(texts.text("left_out.line", what=words(one, document, regime)) for one in found))


def left_out_words(trip: Sent) -> list[tuple[str, str]]:
    """Return pointer and line of each thing that is kept and not sent; its shipment is not named again."""
    from desktop.validation import place  # on use: the first list of trips comes sooner

    made = []
    for one in left_out(trip.document):
        what = words(one, trip.document, trip.regime)
        steps = split(one.pointer)
        if steps[0] == "shipments":
            shipment = place(trip.document, join(*steps[:2]), trip.regime)
            what = what.removeprefix(f"{shipment}{texts.text('places.separator')}")
        made.append((one.pointer, texts.text("left_out.line", what=what)))
    return made


def words(one: LeftOut, document: JSON, regime: Regime) -> str:
    """Return one thing that is left out with the reason: "In-bond details (type is PAPS)"."""
    from desktop.validation import place  # on use: the first list of trips comes sooner

    own = at(regime, one.pointer)
    what = place(document, one.pointer, regime)
    if own is None:
        other = Regime.ACI if regime is Regime.ACE else Regime.ACE
        what = place(document, one.pointer, other)
    if one.why is Why.TYPE:
        return texts.text("left_out.type", what=what, type=one.kind)
    return texts.text(f"left_out.{one.why}", what=what, regime=regime.value)
