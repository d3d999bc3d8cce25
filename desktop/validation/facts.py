"""What a check may know besides the document: the company, its history, its library and the time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from desktop.domain.arrival import NO_ANSWERS, Answers


@dataclass(frozen=True, slots=True)
class CompanyFacts:
    """The carrier on whose behalf the document is sent."""

    scacs: tuple[str, ...] = ()
    carrier_codes: tuple[str, ...] = ()
    is_practice: bool = False


@dataclass(frozen=True, slots=True)
class UsedNumber:
    """Where and when a number was used before."""

    number: str
    used_at: datetime
    trip: str = ""


@dataclass(frozen=True, slots=True)
class HistoryFacts:
    """Numbers this carrier has already used, leaving out the document that is being checked.

    Attributes:
        trip_numbers: by number.
        control_numbers: SCN and CCN, by number.
        busy: other trips by resource key (`driver:D004`, `truck:2013`, `trailer:0456`) with number and ETA (UTC).
    """

    trip_numbers: Mapping[str, UsedNumber] = field(default_factory=dict)
    control_numbers: Mapping[str, UsedNumber] = field(default_factory=dict)
    busy: Mapping[str, tuple[tuple[str, datetime], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LibraryFacts:
    """Expiry dates the library knows, by resource key (`driver:D004`, `truck:2013`, `trailer:0456`)."""

    expiries: Mapping[str, tuple[tuple[str, date], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a rule may ask for; a rule whose fact is None is not judged, and is named so.

    Attributes:
        now: the moment of the check, aware; None leaves out rules about the clock.
        is_empty_trip: the user marked the trip as carrying nothing (or IIT only).
        nature: what he marked it as: `empty`, `bobtail` or `iit`; empty where it is loaded or nobody said.
        overrides: rule ids the user overrode with a reason, by path and code (`/shipments/0/...|C03`).
        arrival: what the user answered about the port's clock (T02).
        leaves_out: the document is sent without what does not apply to it (`domain.left_out`), which is not judged.
        to_confirm: places of a trip made from another one that nobody has looked at yet.
    """

    now: datetime | None = None
    company: CompanyFacts | None = None
    history: HistoryFacts | None = None
    library: LibraryFacts | None = None
    is_empty_trip: bool = False
    overrides: frozenset[str] = frozenset()
    nature: str = ""
    arrival: Answers = NO_ANSWERS
    leaves_out: bool = False
    to_confirm: tuple[str, ...] = ()
