"""What to do about a refusal, in its order: every one of domain 4.6 (CBP) and 5.5 (CBSA), and the gateway's own.

Found by customs' code, else by its words. What is in neither list is never guessed: the user reads customs' own words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Speaker(StrEnum):
    """Who refuses."""

    CBP = "cbp"
    CBSA = "cbsa"
    GATEWAY = "gateway"


class Action(StrEnum):
    """What the window offers; doing nothing is always possible."""

    READ = "read"
    FIX_FIELD = "fix_field"
    SEND_CHANGE = "send_change"
    SEND_UPDATE = "send_update"
    NEW_NUMBER = "new_number"
    MOVE = "move"
    CANCEL_FIRST = "cancel_first"
    CLEAR_ACE_ID = "clear_ace_id"
    EQUAL_PORTS = "equal_ports"
    ADD_SHIPMENT = "add_shipment"
    ASK_CUSTOMS = "ask_customs"
    SEND_AGAIN = "send_again"


@dataclass(frozen=True, slots=True)
class Reject:
    """A refusal as it came.

    Attributes:
        speaker: who refuses.
        said: the words.
        code: the code, as received.
        field: the field they name, in their words.
    """

    speaker: Speaker
    said: str = ""
    code: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Recovery:
    """What mends it.

    Attributes:
        name: the sentence is the text `reject.NAME`.
        action: what the window offers.
        path: JSON Pointer of the field within the trip; `/shipments/*/...` for a field of the shipment that is named;
            empty where none is known.
    """

    name: str
    action: Action
    path: str = ""

    @property
    def key(self) -> str:
        """The key of its sentence."""
        return f"reject.{self.name}"


_SCN: Final = "/shipments/*/shipmentControlNumber"
_CCN: Final = "/shipments/*/cargoControlNumber"

UNKNOWN: Final = Recovery("unknown", Action.READ)
"""For what no source names."""

ACE_CODES: Final[dict[str, Recovery]] = {
    "003": Recovery("ace_no_shipment", Action.ADD_SHIPMENT, "/shipments"),
    "005": Recovery("ace_no_consignee", Action.FIX_FIELD, "/shipments/*/consignee"),
    "009": Recovery("ace_carrier_code", Action.FIX_FIELD, "/tripNumber"),
    "017": Recovery("ace_control_number", Action.FIX_FIELD, _SCN),
    "021": Recovery("ace_weight_unit", Action.FIX_FIELD, "/shipments/*/commodities"),
    "032": Recovery("ace_bond_number", Action.FIX_FIELD, "/shipments/*/inBondDetails"),
    "033": Recovery("ace_port", Action.FIX_FIELD, "/usPortOfArrival"),
    "401": Recovery("ace_conveyance_id", Action.CLEAR_ACE_ID, "/truck"),
    "402": Recovery("ace_plate", Action.FIX_FIELD, "/truck"),
}
"""CBP's codes (domain 4.6)."""

_ACE_WORDS: Final = (
    (r"section 321", Recovery("ace_section_321", Action.FIX_FIELD, "/shipments/*/type")),
    (r"shipment already on file", Recovery("ace_shipment_on_file", Action.CANCEL_FIRST, _SCN)),
    (r"manifest already on file|do not resend", Recovery("ace_manifest_on_file", Action.SEND_CHANGE, "/tripNumber")),
    (r"returned to preliminary", Recovery("ace_preliminary", Action.READ)),
    (r"inv(alid)? travel doc", Recovery("ace_travel_document", Action.FIX_FIELD, "/drivers")),
    (r"no person in charge", Recovery("ace_person_in_charge", Action.FIX_FIELD, "/drivers")),
    (r"inv(alid)? trailer ace id", Recovery("ace_trailer_id", Action.CLEAR_ACE_ID, "/trailers")),
    (r"inv(alid)? trip party ace id", Recovery("ace_party_id", Action.CLEAR_ACE_ID, "/drivers")),
    (r"conveyance ace id", ACE_CODES["401"]),
    (r"licen[cs]e plate", ACE_CODES["402"]),
)
_ACI_WORDS: Final = (
    (r"linked to (an)?other trip", Recovery("aci_linked", Action.MOVE, _CCN)),
    (r"cannot (be )?cancel", Recovery("aci_cannot_cancel", Action.ASK_CUSTOMS)),
    (r"already used", Recovery("aci_used", Action.NEW_NUMBER, _CCN)),
    (r"duplicate", Recovery("aci_duplicate", Action.NEW_NUMBER, "/tripNumber")),
    (r"shipment not on file", Recovery("aci_not_on_file", Action.SEND_AGAIN, _CCN)),
    (r"invalid status of request", Recovery("aci_status", Action.SEND_CHANGE)),
    (r"port does not match", Recovery("aci_port", Action.EQUAL_PORTS, "/portOfEntry")),
)
_GATEWAY_WORDS: Final = (
    (r"already (used|exists|in use)|must be unique", Recovery("gateway_used", Action.NEW_NUMBER, "/tripNumber")),
    (r"does not exist", Recovery("gateway_missing", Action.SEND_AGAIN, "/tripNumber")),
)
_WORDS: Final = {Speaker.CBP: _ACE_WORDS, Speaker.CBSA: _ACI_WORDS, Speaker.GATEWAY: _GATEWAY_WORDS}


def recovery(reject: Reject) -> Recovery:
    """Return what mends a refusal; `UNKNOWN` for one that no source names."""
    if reject.speaker is Speaker.CBP and reject.code in ACE_CODES:
        return ACE_CODES[reject.code]
    for pattern, found in _WORDS[reject.speaker]:
        if re.search(rf"\b(?:{pattern})", reject.said, re.IGNORECASE):
            return _with_field(found, reject)
    return UNKNOWN


def _with_field(found: Recovery, reject: Reject) -> Recovery:
    """Return it with the number that is meant, where the same words are said of two (domain 5.5, "duplicate")."""
    is_cargo = reject.speaker is Speaker.CBSA and re.search(r"cargo|ccn", reject.field, re.IGNORECASE)
    return Recovery(found.name, found.action, _CCN) if is_cargo and found.name == "aci_duplicate" else found
