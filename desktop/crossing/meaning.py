"""What customs' codes mean, and how bad that is (domain 4.5, 5.4; product, output shapes). Open sets: others come."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Final

FIRST_REQUESTS: Final = frozenset({"COMPLETE_TRIP_AND_SHIPMENTS", "ORIGINAL"})
CHANGE_REQUESTS: Final = frozenset({"AMEND_TRIP_AND_SHIPMENTS", "AMEND", "CHANGE"})
CANCEL_REQUESTS: Final = frozenset({"CANCEL_TRIP_AND_SHIPMENTS", "CANCEL"})


class Rank(IntEnum):
    """Order of news of the same moment: the worse comes last (reliability 4.4)."""

    RELEASE = 0
    ENTRY = 1
    HOLD = 2
    REJECT = 3


class What(StrEnum):
    """What a fact is.

    `ACCEPTED_NONE`: CBP answered with no shipment accepted and none rejected. For a trip without shipments that is all
    it can say; for any other trip nobody knows what it means.
    """

    ACCEPTED = "accepted"
    ACCEPTED_NONE = "accepted_none"
    REFUSED = "refused"
    ARRIVED = "arrived"
    TRIP_RELEASED = "trip_released"
    TRIP_HELD = "trip_held"
    NOT_UNDERSTOOD = "not_understood"
    SHORT_REVIEW = "short_review"
    REPORTED = "reported"
    ENTRY = "entry"
    SET = "set"
    RELEASED = "released"
    RELEASED_CFIA = "released_cfia"
    EXAM = "exam"
    HOLD = "hold"
    HOLD_OFF = "hold_off"
    RNS_ERROR = "rns_error"
    NOT_SET = "not_set"
    ACKNOWLEDGED = "acknowledged"
    MATCHED = "matched"
    NOT_MATCHED = "not_matched"
    IN_BOND_ARRIVED = "in_bond_arrived"
    GATEWAY_TOOK = "gateway_took"
    GATEWAY_REFUSED = "gateway_refused"


ACE_CODES: Final[dict[str, tuple[What, str]]] = {
    "02": (What.ENTRY, ""),
    "05": (What.ENTRY, ""),
    "11": (What.IN_BOND_ARRIVED, ""),
    "12": (What.IN_BOND_ARRIVED, ""),
    "13": (What.IN_BOND_ARRIVED, ""),
    "18": (What.REPORTED, ""),
    "19": (What.ARRIVED, ""),
    "1A": (What.EXAM, ""),
    "1B": (What.RELEASED, ""),
    "1C": (What.RELEASED, ""),
    "1F": (What.HOLD_OFF, "destination"),
    "1G": (What.HOLD, "destination"),
    "1H": (What.HOLD, "port"),
    "1I": (What.HOLD_OFF, "port"),
    "1J": (What.SET, ""),
}
"""CBP's shipment codes (product, output shapes; domain 4.5), with the kind of hold."""

RNS_CODES: Final[dict[str, What]] = {
    "1": What.ACKNOWLEDGED,
    "4": What.RELEASED,
    "5": What.EXAM,
    "8": What.RELEASED_CFIA,
    "9": What.SET,
    "14": What.RNS_ERROR,
    "23": What.RELEASED,
    "24": What.NOT_SET,
    "34": What.NOT_SET,
}
"""CBSA's release codes (product, output shapes; domain 5.4)."""

TRIP_CODES: Final[dict[str, What]] = {
    "AAD": What.ARRIVED,
    "19": What.ARRIVED,
    "RTR": What.TRIP_RELEASED,
    "RCO": What.TRIP_RELEASED,
    "HTR": What.TRIP_HELD,
}
"""CBP's trip codes as one public mapper reads them (domain 4.5)."""

NOTICES: Final[dict[str, What]] = {
    "MATCHED": What.MATCHED,
    "NOT_MATCHED": What.NOT_MATCHED,
    "ARRIVAL_REPORTED": What.ARRIVED,
    "CSA_REPORTED": What.REPORTED,
    "INSUFFICIENT_REVIEW_TIME_WARNING": What.SHORT_REVIEW,
}
"""CBSA's notices (domain 5.4)."""

RANKS: Final = {
    What.REFUSED: Rank.REJECT,
    What.RNS_ERROR: Rank.REJECT,
    What.GATEWAY_REFUSED: Rank.REJECT,
    What.HOLD: Rank.HOLD,
    What.TRIP_HELD: Rank.HOLD,
    What.SHORT_REVIEW: Rank.HOLD,
    What.EXAM: Rank.HOLD,
    What.NOT_MATCHED: Rank.HOLD,
    What.NOT_SET: Rank.HOLD,
    What.RELEASED: Rank.RELEASE,
    What.RELEASED_CFIA: Rank.RELEASE,
    What.TRIP_RELEASED: Rank.RELEASE,
    What.HOLD_OFF: Rank.RELEASE,
    What.ARRIVED: Rank.RELEASE,
}
"""Ranks of facts; all others are as entries."""
