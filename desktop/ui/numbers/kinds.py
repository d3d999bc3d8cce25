"""The four kinds of numbers a carrier gives out, and how they are called."""

from __future__ import annotations

from typing import Final, NamedTuple

from PySide6.QtWidgets import QComboBox

from desktop import texts
from desktop.domain.lifecycle import Regime
from desktop.domain.number_range import NumberKind
from desktop.ui import theme


class NumbersFor(NamedTuple):
    """What numbers are for: trips or shipments, into the USA or Canada."""

    regime: Regime
    kind: NumberKind


KINDS: Final = (
    NumbersFor(Regime.ACE, "trip"),
    NumbersFor(Regime.ACE, "control"),
    NumbersFor(Regime.ACI, "trip"),
    NumbersFor(Regime.ACI, "control"),
)


def kind_name(what: NumbersFor) -> str:
    """Return what a kind of numbers is called."""
    return texts.text(f"number_ranges.kind.{what.regime.value.lower()}_{what.kind}")


def kind_box(name: str, what: NumbersFor = KINDS[0]) -> QComboBox:
    """Return a box to choose a kind of numbers in."""
    made = QComboBox()
    made.setObjectName(name)
    made.setMinimumHeight(theme.FIELD_HEIGHT)
    for one in KINDS:
        made.addItem(kind_name(one))
    made.setCurrentIndex(KINDS.index(what))
    return made
