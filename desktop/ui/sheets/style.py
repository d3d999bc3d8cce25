"""The one style of all sheets, from `resources/print/style.json`: sizes in points."""

from __future__ import annotations

from typing import Any, Final

from desktop import assets
from desktop.ui.sheets.lettering import Face

_STYLE: Final[dict[str, Any]] = assets.read_json("print/style.json")


def _face(name: str) -> Face:
    points, is_bold = _STYLE["faces"][name]
    return Face(points, is_bold)


MARGIN: Final[float] = _STYLE["margin"]
FOOT: Final[float] = _STYLE["foot"]
BAND: Final[float] = _STYLE["band"]
TRIP_BARS: Final[float] = _STYLE["trip_bars"]
SHIPMENT_BARS: Final[float] = _STYLE["shipment_bars"]  # 12 mm (domain 6)
QR_MODULE: Final[float] = _STYLE["qr_module"]
LOGO: Final[tuple[float, float]] = tuple(_STYLE["logo"])

DISPLAY: Final = _face("display")
NUMBER: Final = _face("number")
LARGE: Final = _face("large")  # what CBP asks at the least (domain 7.1)
HEADLINE: Final = _face("headline")
HEADING: Final = _face("heading")
VALUE: Final = _face("value")
PHONE: Final = _face("phone")
ADVICE: Final = _face("advice")
ADVICE_BOLD: Final = _face("advice_bold")
STRONG: Final = _face("strong")
LIST: Final = _face("list")  # at most 12 (domain 7.1)
LIST_BOLD: Final = _face("list_bold")
LABEL: Final = _face("label")
CELL: Final = _face("cell")
CELL_BOLD: Final = _face("cell_bold")
CELL_NUMBER: Final = _face("cell_number")
SMALL: Final = _face("small")
SMALL_BOLD: Final = _face("small_bold")
FINE: Final = _face("fine")
