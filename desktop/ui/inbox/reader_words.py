"""A message as plain text, to be copied into an e-mail or printed."""

from __future__ import annotations

from collections.abc import Iterator

from desktop import texts
from desktop.services.views import InboxMessage
from desktop.ui import times
from desktop.ui.legible import legible


def as_text(message: InboxMessage) -> str:
    """Return the card in words: title, trip, what happened, what it concerns, what to do."""
    return legible("\n".join(_lines(message)))


def _lines(message: InboxMessage) -> Iterator[str]:
    card = message.card
    at = card.received_at.astimezone()
    yield card.title
    received = texts.text("inbox.reader.received", at=f"{times.day(at)} {times.clock(at, with_seconds=True)}")
    yield " · ".join(part for part in (card.trip, card.shipment, message.place, received) if part)
    yield ""
    yield texts.text("inbox.reader.happened")
    yield message.happened
    if message.now:
        yield message.now
    if message.concerns:
        yield ""
        yield texts.text("inbox.reader.concerns")
        yield from (" · ".join(part for part in (one.subject, one.field) if part) for one in message.concerns)
    yield ""
    yield texts.text("inbox.reader.to_do")
    for number, step in enumerate(message.steps, start=1):
        yield f"{number}. " + ". ".join(part for part in (step.text, step.why, step.takes) if part)
    if not message.steps:
        yield texts.text("inbox.reader.nothing_to_do")
    yield from message.said
