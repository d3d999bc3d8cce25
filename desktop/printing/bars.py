"""Bar codes as widths of bars and spaces in whole dots of the device that draws them.

Code 39 for CBP, Code 128 for CBSA (domain 6, 7). A bar code here starts and ends with a bar; bars and spaces alternate.
Quiet zones: ten narrow bars and at least a quarter of an inch (ui design 6).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from desktop.errors import DesktopError


class Symbology(StrEnum):
    """How a number becomes bars."""

    CODE_39 = "code39"
    CODE_128 = "code128"


class Size(NamedTuple):
    """Width of a narrow bar in inches, and how many times as wide a wide one is (Code 39 only)."""

    narrow_inch: float
    ratio: float = 1.0


TRIP_SIZES: dict[Symbology, tuple[Size, ...]] = {
    Symbology.CODE_39: (
        Size(0.02, 3),
        Size(0.02, 2.5),
        Size(0.02, 2),
        Size(0.015, 3),
        Size(0.015, 2.5),
    ),
    Symbology.CODE_128: (Size(0.03), Size(0.025), Size(0.02), Size(0.015)),
}
"""Sizes for a trip number, the best first (ui design 6); each of Code 39 is read again at 100 dots per inch."""

SHIPMENT_SIZES: dict[Symbology, tuple[Size, ...]] = {
    Symbology.CODE_39: (Size(0.02, 3), Size(0.015, 3), Size(0.015, 2.5)),
    Symbology.CODE_128: (Size(0.02), Size(0.015)),
}
"""Sizes for a control number, the best first."""

QUIET_BARS = 10
QUIET_INCH = 0.25

_CODE_39 = {
    "0": "000110100", "1": "100100001", "2": "001100001", "3": "101100000", "4": "000110001", "5": "100110000",
    "6": "001110000", "7": "000100101", "8": "100100100", "9": "001100100", "A": "100001001", "B": "001001001",
    "C": "101001000", "D": "000011001", "E": "100011000", "F": "001011000", "G": "000001101", "H": "100001100",
    "I": "001001100", "J": "000011100", "K": "100000011", "L": "001000011", "M": "101000010", "N": "000010011",
    "O": "100010010", "P": "001010010", "Q": "000000111", "R": "100000110", "S": "001000110", "T": "000010110",
    "U": "110000001", "V": "011000001", "W": "111000000", "X": "010010001", "Y": "110010000", "Z": "011010000",
    "-": "010000101", ".": "110000100", " ": "011000100", "$": "010101000", "/": "010100010", "+": "010001010",
    "%": "000101010",
}  # fmt: skip
_CODE_39_GUARD = "010010100"

_CODE_128_WIDTHS = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 "
    "123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 "
    "232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 "
    "313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 "
    "111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 "
    "111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 "
    "114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112"
)
_CODE_128 = tuple(_CODE_128_WIDTHS.split())
_START_B, _STOP, _MODULUS = 104, 106, 103
_FIRST_PRINTABLE, _LAST_PRINTABLE = 32, 126


class NotEncodableError(DesktopError):
    """The number has a character that the bar code has no bars for, or is empty."""

    def __init__(self, number: str, symbology: Symbology) -> None:
        super().__init__("sheet.not_encodable", symbology=symbology.value, length=len(number))


@dataclass(frozen=True, slots=True)
class BarCode:
    """One bar code, ready to draw.

    Attributes:
        number: what it says.
        symbology: how.
        widths: dots of bar, space, bar, ...; an odd number of them.
        quiet: white dots to keep on either side.
    """

    number: str
    symbology: Symbology
    widths: tuple[int, ...]
    quiet: int

    @property
    def width(self) -> int:
        """Dots of the bars and spaces, without the quiet zones."""
        return sum(self.widths)

    @property
    def full_width(self) -> int:
        """Dots with both quiet zones."""
        return self.width + 2 * self.quiet


def code_39(number: str, *, narrow: int, wide: int) -> tuple[int, ...]:
    """Return the widths of `number` between its two guards, without a check character.

    Raises:
        NotEncodableError: Code 39 has no such character (letters are upper case).
    """
    if not number or any(letter not in _CODE_39 for letter in number):
        raise NotEncodableError(number, Symbology.CODE_39)
    widths: list[int] = []
    for pattern in (_CODE_39_GUARD, *(_CODE_39[letter] for letter in number), _CODE_39_GUARD):
        if widths:
            widths.append(narrow)  # the gap between two letters
        widths.extend(wide if element == "1" else narrow for element in pattern)
    return tuple(widths)


def code_128(number: str, *, module: int) -> tuple[int, ...]:
    """Return the widths of `number` in code set B: start, letters, check letter, stop.

    Raises:
        NotEncodableError: there is a character outside printable ASCII.
    """
    if not number or any(not _FIRST_PRINTABLE <= ord(letter) <= _LAST_PRINTABLE for letter in number):
        raise NotEncodableError(number, Symbology.CODE_128)
    values = [ord(letter) - _FIRST_PRINTABLE for letter in number]
    check = (_START_B + sum(place * value for place, value in enumerate(values, start=1))) % _MODULUS
    symbols = (_START_B, *values, check, _STOP)
    return tuple(int(width) * module for symbol in symbols for width in _CODE_128[symbol])


def fit(
    number: str,
    symbology: Symbology,
    sizes: tuple[Size, ...],
    *,
    room: int,
    dots_per_inch: int,
    quiet_inch: float = QUIET_INCH,
) -> BarCode | None:
    """Return the best bar code of `number` that leaves its quiet zones inside `room` dots; None where none does.

    Args:
        number: what it says.
        symbology: how.
        sizes: the best first.
        room: dots across, quiet zones included.
        dots_per_inch: of the device.
        quiet_inch: least white beside the bars; never less than ten narrow bars.

    Raises:
        NotEncodableError: the number cannot be said in these bars.
    """
    for size in sizes:
        narrow = max(1, math.floor(size.narrow_inch * dots_per_inch + 0.5))
        if symbology is Symbology.CODE_39:
            widths = code_39(number, narrow=narrow, wide=math.floor(narrow * size.ratio + 0.5))
        else:
            widths = code_128(number, module=narrow)
        quiet = max(QUIET_BARS * narrow, round(quiet_inch * dots_per_inch))
        made = BarCode(number, symbology, widths, quiet)
        if made.full_width <= room:
            return made
    return None
