"""What the fields of a trip need around them: the port's clock, the library, the units on the trip."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from desktop.clock import Clock
from desktop.domain.arrival import PORTS, answers_in, zone_for
from desktop.domain.codes import code_list, fold
from desktop.domain.documents import JSON, is_object
from desktop.domain.lifecycle import Regime
from desktop.domain.times import is_zone
from desktop.ui.binding.choice import Choice, Source, code_source
from desktop.ui.binding.session import Editing
from desktop.ui.editors.shelf import Shelf, ShelfSource


class Unit:
    """A truck, trailer or container that goods can be loaded on."""

    def __init__(self, kind: str, number: str) -> None:
        self.kind = kind
        self.number = number


def units_of(session: Editing) -> list[Unit]:
    """Return the units on the trip, trailers first: what goods are mostly loaded on."""
    found = [Unit("TRAILER", number) for number in _numbers(session.value("/trailers"))]
    if session.regime is Regime.ACI:
        found += [Unit("CONTAINER", number) for number in _numbers(session.value("/containers"))]
    truck = session.value("/truck/number")
    if isinstance(truck, str) and truck:
        found.append(Unit("TRUCK", truck))
    return found


def _numbers(rows: object) -> list[str]:
    if not isinstance(rows, list):
        return []
    numbers: list[JSON] = [row.get("number") for row in rows if is_object(row)]
    return [number for number in numbers if isinstance(number, str) and number]


class UnitSource:
    """The units on the trip as choices."""

    def __init__(self, session: Editing) -> None:
        self._session = session

    def find(self, words: str) -> list[Choice]:
        """Return the units whose number or kind fits."""
        wanted = fold(words)
        kinds = code_list("loaded-on-types")
        made = [
            Choice(unit.number, kinds.label(unit.kind) or unit.kind, payload=unit) for unit in units_of(self._session)
        ]
        return [choice for choice in made if wanted in fold(choice.shown)]

    def shown(self, value: str) -> str:
        """Return the number."""
        return value

    def exact(self, typed: str) -> str | None:
        """Return the number of a unit on the trip."""
        return next((unit.number for unit in units_of(self._session) if unit.number == typed), None)


class Surroundings:
    """The surroundings of one document.

    Attributes:
        clock: where time comes from.
    """

    def __init__(self, session: Editing, clock: Clock, shelf: Shelf) -> None:
        self._session = session
        self.clock = clock
        self._sources: dict[str, Source] = {
            "driver": ShelfSource(shelf, "driver"),
            "truck": ShelfSource(shelf, "truck"),
            "trailer": ShelfSource(shelf, "trailer"),
            "partner": ShelfSource(shelf, "partner", with_titles=False),
            "unit": UnitSource(session),
            "exemption": code_source("cargo-exemptions-aci"),
        }

    def now(self) -> datetime:
        """Return the wall time at the port; this computer's where the port's zone is not known."""
        moment = self.clock.now()
        name = self._zone_name()
        return (moment.astimezone(ZoneInfo(name)) if name else moment.astimezone()).replace(tzinfo=None)

    def zone(self) -> str:
        """Return the short name of the port's zone (EST); empty where it is not known."""
        name = self._zone_name()
        return self.clock.now().astimezone(ZoneInfo(name)).tzname() or "" if name else ""

    def source(self, name: str) -> Source:
        """Return the choices of a picker named in a form."""
        return self._sources[name]

    def _zone_name(self) -> str:
        local = getattr(self._session, "local", {})
        port = self._session.value(f"/{PORTS[self._session.regime]}")
        name = zone_for(self._session.regime, port, answers_in(local))
        return name if name and is_zone(name) else ""
