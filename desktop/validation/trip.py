"""The trip as rules see it: its own members, a short index of its shipments, and when it arrives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from desktop.domain.arrival import NO_ANSWERS, Answers, arrival_of, zone_for
from desktop.domain.documents import JSONObject
from desktop.domain.lifecycle import Regime
from desktop.domain.times import Moment, parse_wall
from desktop.validation.facts import Facts
from desktop.validation.reading import Cargo, object_of, port_name, rows_of, text_of


@dataclass(frozen=True)
class Trip:
    """One trip.

    Attributes:
        regime: whose it is.
        document: as read.
        cargo: what the trip's rules need of each shipment, with its position.
        zone: IANA zone of the port, from our table or from the user; None where nobody knows.
        answers: what the user answered about the port's clock.
    """

    regime: Regime
    document: JSONObject
    cargo: Sequence[tuple[int, Cargo]]
    zone: str | None
    answers: Answers = NO_ANSWERS

    @cached_property
    def number(self) -> str:
        """The trip number as written."""
        return text_of(self.document, "tripNumber")

    @cached_property
    def eta(self) -> datetime | None:
        """Arrival as wall time at the port."""
        return parse_wall(text_of(self.document, "estimatedArrivalDateTime"))

    @cached_property
    def moment(self) -> Moment | None:
        """The moment of arrival; None where there is no readable ETA."""
        return arrival_of(self.regime, self.document, self.answers)

    @cached_property
    def drivers(self) -> list[tuple[int, JSONObject]]:
        """The drivers, each with its position."""
        return rows_of(self.document, "drivers")

    @cached_property
    def trailers(self) -> list[tuple[int, JSONObject]]:
        """The trailers, each with its position."""
        return rows_of(self.document, "trailers")

    @cached_property
    def units(self) -> dict[str, frozenset[str]]:
        """The numbers of what things can be loaded on, by kind of unit."""
        truck = text_of(object_of(self.document, "truck"), "number")
        return {
            "TRUCK": frozenset({truck} if truck else ()),
            "TRAILER": frozenset(text_of(row, "number") for _, row in self.trailers),
            "CONTAINER": frozenset(text_of(row, "number") for _, row in rows_of(self.document, "containers")),
        }

    @cached_property
    def has_hazmat(self) -> bool:
        """Whether anything on board is marked as dangerous goods."""
        return any(cargo.is_hazmat for _, cargo in self.cargo)


def trip_of(regime: Regime, document: JSONObject, cargo: Sequence[tuple[int, Cargo]], facts: Facts) -> Trip:
    """Return the view of a trip document."""
    zone = zone_for(regime, text_of(document, port_name(regime)), facts.arrival)
    return Trip(regime, document, cargo, zone, facts.arrival)
