"""Every refusal of domain 4.6 and 5.5 has its sentence, its field and its way out; what is in neither is never guessed."""

import json
from pathlib import Path

import pytest

from desktop import texts
from desktop.delivery.recovery import ACE_CODES, UNKNOWN, Action, Reject, Speaker, recovery

ROOT = Path(__file__).parents[3]
REASONS = json.loads((ROOT / "resources/practice/answers.json").read_text())["reasons"]
SCN, CCN = "/shipments/*/shipmentControlNumber", "/shipments/*/cargoControlNumber"
CBP, CBSA, GATEWAY = Speaker.CBP, Speaker.CBSA, Speaker.GATEWAY

TABLE = [
    # who, code, words, action, field: as domain 4.6 and 5.5 have them
    (CBP, "", "SHIPMENT ALREADY ON FILE", Action.CANCEL_FIRST, SCN),
    (CBP, "", "MANIFEST ALREADY ON FILE, DO NOT RESEND", Action.SEND_CHANGE, "/tripNumber"),
    (CBP, "", "Manifest returned to preliminary", Action.READ, ""),
    (CBP, "", "INV TRAVEL DOC NUMBER", Action.FIX_FIELD, "/drivers"),
    (CBP, "", "NO PERSON IN CHARGE", Action.FIX_FIELD, "/drivers"),
    (CBP, "", "INV TRIP PARTY ACE ID", Action.CLEAR_ACE_ID, "/drivers"),
    (CBP, "", "INVALID TRAILER ACE ID", Action.CLEAR_ACE_ID, "/trailers"),
    (CBP, "003", "", Action.ADD_SHIPMENT, "/shipments"),
    (CBP, "005", "", Action.FIX_FIELD, "/shipments/*/consignee"),
    (CBP, "009", "", Action.FIX_FIELD, "/tripNumber"),
    (CBP, "017", "", Action.FIX_FIELD, SCN),
    (CBP, "021", "", Action.FIX_FIELD, "/shipments/*/commodities"),
    (CBP, "032", "", Action.FIX_FIELD, "/shipments/*/inBondDetails"),
    (CBP, "033", "", Action.FIX_FIELD, "/usPortOfArrival"),
    (CBP, "401", "", Action.CLEAR_ACE_ID, "/truck"),
    (CBP, "402", "", Action.FIX_FIELD, "/truck"),
    (CBP, "", "SECTION 321 SUSPENDED", Action.FIX_FIELD, "/shipments/*/type"),
    (CBSA, "", "SHIPMENT LINKED TO ANOTHER TRIP", Action.MOVE, CCN),
    (CBSA, "", "DUPLICATE", Action.NEW_NUMBER, "/tripNumber"),
    (CBSA, "", "SHIPMENT NOT ON FILE", Action.SEND_AGAIN, CCN),
    (CBSA, "", "INVALID STATUS OF REQUEST", Action.SEND_CHANGE, ""),
    (CBSA, "", "TRIP PORT DOES NOT MATCH", Action.EQUAL_PORTS, "/portOfEntry"),
    (CBSA, "", "ALREADY USED", Action.NEW_NUMBER, CCN),
    (CBSA, "", "CANNOT CANCEL: LINKED OR ARRIVED", Action.ASK_CUSTOMS, ""),
    (GATEWAY, "", "Trip Number is already used (must be unique for a CREATE operation) [A1]", Action.NEW_NUMBER,
     "/tripNumber"),
    (GATEWAY, "", "Trip Number does not exist [A1]", Action.SEND_AGAIN, "/tripNumber"),
]  # fmt: skip


@pytest.mark.parametrize(("who", "code", "said", "action", "path"), TABLE)
def test_each_known_refusal_has_its_way_out(who, code, said, action, path):
    found = recovery(Reject(who, said, code))
    assert (found.action, found.path) == (action, path)
    assert texts.has(found.key)


@pytest.mark.parametrize("reason", sorted(set(REASONS) - {"ace_not_on_file", "ace_cannot_cancel"}))
def test_every_refusal_practice_plays_is_known(reason):
    said = REASONS[reason]
    speaker = {"ACE": Speaker.CBP, "ACI": Speaker.CBSA}[said["regime"]]
    found = recovery(Reject(speaker, said["description"], said.get("code", "")))
    assert found is not UNKNOWN


@pytest.mark.parametrize(
    ("who", "code", "said"),
    [
        (CBP, "999", "SOMETHING NEW"),
        (CBP, "", ""),
        (CBSA, "033", "Another thing"),  # CBP's code says nothing in CBSA's mouth
        (CBSA, "", "Section 321"),
        (GATEWAY, "005", "Weight is required [A1]"),
        (CBP, "", "NONDUPLICATE"),
        (CBSA, "", "NONDUPLICATE"),
    ],
)
def test_what_no_source_names_is_read_and_never_guessed(who, code, said):
    assert recovery(Reject(who, said, code)) is UNKNOWN
    assert UNKNOWN.action is Action.READ


def test_a_code_counts_before_words_and_the_field_says_whose_number_is_double():
    assert recovery(Reject(CBP, "SHIPMENT ALREADY ON FILE", "033")) is ACE_CODES["033"]
    assert recovery(Reject(CBSA, "DUPLICATE", field="Cargo Control Number")).path == CCN
    assert recovery(Reject(CBSA, "DUPLICATE", field="Conveyance Reference Number")).path == "/tripNumber"
