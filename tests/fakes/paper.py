"""Trips to print and every sheet of them, for tests, figures and the pictures of the guide."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path

from desktop import texts
from desktop.domain.lifecycle import Clearance, Regime, Verdict
from desktop.printing.record import ContingencySheet, EvidenceFile, Happened
from desktop.printing.sheet import Contact, Look, Sheet, SheetKind, SheetState
from desktop.printing.summary import SheetClearance, clearance_of, grown, summary_sheet, trip_shipments
from desktop.services.sheets import SheetOptions, dressed, eta_text
from desktop.settings.tree import Printing

GOLDEN = Path(__file__).parents[1] / "golden" / "messages"
CANARY = "CANARY77553311"
"""Stands for everything private of a driver: documents, birth date, FAST number."""

ACCENTS = ("Zoé-Łucja", "Ångström Ñandú", "François", "Œuvre", "Þórður", "Şükrü", "D'Éon-Gagné")
COUNTS = (0, 1, 2, 17, 200)
LANGUAGES = ("en", "fr")


def private(document: dict) -> dict:
    """Give every person of a trip canaries in all places that no paper may show."""
    for person in [*document.get("drivers", []), *document.get("passengers", [])]:
        person.update(
            fastCardNumber=CANARY,
            dateOfBirth=CANARY,
            driverNumber=CANARY,
            gender=CANARY,
            citizenshipCountry=CANARY,
            aceId=CANARY,
            travelDocuments=[{"number": CANARY, "type": CANARY, "stateProvince": CANARY}],
        )
    document["companyKey"] = CANARY
    return document


def trip(regime: Regime, shipments: int = 2) -> dict:
    """Return a plain trip as people file it."""
    document = json.loads((GOLDEN / f"{regime.lower()}-trip.json").read_text(encoding="utf-8"))
    first = document["shipments"][0]
    is_ace = regime is Regime.ACE
    name, prefix = ("shipmentControlNumber", "AAAA75") if is_ace else ("cargoControlNumber", "1234PARS38")
    parties = [
        (
            "Sample Art Place",
            "Vancouver",
            "BC",
            "Sample Elk Corp of Texas",
            "Myerstown",
            "PA",
            "Printed books",
            35,
            "BOX",
        ),
        (
            "Sample Plywood North",
            "Barrie",
            "ON",
            "Sample Great Lakes Tile",
            "Flint",
            "MI",
            "Ceramic floor tile",
            14,
            "PLT",
        ),
        ("Sample Mill Ltd.", "Sudbury", "ON", "Sample Canadian Lava Co.", "River Canard", "ON", "Wood glue", 22, "PKG"),
    ]
    made = []
    for place in range(shipments):
        one = copy.deepcopy(first)
        here = parties[place % len(parties)]
        one[name] = f"{prefix}{4321 + place:04}"
        for role, (who, town, state) in (("shipper", here[:3]), ("consignee", here[3:6])):
            one[role] = {"name": who, "address": {"city": town, "stateProvince": state}}
        goods = {"description": here[6], "quantity": here[7], "packagingUnit": here[8], "weight": 1500 + 731 * place}
        one["commodities"] = [{**goods, "weightUnit": "L"}]
        made.append(one)
    document["shipments"] = made
    document["tripNumber"] = "AAAA123457A" if is_ace else "1234T11240068"
    document["estimatedArrivalDateTime"] = "2026-11-24 13:30:00"
    document["usPortOfArrival" if is_ace else "portOfEntry"] = "3801" if is_ace else "0453"
    document["drivers"] = [{"firstName": "Sample", "lastName": "Driver One"}]
    document["truck"].update(number="31", licensePlate={"number": "TRK31E", "stateProvince": "ON"})
    document["truck"].pop("licensePlates", None)
    document["trailers"] = [
        {
            "number": "0470",
            "licensePlates": [{"number": "JV2047", "stateProvince": "ON"}],
            "sealNumbers": ["UL-448201"],
        }
    ]
    document.pop("containers", None)
    return private(document)


def odd_trip(seed: int) -> tuple[Regime, dict]:
    """Return trip `seed` of the generated ones: both regimes, 0 to 200 shipments, longest fields, accents, gaps."""
    dice = random.Random(seed)
    regime = (Regime.ACE, Regime.ACI)[seed % 2]
    count = COUNTS[seed // 2 % len(COUNTS)] if seed < 40 else dice.choice((0, 1, 2, 3, 5, 9, 17))
    document = trip(regime, count)
    is_ace, is_longest = regime is Regime.ACE, dice.random() < 0.4
    letters = "ABCDEFGHJKLMNPRSTVWXYZ0123456789"

    def some(length: int) -> str:
        return "".join(dice.choice(letters) for _ in range(length))

    carrier = "AAAA" if is_ace else dice.choice(("1234", "1-34"))
    document["tripNumber"] = carrier + some(21 if is_longest else dice.randint(4, 10))
    for place, shipment in enumerate(document["shipments"]):
        if is_ace:
            shipment["shipmentControlNumber"] = f"AAAA{some(8 if is_longest else 4)}{place:04}"
        else:
            shipment["cargoControlNumber"] = f"{carrier}PARS{some(13 if is_longest else 2)}{place:04}"
        if is_ace and dice.random() < 0.3:
            shipment.update(type="IN_BOND", inBondDetails={"paperInBondNumber": some(9)})
        if is_longest:
            shipment["shipper"]["name"] = "Société d'expédition " + "W" * 39
            shipment["commodities"][0]["description"] = " ".join(dice.choice(ACCENTS) for _ in range(12))
        if dice.random() < 0.15:
            shipment.pop("consignee")
            shipment["commodities"] = []
    person = document["drivers"][0]
    person["firstName"], person["lastName"] = dice.choice(ACCENTS), dice.choice(ACCENTS)
    if is_longest:
        person["lastName"] = "Wojciechowski-Desrosiers de la Longue-Rivière"
        document["truck"]["licensePlate"] = {"number": some(7), "stateProvince": "QC"}
        document["trailers"] = [
            {
                "number": some(17),
                "licensePlates": [{"number": some(17), "stateProvince": "QC"}],
                "sealNumbers": [some(15)] * 4,
            }
        ] * dice.randint(1, 3)
    missing = dice.choice(("", "", "", "truck", "trailers", "estimatedArrivalDateTime"))
    document.pop(missing, None)
    return regime, document


def base(regime: Regime, document: dict, *, language: str = "en", **more):
    """Return the driver's sheet that all others begin with; the caller speaks its language."""
    known = [Clearance.ENTRY_ON_FILE, Clearance.NONE] if regime is Regime.ACE else [Clearance.SET, Clearance.NONE]
    clearances: dict[str, SheetClearance] = {}
    name = "shipmentControlNumber" if regime is Regime.ACE else "cargoControlNumber"
    for place, shipment in enumerate(document.get("shipments", [])):
        detail = "17889003009926" if place % 2 == 0 else ""
        clearances[shipment[name]] = clearance_of(known[place % 2], regime, detail)
    reason = texts.text(
        "crossing.reason.not_cleared_ace" if regime is Regime.ACE else "crossing.reason.not_cleared_aci",
        count=1,
        total=2,
        number=next(iter(clearances), ""),
    )
    settings = {
        "company_name": "Sample Cartage Ltd.",
        "codes": ["AAAA", "1234"],
        "port_name": "Detroit, MI · Ambassador Bridge" if regime is Regime.ACE else "Windsor Ambassador Bridge",
        "eta_text": eta_text(regime, document),
        "shipments": trip_shipments(document, regime, clearances),
        "verdict": Verdict.WAIT,
        "readiness_text": texts.text("print.headline", verdict=texts.text("states.verdict.wait"), reason=reason),
        "booth_text": "\n".join(
            [texts.text("print.booth", time="13:33 EST"), texts.text("print.known_at", time="12:14 EST")]
        ),
        "printed_at_text": texts.text(
            "sheet.time",
            day=texts.text("sheet.day_2"),
            date=24,
            month=texts.text("sheet.month_11"),
            year=2026,
            clock="12:14",
            zone="EST",
        ),
        "version": 3,
        "phones": [Contact(texts.text("sheet.dispatch"), "Sample Cartage Ltd.", "519 555-0117")],
        "state": SheetState.ON_FILE,
        "language": language,
    }
    return summary_sheet(document, regime, **{**settings, **more})


def sheets_of(
    regime: Regime,
    document: dict,
    *,
    language: str = "en",
    options: SheetOptions | None = None,
    look: Look | None = None,
    **more,
) -> dict[str, Sheet]:
    """Return every sheet of a trip by name, in one language; labels only where there are numbers for them."""
    with texts.speaking(language):
        summary = base(regime, document, language=language, look=look or Look(), **more)
        made: dict[str, Sheet] = {}
        chosen = Printing()
        wanted = options or SheetOptions(has_qr=True)
        for kind in (SheetKind.SUMMARY, SheetKind.ACE_COVER, SheetKind.ACI_LEAD, SheetKind.SHIPMENT_LIST):
            if kind.serves(regime):
                made[kind.value] = dressed(kind, summary, document, chosen, wanted)
        if regime is Regime.ACI:
            by_hand = SheetOptions(is_by_hand=True)
            made["aci-lead-by-hand"] = dressed(SheetKind.ACI_LEAD, summary, document, chosen, by_hand)
        if summary.shipments:
            stock = wanted.stock or "letter-2"
            made[SheetKind.LABELS.value] = dressed(
                SheetKind.LABELS, summary, document, chosen, SheetOptions(stock=stock)
            )
        steps = happened(f"{regime}_TRIP")
        made[SheetKind.CONTINGENCY.value] = grown(
            ContingencySheet, summary, standing=texts.text("print.standing.not_sure"), attempts=steps
        )
        made[SheetKind.EVIDENCE.value] = grown(
            EvidenceFile,
            summary,
            history=steps,
            messages=(
                Happened(
                    steps[0].at,
                    texts.text("print.evidence.sent", data=f"{regime}_TRIP", operation="CREATE"),
                    (texts.text("print.evidence.send_id", id="01SAMPLE"),),
                    '{\n "tripNumber": "' + summary.trip_number + '",\n "drivers": [\n  {"firstName": "Sample"}\n ]\n}',
                ),
            ),
        )
    return made


def happened(message: str) -> tuple[Happened, ...]:
    """Return what was tried, in the language spoken."""
    said = (
        texts.text("history.created"),
        texts.text("print.link.up"),
        texts.text("history.delivery", message=message, operation="CREATE", words=texts.text("history.cause.claimed")),
        texts.text("print.link.down"),
        texts.text(
            "history.delivery", message=message, operation="CREATE", words=texts.text("history.cause.link_lost")
        ),
    )
    day, month = texts.text("sheet.day_2"), texts.text("sheet.month_11")
    return tuple(
        Happened(
            texts.text("sheet.time", day=day, date=24, month=month, year=2026, clock=f"11:{40 + place}", zone="EST"),
            words,
        )
        for place, words in enumerate(said)
    )
