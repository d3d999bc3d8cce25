"""PARS and PAPS labels: what stands on each, and the labels that can be bought (domain 6)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, NamedTuple

from desktop import assets
from desktop.domain.lifecycle import Regime
from desktop.errors import UsageError
from desktop.printing.bars import BarCode, NotEncodableError, Size, Symbology, fit
from desktop.printing.sheet import Sheet, SheetKind

SIZES: dict[Symbology, tuple[Size, ...]] = {
    Symbology.CODE_39: (
        Size(0.02, 3),
        Size(0.02, 2.5),
        Size(0.02, 2),
        Size(0.015, 3),
        Size(0.015, 2.5),
    ),
    Symbology.CODE_128: (Size(0.02), Size(0.015), Size(0.0125), Size(0.01)),
}
"""Sizes of a label's bars, the best first: two dots of a 203-dpi label printer at the least.

Those of Code 39 are read again at 100 dots per inch in black and white, as a fax of the invoice has it. Finer ones, and
0.015 inch with wide bars only twice as wide, are not: tried on random numbers in random places of the page.
"""

PADDING_POINTS = 4.5
_POINTS = {"in": 72.0, "mm": 72.0 / 25.4}


class Stock(NamedTuple):
    """Labels as they are bought: a page with labels in columns and rows; all in points.

    Attributes:
        name: in settings and on the command line.
        title: as the box says it.
        is_roll: one label is a page of its own.
    """

    name: str
    title: str
    page: tuple[float, float]
    label: tuple[float, float]
    start: tuple[float, float]
    pitch: tuple[float, float]
    columns: int
    rows: int

    @property
    def is_roll(self) -> bool:
        """Whether the printer takes single labels."""
        return self.page == self.label

    @property
    def on_page(self) -> int:
        """How many labels a page has."""
        return self.columns * self.rows


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelSheet(Sheet):
    """Labels, one for each number.

    Attributes:
        first: how many places of the first page are used up already.
    """

    kind: ClassVar[SheetKind] = SheetKind.LABELS

    stock: Stock
    numbers: tuple[str, ...]
    first: int = 0

    @property
    def page_points(self) -> tuple[float, float] | None:
        """The page the labels are bought on."""
        return self.stock.page

    @property
    def word(self) -> str:
        """What the label is for; on a Canadian one it must be printed (domain 6)."""
        return "PAPS" if self.regime is Regime.ACE else "PARS"


@cache
def stocks() -> dict[str, Stock]:
    """Return the labels the program knows, by name."""
    listed: list[dict[str, Any]] = assets.read_json("print/labels.json")["stocks"]
    return {made.name: made for made in map(_stock, listed)}


def stock_named(name: str) -> Stock:
    """Return labels by their name.

    Raises:
        UsageError: the program knows none of that name.
    """
    if name not in stocks():
        raise UsageError("print.no_stock", name=name, known=", ".join(stocks()))
    return stocks()[name]


def _stock(listed: dict[str, Any]) -> Stock:
    unit = _POINTS[listed["unit"]]

    def pair(name: str) -> tuple[float, float]:
        across, down = listed[name]
        return across * unit, down * unit

    return Stock(
        name=listed["name"],
        title=listed["title"],
        page=pair("page"),
        label=pair("label"),
        start=pair("start"),
        pitch=pair("pitch"),
        columns=listed["columns"],
        rows=listed["rows"],
    )


def label_bars(number: str, symbology: Symbology, stock: Stock, dots_per_inch: int) -> BarCode | None:
    """Return the bars of a number on a label; None where they do not fit or cannot say it."""
    room = int((stock.label[0] - 2 * PADDING_POINTS) * dots_per_inch / 72)
    try:
        return fit(number, symbology, SIZES[symbology], room=room, dots_per_inch=dots_per_inch, quiet_inch=0)
    except NotEncodableError:
        return None


def refuse_unfit(numbers: tuple[str, ...], symbology: Symbology, stock: Stock) -> None:
    """Refuse to print labels that nobody could scan.

    Raises:
        UsageError: a number is too long for the label, or has a character bars cannot say.
    """
    for number in numbers:
        if label_bars(number, symbology, stock, 600) is None:
            wide = [one.title for one in stocks().values() if label_bars(number, symbology, one, 600) is not None]
            if not wide:
                raise UsageError("print.label_no_bars", number=number)
            raise UsageError("print.label_unfit", number=number, stock=stock.title, wide="; ".join(wide))
