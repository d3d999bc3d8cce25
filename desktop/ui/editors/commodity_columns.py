"""How wide the columns of the grid of goods are: as drawn, no narrower than their headings, the rest for the words."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.fields import Field
from desktop.ui.binding.columns import at_this_size

_WIDTHS = {
    "commodity_quantity": 76,
    "commodity_packaging_unit": 116,
    "commodity_weight": 86,
    "commodity_weight_unit": 92,
    "commodity_marks": 90,
    "commodity_loaded_on_number": 84,
    "commodity_un_code": 76,
}
_DESCRIPTION = 0.28
_LEAST_DESCRIPTION = 130


def widths_in(room: int, fields: Sequence[Field], least: Sequence[int]) -> list[int]:
    """Return the width of each column in a grid with `room` pixels; together more where its headings need more.

    Args:
        room: logical pixels inside the frame.
        fields: of the columns; the description is the one without a width of its own.
        least: what each heading needs.
    """
    drawn = [_drawn(field) for field in fields]
    scale = min(1.0, room * (1 - _DESCRIPTION) / sum(drawn))
    made = [max(floor, int(width * scale)) if width else 0 for width, floor in zip(drawn, least, strict=True)]
    rest = max(at_this_size(_LEAST_DESCRIPTION), room - sum(made))
    return [width or rest for width in made]


def _drawn(field: Field) -> int:
    name = field.name.removesuffix("_ace").removesuffix("_aci")
    return at_this_size(_WIDTHS[name]) if name in _WIDTHS else 0
