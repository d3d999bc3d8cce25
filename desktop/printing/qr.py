"""The QR code of the ACE cover sheet, with the fields and lengths CBP told carriers (domain 7.1).

A layout version (3 characters), the trip number (25), the date of arrival (yyyymmdd, 8) and two plates of the tractor,
each country (2), state (3) and number (7), with one character between the fields: 64 at the most, of the QR code's
alphanumeric set. Not public are the version's value, the delimiter, and how a state of two letters fills its three
places; the first two are settings, the third is a space here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final, NamedTuple

from desktop import assets
from desktop.domain.documents import JSON
from desktop.printing import trip
from desktop.texts import text

_ALPHANUMERIC: Final = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
_STATE: Final = 3
_PLATE: Final = 7
_TRIP: Final = 25
_PLATES: Final = 2


class QrLayout(NamedTuple):
    """What CBP told the carrier, not the public: what the code begins with, and what stands between its fields."""

    version: str = "001"
    delimiter: str = "/"


class QrFault(Exception):  # noqa: N818 - a fact about the trip, told on its sheet, not an error of the program
    """The trip does not fit into the code; the sentence says why."""


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code, ready to draw.

    Attributes:
        words: what it says.
        rows: its modules from the top, True where dark, without the quiet zone of four.
    """

    words: str
    rows: tuple[tuple[bool, ...], ...]

    @property
    def size(self) -> int:
        """Modules across."""
        return len(self.rows)


def trip_qr(document: Mapping[str, JSON], layout: QrLayout) -> QrCode:
    """Return the code of a trip.

    Raises:
        QrFault: a part is missing, longer than its field, or has a character the code has no place for. Nothing is cut.
    """
    import segno  # on use: only who prints it

    words = qr_words(document, layout)
    made = segno.make_qr(words, mode="alphanumeric", error="m", boost_error=False)
    return QrCode(words, tuple(tuple(bool(module) for module in row) for row in made.matrix))


def qr_words(document: Mapping[str, JSON], layout: QrLayout) -> str:
    """Return what the code says.

    Raises:
        QrFault: as `trip_qr`.
    """
    number = trip.words(document.get("tripNumber"))
    if not number:
        raise QrFault(text("sheet.qr_no_number"))
    if len(number) > _TRIP:
        raise QrFault(text("sheet.qr_long_number", number=number))
    found = trip.plate_objects(trip.member(document, "truck"))
    plates = [_plate(plate) for plate in found]
    if not plates:
        raise QrFault(text("sheet.qr_no_plate"))
    if len(plates) > _PLATES:
        raise QrFault(text("sheet.qr_many_plates", count=len(plates)))
    words = layout.delimiter.join([layout.version, number, _day(document), *plates, *[""] * (_PLATES - len(plates))])
    if not _ALPHANUMERIC.issuperset(words):
        raise QrFault(
            text("sheet.qr_character", character=next(letter for letter in words if letter not in _ALPHANUMERIC))
        )
    if layout.delimiter in "".join((number, *plates)).replace(" ", ""):
        raise QrFault(text("sheet.qr_delimiter", delimiter=layout.delimiter))
    return words


def _plate(plate: Mapping[str, JSON]) -> str:
    number, state = trip.words(plate.get("number")), trip.words(plate.get("stateProvince"))
    if not number:
        raise QrFault(text("sheet.qr_no_plate"))
    if len(number) > _PLATE:
        raise QrFault(text("sheet.qr_long_plate", plate=number))
    country = trip.words(plate.get("country")) or _countries().get(state, "")
    if not country or not state or len(state) > _STATE or len(country) != len("US"):
        raise QrFault(text("sheet.qr_no_country", plate=number))
    return f"{country}{state:<{_STATE}}{number}"


def _day(document: Mapping[str, JSON]) -> str:
    try:
        moment = datetime.strptime(  # noqa: DTZ007 - wall time at the port
            trip.words(document.get("estimatedArrivalDateTime")), "%Y-%m-%d %H:%M:%S"
        )
    except ValueError:
        raise QrFault(text("sheet.qr_no_day")) from None
    return f"{moment:%Y%m%d}"


@cache
def _countries() -> dict[str, str]:
    """Return the country of each state and province."""
    codes: dict[str, dict[str, Any]] = assets.read_json("codes/states-provinces.json")["codes"]
    return {code: str(entry.get("country", "")) for code, entry in codes.items()}
