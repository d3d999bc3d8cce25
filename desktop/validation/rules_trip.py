"""Rules both regimes share, about the trip, its history and its clock (domain 3.2, 3.3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from desktop.domain.documents import JSONObject
from desktop.domain.expiry import NAMED, resource_of
from desktop.domain.lifecycle import Regime
from desktop.domain.numbers import PORT, normal_number
from desktop.domain.shipment import NUMBER
from desktop.domain.times import Doubt, moment_of, wall_at, wall_text
from desktop.validation.facts import HistoryFacts, LibraryFacts
from desktop.validation.issue import Issue
from desktop.validation.reading import Load, has, object_of, port_name, rows_of, text_of
from desktop.validation.rule import Rule, Scene, Scope, ask, hint, shown, stop
from desktop.validation.trip import Trip

ETA = "/estimatedArrivalDateTime"
LEAD = timedelta(minutes=60)
LEAD_FAST = timedelta(minutes=30)
REST_YEARS = 3
OVERLAP = timedelta(hours=2)
_STEP = timedelta(minutes=5)
WIDEST_ZONE = timedelta(hours=12)
"""A wall time this far behind UTC has passed in every zone of the continent."""

_HEAVIEST_LOAD_KG = {Regime.ACE: Decimal(48000) * Decimal("0.45359237"), Regime.ACI: Decimal(22000)}
_STANDARD_ZONES = {-4: "AST", -5: "EST", -6: "CST", -7: "MST", -8: "PST"}


def _trip_number_used(trip: Trip, scene: Scene) -> Iterator[Issue]:
    """C02: a trip number is used once."""
    history = scene.facts.history or HistoryFacts()
    used = history.trip_numbers.get(normal_number(trip.regime, trip.number)) if trip.number else None
    if used is not None:
        yield stop("C02", path="/tripNumber", date=used.used_at.date().isoformat())


def _control_number_used(shipment: JSONObject, scene: Scene) -> Iterator[Issue]:
    """C03: a control number rests three years; cargo that is only referred to is expected to be known."""
    name = NUMBER[scene.regime]
    history = scene.facts.history or HistoryFacts()
    number = normal_number(scene.regime, text_of(shipment, name))
    used = history.control_numbers.get(number) if number else None
    if used is None or shipment.get("referenceOnlyShipment") is True:
        return
    now = scene.facts.now
    if now is None or now - used.used_at < timedelta(days=366 * REST_YEARS):
        variant = "trip" if used.trip else ""
        date = used.used_at.date().isoformat()
        written = text_of(shipment, name)
        yield stop("C03", variant, f"/{name}", date=date, trip=shown(used.trip), number=written)


def lead_wanted(regime: Regime, document: JSONObject) -> timedelta:
    """Return the time customs want between acceptance and arrival: half an hour where all drivers hold FAST (C04)."""
    drivers = rows_of(document, "drivers")
    is_fast = bool(drivers) and all(has(driver, "fastCardNumber") for _, driver in drivers)
    return LEAD_FAST if regime is Regime.ACE and is_fast else LEAD


def _lead_time(trip: Trip, scene: Scene) -> Iterator[Issue]:
    """C04: arrival lies ahead, with the hour customs want (half an hour for FAST into the USA)."""
    now = scene.facts.now
    if now is None or trip.eta is None or trip.moment is None:
        return
    moment = trip.moment.moment
    if moment is None:
        if trip.eta.replace(tzinfo=UTC) + WIDEST_ZONE < now:
            yield ask("C04", "past", ETA)
        return
    left = moment - now
    wanted = lead_wanted(trip.regime, trip.document)
    if left < timedelta():
        yield ask("C04", "past", ETA)
    elif left < wanted:
        customs = "CBP" if trip.regime is Regime.ACE else "CBSA"
        minutes = int(left.total_seconds() // 60)
        mend = _in_time(now + wanted, trip.zone) if trip.zone else None
        asked = int(wanted.total_seconds() // 60)
        yield ask("C04", "short", ETA, mend, minutes=minutes, wanted=asked, customs=customs)


def _in_time(moment: datetime, zone: str) -> str:
    """Return the next arrival that leaves customs their time, in steps of five minutes of the port's clock."""
    wall = wall_at(moment, zone) + _STEP
    return wall_text(wall.replace(minute=wall.minute - wall.minute % 5, second=0, microsecond=0))


def _something_on_board(trip: Trip, scene: Scene) -> Iterator[Issue]:
    """C05: a shipment, unless the trip is marked empty or carries IIT; the wire has no known form for such a trip."""
    has_bond = has(trip.document, "instrumentsOfInternationalTrafficBond")
    nature = scene.facts.nature or ("empty" if scene.facts.is_empty_trip else "")
    is_bare = trip.document.get("shipments", []) == []
    if not nature:
        if is_bare and not has_bond:
            yield ask("C05", path="/shipments")
        return
    if not is_bare:
        yield ask("C05", "loaded", "/shipments")
    elif nature == "bobtail" and trip.trailers:
        yield ask("C05", "trailers", f"/trailers/{trip.trailers[0][0]}")
    elif nature == "iit" and trip.regime is Regime.ACE and not has_bond:
        yield ask("C05", "no_bond", "/instrumentsOfInternationalTrafficBond")
    if is_bare:
        yield ask("C05", "unknown", "/shipments")


def _loaded_on(trip: Trip, scene: Scene) -> Iterator[Issue]:
    """C07: with several trailers everything says where it lies; what it names is on the trip."""
    del scene
    is_needed = len(trip.trailers) > 1
    known = {(kind, number) for kind, numbers in trip.units.items() for number in numbers}
    if not is_needed:
        known.add(("", ""))
    for position, cargo in trip.cargo:
        if cargo.units <= known:
            continue
        for load in cargo.loads:
            path = f"/shipments/{position}{load.path}/loadedOn"
            if not load.has_unit:
                if is_needed and not cargo.is_elsewhere:
                    yield stop("C07", "missing", path)
            elif load.unit:
                yield from _known_unit(trip, load, path)


def _known_unit(trip: Trip, load: Load, path: str) -> Iterator[Issue]:
    numbers = trip.units.get(load.unit_type)
    if numbers is not None and load.unit not in numbers:
        mend = next(iter(numbers)) if len(numbers) == 1 else None
        yield stop("C07", "unknown", f"{path}/number", mend or None, number=shown(load.unit))


def _weights(trip: Trip, scene: Scene) -> Iterator[Issue]:
    """C19: more than a trailer carries, or a piece of odd weight."""
    del scene
    totals: dict[str, Decimal] = defaultdict(Decimal)
    first = text_of(trip.trailers[0][1], "number") if len(trip.trailers) == 1 else ""
    for position, cargo in trip.cargo:
        for unit, weight_kg in cargo.masses:
            totals[unit or first] += weight_kg
        for path, variant in cargo.odd_pieces:
            yield hint("C19", variant, f"/shipments/{position}{path}")
    for position, trailer in trip.trailers:
        number = text_of(trailer, "number")
        if totals.get(number, Decimal(0)) > _HEAVIEST_LOAD_KG[trip.regime]:
            yield hint("C19", f"trailer_{trip.regime.value.lower()}", f"/trailers/{position}")


def _resources(trip: Trip) -> Iterator[tuple[str, str]]:
    """Yield the key of each driver, truck and trailer, with its path."""
    for position, driver in trip.drivers:
        yield resource_of("driver", driver), f"/drivers/{position}"
    yield resource_of("truck", object_of(trip.document, "truck")), "/truck"
    for position, trailer in trip.trailers:
        yield resource_of("trailer", trailer), f"/trailers/{position}"


def _expiries(trip: Trip, scene: Scene) -> Iterator[Issue]:
    """C21: nothing runs out before arrival."""
    library = scene.facts.library or LibraryFacts()
    arrival = trip.eta or scene.facts.now
    if arrival is None:
        return
    for key, path in _resources(trip):
        for what, last_day in library.expiries.get(key, ()):
            if last_day < arrival.date():
                yield ask("C21", what if what in NAMED else "other", path, date=last_day.isoformat())


def _overlaps(trip: Trip, scene: Scene) -> Iterator[Issue]:
    """C22: nobody and nothing is on two trips at a time (arrivals less than two hours apart)."""
    history = scene.facts.history or HistoryFacts()
    moment = trip.moment.moment if trip.moment else None
    if moment is None:
        return
    for key, path in _resources(trip):
        for number, eta in history.busy.get(key, ()):
            if abs(eta - moment) < OVERLAP:
                yield ask("C22", path=path, trip=shown(number))


def _wall_time(trip: Trip, scene: Scene) -> Iterator[Issue]:
    """T02: a wall time needs a clock, and means one moment on it."""
    del scene
    doubt = trip.moment.doubt if trip.moment else Doubt.NONE
    if doubt is Doubt.NO_ZONE:
        if PORT.fullmatch(text_of(trip.document, port_name(trip.regime))):
            yield ask("T02", "no_zone", ETA)
    elif doubt is not Doubt.NONE:
        yield ask("T02", doubt.value, ETA)


def standard_zone(zone: str) -> str | None:
    """Return the wire's standard-time abbreviation for an IANA zone; None where it has none."""
    moment = moment_of(datetime(2026, 1, 15, 12), zone).moment  # noqa: DTZ001 - noon on the zone's own clock, in winter
    if moment is None:
        return None
    return _STANDARD_ZONES.get(12 - moment.hour)


def _zone_field(trip: Trip, scene: Scene) -> Iterator[Issue]:
    """T03: the wire's zone is left out, or is that of the port."""
    del scene
    name = "estimatedArrivalTimeZone"
    written = text_of(trip.document, name)
    port = standard_zone(trip.zone) if trip.zone else None
    if written and port is not None and written != port:
        yield ask("T03", path=f"/{name}", zone=shown(written), port=port, mend=port)


RULES: tuple[Rule, ...] = (
    Rule("C02", Scope.TRIP, "domain 3.2 [B S1]", _trip_number_used, frozenset({"history"})),
    Rule("C03", Scope.SHIPMENT, "domain 3.2 [C S25 S26 S29]", _control_number_used, frozenset({"history"})),
    Rule("C04", Scope.TRIP, "domain 3.2 [A/B S8 S16]", _lead_time, frozenset({"now"})),
    Rule("C05", Scope.TRIP, "domain 3.2 [B S13]", _something_on_board),
    Rule("C07", Scope.TRIP, "domain 3.2 [B S1; C S43]", _loaded_on),
    Rule("C19", Scope.TRIP, "domain 3.2 [G]", _weights),
    Rule("C21", Scope.TRIP, "domain 3.2 [G]", _expiries, frozenset({"library"})),
    Rule("C22", Scope.TRIP, "domain 3.2 [G]", _overlaps, frozenset({"history"})),
    Rule("T02", Scope.TRIP, "domain 3.3", _wall_time),
    Rule("T03", Scope.TRIP, "domain 3.3 [C S7]", _zone_field),
)
"""The rules of this module."""
