"""Whether a trip is still as the program starts it: nobody has typed into it yet."""

from __future__ import annotations

from desktop.domain.copying import ENVELOPE
from desktop.domain.documents import JSON, is_object

_GIVEN = ENVELOPE | {"data", "tripNumber"}
"""What a new trip has from the start: its kind, what belongs to the message, the next number of a range."""


def is_blank(document: JSON) -> bool:
    """Tell whether a trip holds nothing but what every new one has."""
    return is_object(document) and all(_is_bare(value) for name, value in document.items() if name not in _GIVEN)


def _is_bare(value: JSON) -> bool:
    if isinstance(value, list):
        return all(_is_bare(one) for one in value)
    return is_object(value) and all(_is_bare(one) for one in value.values())
