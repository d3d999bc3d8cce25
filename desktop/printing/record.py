"""What was tried and what came of it, on paper: the contingency sheet for when lines are down, the evidence file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from desktop.printing.sheet import SheetKind
from desktop.printing.summary import TripSheet


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened to a trip: when, what, and word for word what went out or came in, without private data.

    Attributes:
        at: date and time with zone.
        words: one sentence.
        detail: more about it, line by line.
        body: the message itself, written out; empty where there is none.
    """

    at: str
    words: str
    detail: tuple[str, ...] = ()
    body: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContingencySheet(TripSheet):
    """The trip in words for an officer, and proof that filing was tried.

    Attributes:
        standing: how far the filing got, in one sentence.
        attempts: what was tried and answered, oldest first; empty where nothing was.
    """

    kind: ClassVar[SheetKind] = SheetKind.CONTINGENCY

    standing: str
    attempts: tuple[Happened, ...]

    @property
    def has_bars_in_table(self) -> bool:
        """No bars: with the lines down the numbers are read and typed."""
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFile(TripSheet):
    """Everything this computer knows of a trip.

    Attributes:
        history: what happened, line by line.
        messages: every message that went out or came in.
        with_private: whether private data of people are in it, because somebody chose so.
        covered: what was covered, in words.
    """

    kind: ClassVar[SheetKind] = SheetKind.EVIDENCE

    history: tuple[Happened, ...]
    messages: tuple[Happened, ...]
    with_private: bool = False
    covered: tuple[str, ...] = ()
