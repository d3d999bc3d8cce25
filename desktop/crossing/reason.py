"""One reason of a verdict: its words, what it rests on and what a person does next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Final

from desktop import texts
from desktop.domain.lifecycle import Verdict
from desktop.texts import text

ACTIONS: Final = (
    "open_trip",
    "send",
    "look_at_customs",
    "write_broker",
    "call_broker",
    "keep_back",
    "print",
    "new_eta",
    "check_connection",
    "check_clock",
)
"""Names of what a reason may ask a person to do next."""

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class ReadinessReason:
    """Why a verdict is what it is.

    Attributes:
        code: for scripts.
        verdict: what this reason alone would mean.
        params: the values its sentences name.
        must_act: whether it does not pass by itself.
        action: one of `ACTIONS`; empty where there is nothing to do but wait.
        number: the shipment it is about; empty for the trip.
        frame: the stored frame it comes from; empty where it comes from none.
        at: the moment it counts from (UTC), our own receipt; None where there is none.
        words: which of several wordings of its code fits; empty for the only one.
    """

    code: str
    verdict: Verdict
    params: Mapping[str, object] = field(default_factory=dict)
    must_act: bool = False
    action: str = ""
    number: str = ""
    frame: str = ""
    at: datetime | None = None
    words: str = ""

    def _said(self, kind: str) -> str | None:
        keys = [f"crossing.{kind}.{self.code}.{self.words}"] if self.words else []
        found = next((key for key in [*keys, f"crossing.{kind}.{self.code}"] if texts.has(key)), None)
        return None if found is None else text(found, **self.params)

    @property
    def text(self) -> str:
        """Its sentence, which stands alone."""
        return self._said("reason") or self.code

    @property
    def headline(self) -> str:
        """The same in at most 34 characters of English, to stand after the verdict's word."""
        return self._said("headline") or self.code

    @property
    def detail(self) -> str:
        """What the headline leaves out, for a second line; the whole sentence where there is no shorter one."""
        return self._said("detail") or self.text


def clock_words(moment: datetime, now: datetime, zone: tzinfo, *, with_zone: bool = False) -> str:
    """Return a moment on the clock of a zone: the hour, before it the day where that is not today."""
    there = moment.astimezone(zone)
    clock = f"{there:%H:%M} {there.tzname() or ''}".strip() if with_zone else f"{there:%H:%M}"
    if there.date() == now.astimezone(zone).date():
        return clock
    month = text(f"window.month.{_MONTHS[there.month - 1]}")
    return text("paper.moment", day=there.day, month=month, clock=clock)
