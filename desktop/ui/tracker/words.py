"""One row of the list of shipments in words and signs; every state of it has a test (ui design 3, 6 and 7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from desktop import texts
from desktop.domain.lifecycle import Regime
from desktop.services.tracked_row import Group, Stand, TrackedRow
from desktop.ui import times
from desktop.ui.signs import Sign

SIGNS: Final[dict[Stand, Sign]] = {
    Stand.HOLD: Sign.HELD,
    Stand.EXAM: Sign.EXAM,
    Stand.RNS_ERROR: Sign.RNS_ERROR,
    Stand.REFUSED: Sign.SHIPMENT_REFUSED,
    Stand.UNKNOWN: Sign.SHIPMENT_UNKNOWN,
    Stand.OTHER_OFFICE: Sign.NOT_SET,
    Stand.NOT_FILED: Sign.NOT_SET,
    Stand.NOTHING_YET: Sign.NOT_SET,
    Stand.NOT_SET: Sign.NOT_SET,
    Stand.RELEASED_CFIA: Sign.RELEASED_CFIA,
    Stand.SET: Sign.PARS_SET,
    Stand.IN_BOND: Sign.ENTRY_ON_FILE,
    Stand.ENTRY: Sign.ENTRY_ON_FILE,
    Stand.NOT_MATCHED: Sign.NOT_MATCHED,
    Stand.MATCHED: Sign.MATCHED,
    Stand.ON_FILE: Sign.ON_FILE,
    Stand.ACKNOWLEDGED: Sign.NOT_ON_FILE,
    Stand.NOT_ON_FILE: Sign.NOT_ON_FILE,
    Stand.AUTHORISED: Sign.AUTHORISED,
    Stand.RELEASED: Sign.RELEASED,
}
"""The sign of each state: of those that share one, the words differ."""

_URGENT: Final = timedelta(minutes=90)
_NO_BROKER: Final = frozenset({Stand.NOT_FILED, Stand.NOTHING_YET, Stand.NOT_MATCHED, Stand.MATCHED, Stand.ON_FILE})


@dataclass(frozen=True, slots=True)
class TrackedWords:
    """What the delegate paints, and what a screen reader says.

    Attributes:
        is_trip_offered: the trip's cell is an offer to attach it.
        is_office_flagged: the office is not the trip's port.
        is_urgent: it needs a person and arrives soon.
        sentence: the whole row as one sentence.
    """

    sign: Sign
    headline: str
    detail: str
    number: str
    broker: str
    entry: str
    service: str
    trip: str
    driver: str
    office: str
    office_note: str
    eta: str
    countdown: str
    sentence: str
    is_trip_offered: bool = False
    is_office_flagged: bool = False
    is_urgent: bool = False


def row_words(row: TrackedRow, now: datetime, *, carrier: str = "") -> TrackedWords:
    """Return a row in words as they are at `now`; `carrier` names whose it is, where there are several."""
    headline, detail = headline_of(row), detail_of(row, now)
    broker = " · ".join(part for part in (_broker(row), carrier) if part)
    trip, driver = _trip(row)
    office, note = _office(row)
    eta, countdown = _eta(row, now)
    is_soon = row.eta is not None and row.eta.moment is not None and abs(row.eta.moment - now) <= _URGENT
    return TrackedWords(
        sign=SIGNS[row.stand],
        headline=headline,
        detail=detail,
        number=row.number,
        broker=broker,
        entry=row.entry or texts.text("tracker.none"),
        service=" ".join(part for part in (row.service, row.service_name) if part) if row.entry else "",
        trip=trip,
        driver=driver,
        office=office,
        office_note=note,
        eta=eta,
        countdown=countdown,
        sentence=texts.text(
            "tracker.sentence",
            headline=headline,
            detail=detail,
            number=texts.text("tracker.sentence.broker", number=row.number, broker=broker) if broker else row.number,
            trip=texts.text("tracker.sentence.trip", trip=trip, driver=driver) if row.trip_id else driver,
            office=texts.text("tracker.sentence.office", office=office, note=note)
            if row.office
            else texts.text("tracker.sentence.no_office"),
            eta=texts.text("tracker.sentence.eta", eta=eta, countdown=countdown).strip()
            if row.eta is not None
            else texts.text("tracker.sentence.no_eta"),
        ),
        is_trip_offered=is_offered(row),
        is_office_flagged=row.is_other_office,
        is_urgent=row.group is Group.NEEDS and is_soon and row.arrived_at is None,
    )


def is_offered(row: TrackedRow) -> bool:
    """Tell whether the number can be put on a trip: a shipment by itself, or one for Canada that nobody here has."""
    return not row.trip_id and (row.is_known or row.regime is Regime.ACI)


def headline_of(row: TrackedRow) -> str:
    """Return the state in a few words."""
    if row.stand is Stand.UNKNOWN and row.code:
        return texts.text("tracker.unknown_code", code=row.code)
    return texts.text(f"tracker.stand.{row.stand.value}")


def detail_of(row: TrackedRow, now: datetime) -> str:
    """Return what the state comes from, and when it was heard, on the clock of this computer."""
    if row.since is None:
        return texts.text("tracker.from.nothing")
    said = _from(row, when(row.since, now), times.received(row.since.astimezone(), now.astimezone()))
    if row.stand is Stand.UNKNOWN:
        if row.before is not None:
            before = texts.text(f"tracker.stand.{row.before.value}")
            return texts.text("tracker.from.before", **{"from": said, "before": before})
        return texts.text("tracker.from.as_received", **{"from": said})
    return texts.text("tracker.from.at_cbsa", **{"from": said}) if row.stand is Stand.NOT_SET else said


def _from(row: TrackedRow, moment: str, short: str) -> str:
    if row.stand in {Stand.NOT_FILED, Stand.NOT_MATCHED}:
        return texts.text("tracker.from.not_matched", when=short)
    if row.stand is Stand.MATCHED or (row.stand is Stand.NOTHING_YET and row.before is Stand.MATCHED):
        return texts.text("tracker.from.matched", when=moment)
    if row.stand in {Stand.ON_FILE, Stand.NOTHING_YET} and not row.code:
        return texts.text("tracker.from.on_file", when=moment)
    if row.code and row.is_rns:
        return texts.text("tracker.from.rns", code=row.code, when=moment)
    if row.code:
        who = "tracker.from.cbp" if row.regime is Regime.ACE else "tracker.from.cbsa"
        return texts.text(who, code=row.code, when=moment)
    return texts.text("tracker.from.other", when=moment)


def when(moment: datetime, now: datetime) -> str:
    """Return `at 09:17` today, else `on 21 Nov`, on the clock of this computer."""
    local, today = moment.astimezone(), now.astimezone()
    if local.date() == today.date():
        return texts.text("tracker.at", clock=times.clock(local))
    return texts.text("tracker.on", day=times.received(local, today))


def _broker(row: TrackedRow) -> str:
    if row.broker:
        return row.broker
    return texts.text("tracker.broker.for", name=row.consignee) if row.consignee else ""


def _trip(row: TrackedRow) -> tuple[str, str]:
    if row.trip_id:
        number = row.trip or texts.text("window.no_number")
        if row.trips > 1:
            return number, texts.text("tracker.trips", count=row.trips)
        return number, row.driver or texts.text("tracker.no_driver")
    note = texts.text("tracker.alone" if row.is_known else "tracker.no_trip")
    return texts.text("tracker.attach" if is_offered(row) else "tracker.none"), note


def office_words(row: TrackedRow) -> str:
    """Return number and name of the office the broker keyed."""
    name = row.office_name.title() if row.office_name.isupper() else row.office_name
    return texts.text("tracker.office", number=row.office, name=name).strip()


def _office(row: TrackedRow) -> tuple[str, str]:
    if not row.office:
        is_missing = row.regime is Regime.ACI and row.stand in _NO_BROKER
        return texts.text("tracker.none"), texts.text("tracker.office.not_filed") if is_missing else ""
    if not row.trip_id:
        return office_words(row), texts.text("tracker.office.no_trip")
    if row.is_other_office:
        return office_words(row), texts.text("tracker.office.other", port=row.port)
    return office_words(row), texts.text("tracker.office.as_trip") if row.port else ""


def _eta(row: TrackedRow, now: datetime) -> tuple[str, str]:
    if row.eta is None:
        return texts.text("tracker.none"), ""
    zone = times.zone(row.eta.zone)
    if row.eta.moment is None or zone is None:
        return row.eta.local[5:16], texts.text("window.zone_not_known")
    shown = times.arrival(row.eta.moment.astimezone(zone), now.astimezone(zone))
    if row.arrived_at is not None:
        arrived = times.received(row.arrived_at.astimezone(zone), now.astimezone(zone))
        return shown, texts.text("tracker.arrived", when=arrived)
    return shown, times.distance(row.eta.moment - now)
