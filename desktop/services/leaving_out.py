"""What a send leaves out, in words: for the editor and the send plan alike."""

from __future__ import annotations

from desktop import texts
from desktop.domain.documents import JSON
from desktop.domain.fields import at
from desktop.domain.left_out import LeftOut, Why, left_out
from desktop.domain.lifecycle import Regime


def left_out_lines(document: JSON, regime: Regime) -> tuple[str, ...]:
    """Return a line for each thing that is kept and not sent, named and with the reason."""
    found = left_out(document)
    return tuple(dict.fromkeys(texts.text("left_out.line", what=words(one, document, regime)) for one in found))


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
