"""Sample trips, cards and companies for the fake desk. All people and firms are fictional."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from desktop import texts
from desktop.crossing.step import Does
from desktop.domain.lifecycle import Category, Customs, Delivery, Regime, Verdict
from desktop.services.views import (
    CompanyRow,
    Concern,
    InboxCard,
    InboxMessage,
    LibraryRow,
    MessageStep,
    ReadinessView,
    Reason,
)

ZONE = "America/Toronto"
COMPANY = "01COMPANY00000000000000001"


def company(is_practice: bool = False) -> CompanyRow:
    address = "ws://127.0.0.1:8765/api/sockets/practice" if is_practice else "dorncartage"
    return CompanyRow(
        COMPANY, 1, "Dorn Cartage Ltd.", ("AAAA",), ("1234",), address, "c-9000-2bcd8ae5954e0c48", "", is_practice, True
    )


def ace_document(number: str, port: str, eta: str, driver: str, shipments: int) -> dict[str, Any]:
    """Return an ACE trip in wire shape."""
    first, last = driver.split(" ", 1)
    return {
        "data": "ACE_TRIP",
        "tripNumber": number,
        "usPortOfArrival": port,
        "estimatedArrivalDateTime": eta,
        "truck": {
            "number": "2013",
            "type": "TR",
            "vinNumber": "1M8GDM9AXKP042788",
            "licensePlates": [{"number": "TEMP5", "stateProvince": "ON"}],
        },
        "trailers": [{"number": "0456", "type": "TL", "licensePlates": [{"number": "JV2012", "stateProvince": "ON"}]}],
        "drivers": [
            {
                "driverNumber": "D004",
                "firstName": first,
                "lastName": last,
                "gender": "M",
                "dateOfBirth": "1970-01-01",
                "citizenshipCountry": "CA",
                "fastCardNumber": "42700000000001",
            }
        ],
        "shipments": [_ace_shipment(f"AAAA7543{index:02}") for index in range(21, 21 + shipments)],
    }


def _ace_shipment(number: str) -> dict[str, Any]:
    return {
        "data": "ACE_SHIPMENT",
        "type": "PAPS",
        "shipmentControlNumber": number,
        "provinceOfLoading": "ON",
        "shipper": {
            "name": "Art Place",
            "address": {
                "addressLine": "1 Sample Road",
                "city": "Toronto",
                "stateProvince": "ON",
                "postalCode": "M5V 1A1",
            },
        },
        "consignee": {
            "name": "Elk Corp of Texas",
            "address": {"addressLine": "2 Sample Road", "city": "Dallas", "stateProvince": "TX", "postalCode": "75201"},
        },
        "commodities": [
            {
                "loadedOn": {"type": "TRAILER", "number": "0456"},
                "description": "Books",
                "quantity": 35,
                "packagingUnit": "BOX",
                "weight": 1500,
                "weightUnit": "L",
            }
        ],
    }


def aci_document(number: str, port: str, eta: str, driver: str, shipments: int) -> dict[str, Any]:
    """Return an ACI trip in wire shape."""
    first, last = driver.split(" ", 1)
    return {
        "data": "ACI_TRIP",
        "tripNumber": number,
        "portOfEntry": port,
        "estimatedArrivalDateTime": eta,
        "truck": {
            "number": "10",
            "type": "TR",
            "vinNumber": "1M8GDM9AXKP042788",
            "licensePlate": {"number": "TRK1NG", "stateProvince": "ON"},
        },
        "trailers": [{"number": "23411", "type": "TL", "licensePlate": {"number": "OKATE1", "stateProvince": "MI"}}],
        "drivers": [
            {
                "driverNumber": "JD",
                "firstName": first,
                "lastName": last,
                "gender": "M",
                "dateOfBirth": "1980-07-14",
                "citizenshipCountry": "CA",
            }
        ],
        "shipments": [_aci_shipment(f"1234PARS3826{index}", port, eta) for index in range(61, 61 + shipments)],
    }


def _aci_shipment(number: str, port: str, eta: str) -> dict[str, Any]:
    return {
        "data": "ACI_SHIPMENT",
        "shipmentType": "PARS",
        "loadedOn": {"type": "TRAILER", "number": "23411"},
        "cargoControlNumber": number,
        "referenceOnlyShipment": False,
        "portOfEntry": port,
        "releaseOffice": port,
        "estimatedArrivalDate": eta,
        "cityOfLoading": {"cityName": "New York", "stateProvince": "NY"},
        "consolidatedFreight": False,
        "shipper": {"name": "Hazmat Wholesale", "address": {"addressLine": "3 Sample Road", "city": "New York"}},
        "consignee": {"name": "Canadian Lava Co.", "address": {"addressLine": "4 Sample Road", "city": "Windsor"}},
        "commodities": [
            {"description": "Plywood", "quantity": 900, "packagingUnit": "PCE", "weight": "35005", "weightUnit": "LBR"}
        ],
    }


PORTS = {
    "3801": "Detroit, MI · Ambassador",
    "3802": "Port Huron, MI · Blue Water",
    "0901": "Buffalo, NY · Peace Bridge",
    "0440": "Sarnia, ON · Blue Water",
    "0453": "Windsor, ON · Ambassador",
    "0410": "Fort Erie, ON · Peace Bridge",
}


@dataclass(slots=True)
class StoredTrip:
    """A trip as the fake desk keeps it."""

    id: str
    regime: Regime
    document: dict[str, Any]
    local: dict[str, Any]
    delivery: Delivery
    customs: Customs
    readiness: ReadinessView
    cleared: int = 0
    holds: int = 0
    errors: int = 0
    warnings: int = 0
    version: int = 1
    is_changed: bool = False
    is_deleted: bool = False
    company: str = COMPANY


_SENT, _NOT = Delivery.DELIVERED, Delivery.NOT_SENT

# number, regime, port, minutes to ETA, driver, shipments, delivery, customs, verdict, booth minutes, reasons, cleared, holds, errors
_TRIPS: tuple[tuple[Any, ...], ...] = (
    ("AAAA123458A", "ACE", "3801", 35, "Sample Driver One", 3, _SENT, Customs.CLEARED, Verdict.STOP, None,
     ("hold|CBP placed a hold on AAAA754388. Keep the truck back.",), 3, 1, 0),
    ("1234T11240071", "ACI", "0440", 100, "Sample Driver Two", 1, _SENT, Customs.REFUSED, Verdict.STOP, None,
     ("customs_refused|CBSA returned the trip. Correct what it named and send again.",), 0, 0, 0),
    ("1234T11240068", "ACI", "0453", 65, "Sample Driver Three", 3, _SENT, Customs.ON_FILE, Verdict.WAIT, None,
     ("not_cleared_aci|1 of 3 shipments not set. Ask the broker.",), 2, 0, 0),
    ("AAAA123461A", "ACE", "3802", 115, "Sample Driver Four", 1, Delivery.NOT_SURE, Customs.NONE, Verdict.UNKNOWN, None,
     ("not_sure|It is not known whether the last message arrived. Sent once. Do not send it again.",), 0, 0, 0),
    ("AAAA123457A", "ACE", "3801", 25, "Sample Driver Five", 2, _SENT, Customs.CLEARED, Verdict.WAIT, 27,
     ("hour|The hour before arrival is not over yet.",), 2, 0, 0),
    ("AAAA123460A", "ACE", "3802", 60, "Sample Driver Six", 1, _SENT, Customs.PRELIMINARY, Verdict.WAIT, None,
     ("preliminary|Only a preliminary manifest is on file with CBP.",), 0, 0, 0),
    ("1234T11240070", "ACI", "0410", 85, "Sample Driver Seven", 1, _SENT, Customs.CLEARED, Verdict.WAIT, 46,
     ("hour|The hour before arrival is not over yet.",), 1, 0, 0),
    ("1234T11240066", "ACI", "0440", -20, "Sample Driver Eight", 2, _SENT, Customs.ARRIVED, Verdict.WAIT, None,
     ("arrived|CBSA recorded the arrival.",), 2, 0, 0),
    ("AAAA123462A", "ACE", "0901", 185, "Sample Driver One", 2, Delivery.SENDING, Customs.TRANSMITTED, Verdict.WAIT, None,
     ("sending|On its way. No answer from BorderConnect yet.",), 0, 0, 0),
    ("AAAA123463A", "ACE", "3801", 325, "Sample Driver Five", 3, _NOT, Customs.NONE, Verdict.WAIT, None,
     ("not_sent|Not sent yet. Nothing is with customs.",), 0, 0, 2),
    ("1234T11240074", "ACI", "0440", 370, "Sample Driver Two", 1, _NOT, Customs.NONE, Verdict.WAIT, None, (), 0, 0, 0),
    ("AAAA123464A", "ACE", "3802", 985, "Sample Driver Six", 1, _NOT, Customs.NONE, Verdict.WAIT, None,
     ("not_sent|Not sent yet. Nothing is with customs.",), 0, 0, 1),
    ("AAAA123465A", "ACE", "0901", None, "Sample Driver Seven", 0, _NOT, Customs.NONE, Verdict.WAIT, None,
     ("not_sent|Not sent yet. Nothing is with customs.",), 0, 0, 4),
)  # fmt: skip


def _reason(code: str, text: str) -> Reason:
    passes_by_itself = {"hour", "preliminary", "arrived", "sending", "go"}
    values = {"at": "12:51", "booth": "13:32 EST", "who": "CBSA" if "CBSA" in text else "CBP", "count": 1, "total": 3}
    headline = texts.text(f"crossing.headline.{code}", **values)
    return Reason(code, text, must_act=code not in passes_by_itself, headline=headline)


def trips(now: datetime) -> list[StoredTrip]:
    """Return the sample trips with ETAs round `now`."""
    made = []
    for index, line in enumerate(_TRIPS):
        (
            number,
            regime,
            port,
            minutes,
            driver,
            shipments,
            delivery,
            customs,
            verdict,
            booth,
            reasons,
            cleared,
            holds,
            errors,
        ) = line
        eta = "" if minutes is None else _wall(now + timedelta(minutes=minutes))
        build = ace_document if regime == "ACE" else aci_document
        document = build(number, port, eta, driver, shipments)
        if not eta:
            del document["estimatedArrivalDateTime"]
        if number == "AAAA123464A":
            document["drivers"] = []
        view = ReadinessView(
            verdict,
            None if booth is None else now + timedelta(minutes=booth),
            tuple(_reason(*reason.split("|", 1)) for reason in reasons),
        )
        made.append(
            StoredTrip(
                f"01TRIP{index:020}", Regime(regime), document, {}, delivery, customs, view, cleared, holds, errors
            )
        )
    return made


def _wall(moment: datetime) -> str:
    return moment.astimezone(ZoneInfo(ZONE)).strftime("%Y-%m-%d %H:%M:00")


# category, kind, regime, trip, shipment, title, text, sign, minutes ago
_CARDS: tuple[tuple[Any, ...], ...] = (
    ("rejected", "ACI_RESPONSE", "ACI", "1234T11240071", "", "CBSA returned the trip", "1234T11240071 · Sarnia\nShipment linked to another trip", "rejected"),
    ("alert", "ACE_RESPONSE", "ACE", "AAAA123458A", "AAAA754388", "CBP placed a hold", "AAAA754388 on AAAA123458A\nDisposition 1H, hold at arrival port", "hold"),
    ("rns", "RNS_SHIPMENT", "ACI", "1234T11240070", "1234PARS382661", "PARS set", "1234PARS382661 · Fort Erie\nRNS 9 · Sample Customs", "cleared"),
    ("notice", "ACI_NOTICE", "ACI", "1234T11240068", "1234PARS382666", "Not matched yet", "1234PARS382666 · Windsor\nNo release request from a broker", "notice"),
    ("accepted", "ACE_RESPONSE", "ACE", "AAAA123462A", "", "CBP accepted the manifest", "AAAA123462A · 2 shipments\nOn file 12:40", "accepted"),
    ("unrecognised", "ACE_RESPONSE", "ACE", "AAAA123459A", "", "Not recognised: ACE status “QZX”", "AAAA123459A\nShown as received", "unrecognised"),
    ("rns", "RNS_SHIPMENT", "ACI", "", "1234PARS382640", "Released at arrival", "1234PARS382640 · Windsor\nRNS 4, goods released 11:31", "released"),
    ("upload", "API_RESPONSE", None, "AAAA123457A", "", "BorderConnect took the trip", "AAAA123457A\nImported", "upload"),
    ("unrecognised", None, None, "", "", "Not recognised: no JSON", "<b>not a tag</b> & raw bytes\nShown as received", "unrecognised"),
    ("cas", "CAS_EVENT", None, "", "", "Message of another gateway", "CAS\nShown as received", "cas"),
)  # fmt: skip


def card_at(index: int, now: datetime, trip_ids: dict[str, str]) -> InboxCard:
    """Return sample card number `index`, the higher the newer."""
    category, kind, regime, trip, shipment, title, text, sign = _CARDS[-1 - index % len(_CARDS)]
    return InboxCard(
        f"01CARD{index:020}",
        now - timedelta(minutes=4 + 17 * (99 - index)),
        kind,
        Category(category),
        COMPANY,
        None if regime is None else Regime(regime),
        trip,
        trip_ids.get(trip),
        shipment,
        title,
        text,
        sign,
        index >= 94,
        3 if index == 90 else 1,
    )


def cards(now: datetime, trip_ids: dict[str, str]) -> list[InboxCard]:
    """Return a hundred cards, oldest first."""
    return [card_at(index, now, trip_ids) for index in range(100)]


def message(card: InboxCard) -> InboxMessage:
    """Return the card explained."""
    raw = json.dumps({"data": card.kind, "tripNumber": card.trip, "note": card.title}, indent=2)
    if card.category is not Category.REJECTED:
        return InboxMessage(card, card.text.replace("\n", ". ") + ".", (), (), ("2026-11-24 13:01:00",), raw, len(raw))
    return InboxMessage(
        card,
        "Shipment 1234PARS34213341 is still attached to your older trip 1234923ASDF at CBSA. A shipment can be on one "
        "trip only, so nothing of this trip is on file. The truck may not go.",
        (
            Concern(
                card.trip, "Shipment 1 \u203a Cargo control number", card.trip_id, "/shipments/0/cargoControlNumber"
            ),
            Concern("1234923ASDF", "Shipments \u203a 1234PARS34213341", None, ""),
        ),
        (
            MessageStep(
                "Take 1234PARS34213341 off 1234923ASDF and send that change",
                "Order matters: CBSA must let go of it first",
                Does.OPEN_FIELD,
                "Open field",
                "an answer usually takes 2 to 4 min",
                card.trip_id,
                "/shipments/0/cargoControlNumber",
            ),
            MessageStep("Wait until CBSA accepts that", "Watched for you; you can go on working"),
            MessageStep(
                "Send 1234T11240071 again, unchanged otherwise", "", Does.SEND, "Send plan\u2026", trip_id=card.trip_id
            ),
        ),
        ("CBSA: 2026-11-24 13:01:12",),
        raw,
        len(raw),
    )


def library(trips_now: list[StoredTrip]) -> list[LibraryRow]:
    """Return drivers, trucks, trailers and partners in wire shape."""
    ace, aci = trips_now[0].document, trips_now[1].document
    rows = []
    for number in range(1, 5):
        driver = copy.deepcopy(ace["drivers"][0])
        driver.update(driverNumber=f"D00{number}", firstName="Sample", lastName=f"Driver {number}")
        local = {"expiries": {"fast": "2027-03-01"}}
        rows.append(
            LibraryRow(f"01DRIVER{number:018}", 1, COMPANY, "driver", driver["driverNumber"],
                       f"Sample Driver {number}", driver["driverNumber"], driver, local, True)
        )  # fmt: skip
    for kind, number, source in (
        ("truck", "2013", ace["truck"]),
        ("truck", "31", {**ace["truck"], "number": "31"}),
        ("trailer", "0456", ace["trailers"][0]),
        ("trailer", "0461", {**ace["trailers"][0], "number": "0461"}),
    ):
        rows.append(
            LibraryRow(f"01{kind.upper()}{number:0>18}", 1, COMPANY, kind, number, number, source.get("type", ""),
                       copy.deepcopy(source), {}, True)
        )  # fmt: skip
    for number, party in enumerate((ace["shipments"][0]["shipper"], aci["shipments"][0]["consignee"])):
        rows.append(
            LibraryRow(f"01PARTNER{number:017}", 1, COMPANY, "partner", party["name"], party["name"],
                       party["address"]["city"], copy.deepcopy(party), {"roles": ["shipper", "consignee"]}, True)
        )  # fmt: skip
    return rows
