"""Reads from a trip document what a sheet shows of it, in words; whatever is missing or of the wrong kind is left out.

Only members named here are ever read. None of them is a document number, FAST number or birth date.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from desktop.domain.documents import JSON
from desktop.domain.lifecycle import Regime
from desktop.domain.shipment import NUMBER
from desktop.texts import text

_POUNDS = "L"
_KILOGRAMS = "K"


class Goods(NamedTuple):
    """The commodities of a shipment in three short texts."""

    pieces: str
    weight: str
    description: str


def words(value: JSON) -> str:
    """Return a text or number as one printable line: no control or direction characters, no runs of blanks."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    shown = f"{value:g}" if isinstance(value, float) else str(value)
    kept = (" " if letter.isspace() else letter for letter in shown if letter.isspace() or _is_printable(letter))
    return " ".join("".join(kept).split())


def _is_printable(letter: str) -> bool:
    return unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


def objects(value: JSON) -> list[dict[str, JSON]]:
    """Return the objects of an array."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def member(thing: Mapping[str, JSON], name: str) -> dict[str, JSON]:
    """Return the object a member holds, or an empty one."""
    value = thing.get(name)
    return value if isinstance(value, dict) else {}


def control_number(shipment: Mapping[str, JSON], regime: Regime) -> str:
    """Return the SCN or CCN of a shipment."""
    return words(shipment.get(NUMBER[regime]))


def names(document: Mapping[str, JSON]) -> list[str]:
    """Return the names of the drivers, the person in charge first."""
    found = []
    for driver in objects(document.get("drivers")):
        parts = (words(driver.get(name)) for name in ("firstName", "lastName"))
        found.append(" ".join(filter(None, parts)))
    return [name for name in found if name]


def plate_objects(unit: Mapping[str, JSON]) -> list[dict[str, JSON]]:
    """Return the plates of a truck or trailer, both wire forms (protocol 3)."""
    several = unit.get("licensePlates")
    given = objects(several) if isinstance(several, list) else []
    given = given or [plate for plate in (member(unit, "licensePlate"), member(unit, "licensePlates")) if plate]
    return given or objects(unit.get("licensePlate"))


def plates(unit: Mapping[str, JSON]) -> str:
    """Return the plates of a truck or trailer, state first."""
    shown = (
        " ".join(filter(None, (words(plate.get(name)) for name in ("stateProvince", "number"))))
        for plate in plate_objects(unit)
    )
    return ", ".join(filter(None, shown))


def trailer_words(trailer: Mapping[str, JSON]) -> str:
    """Return unit number and plates of a trailer."""
    return " · ".join(filter(None, (words(trailer.get("number")), plates(trailer))))


def seals(document: Mapping[str, JSON]) -> tuple[str, ...]:
    """Return all seals of truck, trailers and containers, each once."""
    units = [member(document, "truck"), *objects(document.get("trailers")), *objects(document.get("containers"))]
    found: dict[str, None] = {}
    for unit in units:
        numbers = unit.get("sealNumbers")
        for seal in numbers if isinstance(numbers, list) else []:
            if words(seal):
                found[words(seal)] = None
    return tuple(found)


def party_words(value: JSON) -> str:
    """Return a party's name and town."""
    party = value if isinstance(value, dict) else {}
    address = member(party, "address")
    town = " ".join(filter(None, (words(address.get("city")), words(address.get("stateProvince")))))
    return ", ".join(filter(None, (words(party.get("name")), town)))


def goods(shipment: Mapping[str, JSON], regime: Regime) -> Goods:
    """Return pieces, weight and description of a shipment; what can be added is added."""
    commodities = objects(shipment.get("commodities"))
    pieces = _sums((item.get("quantity"), _unit(item.get("packagingUnit"))) for item in commodities)
    weights = _sums((item.get("weight"), _weight_unit(words(item.get("weightUnit")))) for item in commodities)
    described = (words(item.get("description")) for item in commodities)
    bonds = [text("sheet.in_bond", number=number) for number in (_in_bond(shipment, regime),) if number]
    return Goods(pieces, weights, "; ".join(dict.fromkeys([*filter(None, described), *bonds])))


def _in_bond(shipment: Mapping[str, JSON], regime: Regime) -> str:
    return words(member(shipment, "inBondDetails").get("paperInBondNumber")) if regime is Regime.ACE else ""


def is_in_bond(shipment: Mapping[str, JSON]) -> bool:
    """Tell whether an ACE shipment moves in bond."""
    return words(shipment.get("type")) == "IN_BOND" or bool(member(shipment, "inBondDetails"))


def _unit(value: JSON) -> str:
    return words(value).lower()


def _weight_unit(code: str) -> str:
    if code.startswith(_POUNDS):
        return text("sheet.pounds")
    return text("sheet.kilograms") if code.startswith(_KILOGRAMS) else code


def _sums(amounts: Iterable[tuple[JSON, str]]) -> str:
    totals: dict[str, float] = {}
    odd: list[str] = []
    for amount, unit in amounts:
        number = _number(amount)
        if number is not None:
            totals[unit] = totals.get(unit, 0.0) + number
        elif words(amount):
            odd.append(f"{words(amount)} {unit}".strip())
    shown = [f"{_grouped(total)} {unit}".strip() for unit, total in totals.items()]
    return " + ".join([*shown, *odd])


def _number(value: JSON) -> float | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if abs(number) < 1e15 else None  # noqa: PLR2004 - beyond it a sum is no longer exact


def _grouped(number: float) -> str:
    return f"{number:,.0f}" if number.is_integer() else f"{number:,.2f}".rstrip("0")


def eta_words(value: JSON, zone: str = "") -> str:
    """Return a wire time as a sheet shows it: day, date, time, and the zone or that none is stated."""
    shown = words(value)
    if not shown:
        return ""
    try:
        moment = datetime.strptime(shown, "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007 - wall time at the port
    except ValueError:
        return shown
    return text(
        "sheet.time",
        day=text(f"sheet.day_{moment.isoweekday()}"),
        date=moment.day,
        month=text(f"sheet.month_{moment.month}"),
        year=moment.year,
        clock=f"{moment:%H:%M}",
        zone=zone or text("sheet.no_zone"),
    )
