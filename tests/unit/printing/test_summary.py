"""What stands on a sheet, before it is laid out."""

import copy
import dataclasses
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.lifecycle import Clearance, Regime, Verdict
from desktop.printing import trip
from desktop.printing.bars import Symbology
from desktop.printing.summary import (
    Contact,
    SheetClearance,
    SheetState,
    clearance_of,
    summary_sheet,
    trip_shipments,
)

GOLDEN = Path(__file__).parents[2] / "golden" / "messages"
REST = {"company_name": "Sample Cartage", "port_name": "Sample Port", "printed_at_text": "now", "version": 4}


def document(regime):
    return json.loads((GOLDEN / f"{regime.lower()}-trip.json").read_text(encoding="utf-8"))


def sheet(regime=Regime.ACE, trip_document=None, **more):
    return summary_sheet(
        document(regime) if trip_document is None else trip_document, regime, **REST, **{"codes": (), **more}
    )


def test_an_ace_sheet_names_what_the_booth_asks():
    made = sheet(Regime.ACE, codes=["BBBB", "AAAA"])
    assert made.trip_number == "AAAA123457A"
    assert made.codes == "SCAC AAAA"
    assert made.driver == "Michael Dorn"
    assert made.plate == "ON TEMP5"
    assert made.trailers == ("0456 · ON JV2012",)
    assert made.port == "0101 Sample Port"
    assert made.eta == "Thu 31 Jul 2014, 04:45 (zone not stated)"
    assert made.symbology is Symbology.CODE_39
    assert made.marks == ("DRAFT - NOT ON FILE",)
    line = made.shipments[0]
    assert (line.number, line.type) == ("AAAAA754321", "PAPS")
    assert (line.pieces, line.weight, line.description) == ("35 box", "1,500 lb", "Books")
    assert (line.shipper, line.consignee) == ("Art place, Vancouver BC", "Elk Corp of Texas, Myerstown PA")


def test_an_aci_sheet_reads_the_members_of_its_own_regime():
    made = sheet(Regime.ACI)
    assert made.codes == "CBSA carrier code 1234"
    assert made.port == "0440 Sample Port"
    assert made.symbology is Symbology.CODE_128
    line = made.shipments[0]
    assert (line.number, line.type, line.weight) == ("1234PARS34213341", "PARS", "35,005 lb")


def test_both_wire_forms_of_plates_are_read():
    plate = {"number": "P1", "stateProvince": "MI"}
    other = {"number": "P2", "stateProvince": "ON"}
    for truck in (
        {"licensePlates": [plate, other]},
        {"licensePlate": [plate, other]},
    ):
        assert trip.plates(truck) == "MI P1, ON P2"
    assert trip.plates({"licensePlate": plate}) == trip.plates({"licensePlates": plate}) == "MI P1"


def test_practice_and_draft_are_both_said_and_a_filed_trip_says_neither():
    assert sheet(is_practice=True).marks == ("PRACTICE \u2013 NOT FILED", "DRAFT - NOT ON FILE")
    assert sheet(is_practice=True, state=SheetState.ON_FILE).marks == ("PRACTICE \u2013 NOT FILED",)
    assert sheet(state=SheetState.ON_FILE).marks == ()


def test_a_cancelled_trip_is_void_on_every_page():
    assert sheet(state=SheetState.VOID).marks == ("VOID - CANCELLED WITH CBP",)
    assert sheet(Regime.ACI, state=SheetState.VOID).marks == ("VOID - CANCELLED WITH CBSA",)
    assert sheet(state=SheetState.VOID).headline.startswith("WAIT")


def test_headline_advice_and_contacts_are_as_given():
    contact = Contact("Broker", "Sample Brokers", "519 555-0142")
    made = sheet(
        readiness_text="STOP. Held",
        booth_text="one\n\ntwo",
        verdict=Verdict.STOP,
        phones=[contact],
        eta_text="noon EST",
    )
    assert (made.headline, made.advice, made.verdict) == ("STOP. Held", ("one", "two"), Verdict.STOP)
    assert made.contacts == (contact,)
    assert made.eta == "noon EST"


def test_without_a_phone_dispatch_still_has_a_place():
    assert sheet().contacts == (Contact("Dispatch", "Sample Cartage", ""),)


def test_amounts_of_one_unit_are_added_and_others_stand_side_by_side():
    shipment = {
        "commodities": [
            {"quantity": 2, "packagingUnit": "PLT", "weight": "10.5", "weightUnit": "KG", "description": "Tile"},
            {"quantity": 3, "packagingUnit": "PLT", "weight": "x", "weightUnit": "STN", "description": "Tile"},
            {"quantity": 1200, "packagingUnit": "BOX", "weight": 1, "weightUnit": "K", "description": "Glue"},
            {"quantity": True, "weight": "1e400", "weightUnit": "LB"},
        ],
        "inBondDetails": {"paperInBondNumber": "123456789"},
    }
    goods = trip.goods(shipment, Regime.ACE)
    assert goods.pieces == "5 plt + 1,200 box"
    assert goods.weight == "11.5 kg + x STN + 1e400 lb"
    assert goods.description == "Tile; Glue; In-bond 123456789"
    assert trip.goods(shipment, Regime.ACI).description == "Tile; Glue"


def test_seals_of_every_unit_stand_once():
    value = {
        "truck": {"sealNumbers": ["A1", 7]},
        "trailers": [{"sealNumbers": ["A1", "B2"]}, {"sealNumbers": "no list"}],
        "containers": [{"number": "CONT 1", "sealNumbers": ["C3", None]}],
    }
    made = sheet(trip_document=value)
    assert made.seals == ("A1", "7", "B2", "C3")
    assert made.containers == ("CONT 1",)


def test_further_drivers_are_crew():
    value = {"drivers": [{"lastName": "First"}, {}, {"firstName": "Sample", "lastName": "Second"}]}
    made = sheet(trip_document=value)
    assert (made.driver, made.crew) == ("First", ("Sample Second",))


def test_clearance_stands_with_its_own_shipment():
    known = {"1234PARS34213341": SheetClearance("PARS set", "17889003009926")}
    line = trip_shipments(document(Regime.ACI), Regime.ACI, known)[0]
    assert line.clearance == SheetClearance("PARS set", "17889003009926")
    assert sheet(Regime.ACI).shipments[0].clearance.words == "Not known"


@pytest.mark.parametrize("regime", list(Regime))
def test_every_state_of_clearance_has_words_and_only_good_ones_sound_good(regime):
    said = {state: clearance_of(state, regime, "12:41 EST") for state in Clearance}
    assert len({words.words for words in said.values()}) == len(Clearance)
    assert all(words.detail == "12:41 EST" for words in said.values())
    good = {state for state, words in said.items() if words.words in {"Entry on file", "PARS set", "Released"}}
    assert good == {Clearance.ENTRY_ON_FILE, Clearance.SET, Clearance.RELEASED}


@pytest.mark.parametrize(
    ("value", "zone", "shown"),
    [
        ("2026-11-24 13:30:00", "EST", "Tue 24 Nov 2026, 13:30 EST"),
        ("2026-11-24", "", "2026-11-24"),
        ("", "", ""),
        (None, "EST", ""),
        ({"a": 1}, "", ""),
    ],
)
def test_times_are_shown_with_their_zone_or_that_none_is_stated(value, zone, shown):
    assert trip.eta_words(value, zone) == shown


def test_control_and_direction_characters_never_reach_paper():
    assert trip.words("A\u202eB\x00C\n D\u00a0\u200b") == "ABC D"


CANARY = "CANARY77553311"


def with_secrets(regime):
    value = document(regime)
    person = value["drivers"][0]
    person.update(
        fastCardNumber=CANARY, dateOfBirth=CANARY, driverNumber=CANARY, gender=CANARY, citizenshipCountry=CANARY,
        travelDocuments=[{"number": CANARY, "type": "ACW", "stateProvince": CANARY}], usAddress={"addressLine": CANARY},
    )  # fmt: skip
    value["passengers"] = [copy.deepcopy(person)]
    value["truck"]["vinNumber"] = CANARY
    value["truck"]["insurancePolicy"] = {"policyNumber": CANARY}
    value["companyKey"] = CANARY
    return value


@pytest.mark.parametrize("regime", list(Regime))
def test_no_private_number_has_a_place_on_the_sheet(regime):
    assert CANARY not in repr(dataclasses.astuple(sheet(regime, with_secrets(regime))))


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
MEMBERS = [
    "tripNumber",
    "truck",
    "trailers",
    "drivers",
    "shipments",
    "containers",
    "estimatedArrivalDateTime",
    "portOfEntry",
]
PARTS = [
    "number",
    "licensePlate",
    "licensePlates",
    "sealNumbers",
    "firstName",
    "commodities",
    "shipper",
    "inBondDetails",
]


@settings(max_examples=60)
@given(
    st.dictionaries(
        st.sampled_from(MEMBERS),
        JSON_VALUES | st.lists(st.dictionaries(st.sampled_from(PARTS), JSON_VALUES), max_size=3),
    ),
    st.sampled_from(list(Regime)),
)
def test_any_draft_makes_a_sheet(value, regime):
    made = sheet(regime, value)
    assert made.marks
    assert made.trip_number == trip.words(value.get("tripNumber"))
