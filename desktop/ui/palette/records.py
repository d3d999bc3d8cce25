"""Records found for what is typed: trips, shipments, people, equipment, partners, messages; never what is private."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from functools import partial

from desktop import texts
from desktop.domain.documents import JSON
from desktop.domain.shipment import number_pointer, place_of
from desktop.errors import NotFound, UsageError
from desktop.services.views import InboxCard, InboxFilter, LibraryRow, ShipmentRow, TripRow
from desktop.ui import signs, times
from desktop.ui.desk import Desk
from desktop.ui.legible import legible
from desktop.ui.palette.entry import Entry, Group, rank
from desktop.ui.trips.words import row_words

LIMIT = 24
"""Rows read of each sort: enough to put the best first, few enough to be quick over 10,000 trips."""
_LEAST_NUMBER = 4
_GROUPS = {"driver": Group.DRIVERS, "truck": Group.EQUIPMENT, "trailer": Group.EQUIPMENT, "partner": Group.PARTNERS}

OpenTrip = Callable[[str], object]
OpenShipment = Callable[[ShipmentRow], object]
OpenRecord = Callable[[LibraryRow], object]
OpenCard = Callable[[str], object]


class Records:
    """Looks for records; what opening one means is handed in.

    Attributes:
        open_trip: opens a trip by its id.
        open_shipment: opens a trip at a shipment.
        open_record: opens a driver, truck, trailer or partner.
        open_card: opens a message by its id.
    """

    def __init__(
        self,
        desk: Desk,
        open_trip: OpenTrip,
        open_shipment: OpenShipment,
        open_record: OpenRecord,
        open_card: OpenCard,
    ) -> None:
        self._desk = desk
        self.open_trip = open_trip
        self.open_shipment = open_shipment
        self.open_record = open_record
        self.open_card = open_card

    async def find(self, typed: str) -> list[Entry]:
        """Return what answers `typed`, at most `LIMIT` of each sort.

        Raises:
            DesktopError: the data could not be read.
        """
        desk = self._desk
        exact, trips, shipments, cards = await asyncio.gather(
            self._exact(typed),
            desk.lookups.trips(search=typed, limit=LIMIT),
            desk.lookups.shipments(search=typed, limit=LIMIT),
            desk.inbox.cards(InboxFilter(search=typed), limit=LIMIT),
        )
        library = await asyncio.gather(*(desk.library.items(kind, search=typed) for kind in _GROUPS))
        seen: dict[str, Entry] = {}
        for row in (*exact, *reversed(trips)):
            seen.setdefault(row.id, self._trip(row))
        found = list(seen.values())
        found += [self._shipment(row) for row in shipments]
        for rows in library:
            found += self._library(rows, typed)
        return found + [self._card(card) for card in cards]

    async def _exact(self, typed: str) -> list[TripRow]:
        """Return the trip of that very number, however old; the lists give the latest alone."""
        if len(typed) < _LEAST_NUMBER or " " in typed:
            return []
        try:
            return [(await self._desk.lookups.trip_by_number(typed.upper())).row]
        except (NotFound, UsageError):  # none, or several, which the lists have
            return []

    def _trip(self, row: TripRow) -> Entry:
        words = row_words(row, self._desk.clock.now())
        key = "palette.detail.trip.driver" if row.driver else "palette.detail.trip"
        detail = texts.text(key, place=words.port, eta=words.eta, driver=row.driver)
        return Entry(
            Group.TRIPS,
            row.id,
            legible(words.number),
            partial(self.open_trip, row.id),
            legible(detail),
            icon="trips",
            sign=words.sign,
            state=legible(words.verdict),
            words=_searched(row.truck, row.trailers, row.port_name),
            number=row.number,
        )

    def _shipment(self, row: ShipmentRow) -> Entry:
        sign = signs.clearance_sign(row.clearance)
        key = "palette.detail.shipment" if row.trip_id else "palette.detail.shipment.alone"
        clearance = row.clearance_text or signs.word(sign, code="")
        return Entry(
            Group.SHIPMENTS,
            f"shipment:{row.id}",
            legible(row.number) or texts.text("window.no_number"),
            partial(self.open_shipment, row),
            legible(texts.text(key, trip=row.trip or texts.text("window.no_number"), clearance=clearance)),
            icon="shipments",
            sign=sign,
            words=_searched(row.shipper, row.consignee, row.trip),
            number=row.number,
        )

    def _library(self, rows: Iterable[LibraryRow], typed: str) -> list[Entry]:
        """Records that the words are found in as they are listed: not by a birth date or a paper's number."""
        found = []
        for row in rows:
            entry = Entry(
                _GROUPS[row.kind],
                row.id,
                legible(row.title or row.key) or texts.text("library.unnamed"),
                partial(self.open_record, row),
                legible(row.subtitle),
                icon={"driver": "drivers", "partner": "partners"}.get(row.kind, "equipment"),
                words=texts.text(f"library.title.{row.kind}"),
                number=row.key,
            )
            if rank(entry, typed) is not None:
                found.append(entry)
        return found[:LIMIT]

    def _card(self, card: InboxCard) -> Entry:
        now = self._desk.clock.now().astimezone()
        first = card.text.splitlines()[0] if card.text else ""
        at = times.received(card.received_at.astimezone(), now)
        return Entry(
            Group.INBOX,
            card.id,
            legible(card.title),
            partial(self.open_card, card.id),
            legible(" · ".join(part for part in (first, at) if part)),
            icon="inbox",
            sign=signs.sign_named(card.sign),
            words=_searched(card.text, card.trip, card.shipment),
        )


def _searched(*words: str) -> str:
    return " ".join(words)


def field_of(row: ShipmentRow, document: JSON) -> str:
    """Return the path of a shipment's number in its trip; empty where it is no longer there."""
    place = place_of(document, row.number, row.regime)
    return "" if place is None else number_pointer(row.regime, place)
