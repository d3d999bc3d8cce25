"""The numbers of the trade: trips, control numbers, VINs, FAST cards, postal codes."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from desktop.domain.lifecycle import Regime

SCAC = re.compile(r"[A-Z]{4}")
CARRIER_CODE = re.compile(r"[A-Z0-9-]{4}")
FAST = re.compile(r"4270[0-9]{8}0[12]")
PORT = re.compile(r"[0-9]{4}")
UN_CODE = re.compile(r"(?:UN|NA)?[0-9]{4}")
WEIGHT_UNIT_ACE = re.compile(r"[LK][BG]?[SRM]?")

VIN_LENGTH = 17
_VIN_LETTERS = frozenset("ABCDEFGHJKLMNPRSTUVWXYZ0123456789")
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VIN_CHECK_POSITION = 8
_VIN_NORTH_AMERICA = frozenset("12345")
_VIN_VALUES = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", "12345678123457923456789", strict=True))
ISSUER_LENGTH = 4

_TYPES = {
    "ACE_TRIP": Regime.ACE,
    "ACE_SHIPMENT": Regime.ACE,
    "ACE_SEND_REQUEST": Regime.ACE,
    "ACE_RESPONSE": Regime.ACE,
    "ACI_TRIP": Regime.ACI,
    "ACI_SHIPMENT": Regime.ACI,
    "ACI_SEND_REQUEST": Regime.ACI,
    "ACI_RESPONSE": Regime.ACI,
    "ACI_NOTICE": Regime.ACI,
    "RNS_SEND_REQUEST": Regime.ACI,
    "RNS_SHIPMENT": Regime.ACI,
}


class VinDoubt(StrEnum):
    """What is odd about a vehicle identification number."""

    LENGTH = "length"
    LETTER = "letter"
    CHECK_DIGIT = "check_digit"


class VinProblem(NamedTuple):
    """What is odd about a VIN: its length, or the position (from 1) of the odd character. Never the VIN itself."""

    doubt: VinDoubt
    number: int


def regime_of(data: object) -> Regime | None:
    """Return whose message type `data` is; None where it belongs to neither, or is not known."""
    return _TYPES.get(data) if isinstance(data, str) else None


def issuer_of(number: str) -> str:
    """Return the first four characters of a trip or control number: the SCAC, or the carrier code."""
    return number[:ISSUER_LENGTH]


def normal_number(regime: Regime, number: str) -> str:
    """Return a trip or control number as customs write it: upper case, no spaces, and in ACE no dashes (C01).

    A dash may be part of a CBSA carrier code, so ACI numbers keep theirs.
    """
    plain = "".join(number.upper().split())
    return plain.replace("-", "") if regime is Regime.ACE else plain


def vin_check_digit(vin: str) -> str:
    """Return the check digit that belongs in position 9 of a VIN of 17 proper characters (49 CFR 565)."""
    total = sum(int(_VIN_VALUES.get(letter, letter)) * weight for letter, weight in zip(vin, _VIN_WEIGHTS, strict=True))
    rest = total % 11
    return "X" if rest > 9 else str(rest)  # noqa: PLR2004 - the last digit


def vin_problem(vin: str) -> VinProblem | None:
    """Return what is odd about a VIN, or None (C09). The check digit is looked at in North American VINs only."""
    if len(vin) != VIN_LENGTH:
        return VinProblem(VinDoubt.LENGTH, len(vin))
    for position, letter in enumerate(vin, 1):
        if letter not in _VIN_LETTERS:
            return VinProblem(VinDoubt.LETTER, position)
    if vin[0] in _VIN_NORTH_AMERICA and vin[_VIN_CHECK_POSITION] != vin_check_digit(vin):
        return VinProblem(VinDoubt.CHECK_DIGIT, _VIN_CHECK_POSITION + 1)
    return None


_ZIP = re.compile(r"([0-9]{5})(?:-?([0-9]{4}))?")
_POSTAL = re.compile(r"([A-Za-z][0-9][A-Za-z])\s?([0-9][A-Za-z][0-9])")
_MEXICAN = re.compile(r"[0-9]{5}")
_NEVER_IN_POSTAL = frozenset("DFIOQU")
_NEVER_FIRST_IN_POSTAL = _NEVER_IN_POSTAL | frozenset("WZ")


def normal_postal_code(country: str, text: str) -> str | None:
    """Return a postal code in its normal form (`12345-6789`, `A1A 1A1`); None where it is not one of `country` (C12).

    Args:
        country: `US`, `CA` or `MX`; any other country's codes are taken as they are.
        text: as typed.
    """
    plain = text.strip()
    if country == "US":
        found = _ZIP.fullmatch(plain)
        return None if found is None else "-".join(part for part in found.groups() if part)
    if country == "CA":
        found = _POSTAL.fullmatch(plain)
        return None if found is None else " ".join(found.groups()).upper()
    if country == "MX":
        return plain if _MEXICAN.fullmatch(plain) else None
    return plain


def odd_postal_letter(normal: str) -> str | None:
    """Return the first letter a Canadian postal code (in normal form) never has in its place, or None (C13)."""
    for position, letter in enumerate(normal):
        if letter in (_NEVER_FIRST_IN_POSTAL if position == 0 else _NEVER_IN_POSTAL):
            return letter
    return None
