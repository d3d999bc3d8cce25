"""The tables of a send plan: its messages with what each waits for, and what customs has against what there is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout

from desktop import texts
from desktop.domain.lifecycle import Regime
from desktop.services.compared import ChangedField
from desktop.services.views import SendLine
from desktop.ui import pieces, theme
from desktop.ui.legible import legible
from desktop.ui.sending.plan_words import customs_name, waits_words

_SHOWN = 8


def steps_table(lines: Sequence[SendLine], regime: Regime) -> QFrame:
    """Return the messages of a plan in their order; several say what each waits for, two trips which it is about."""
    table, grid = _table()
    grid.setColumnStretch(1, 1)
    says_trip = len({line.trip for line in lines}) > 1
    for row, line in enumerate(lines):
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(pieces.prose(line.text))
        if len(lines) > 1:
            waits = pieces.prose(waits_words(line, row, regime), "caption", look="muted")
            waits.setObjectName(f"send_waits_{row}")
            column.addWidget(waits)
        grid.addWidget(pieces.label(str(row + 1), look="muted"), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(column, row, 1)
        about = "\n".join(part for part in (line.trip if says_trip else "", line.data) if part)
        grid.addWidget(pieces.label(about, "caption", look="muted"), row, 2, Qt.AlignmentFlag.AlignTop)
    return table


def changes_table(rows: Sequence[ChangedField], regime: Regime) -> QFrame:
    """Return what customs has against what there is; the first ones, and how many more."""
    table, grid = _table()
    for column, stretch in enumerate((3, 4, 4)):
        grid.setColumnStretch(column, stretch)
    heads = ("field", texts.text("sending.plan.has", customs=customs_name(regime)), "now")
    for column, head in enumerate(heads):
        words = head if column == 1 else texts.text(f"sending.plan.{head}")
        grid.addWidget(pieces.label(words, "caption", look="muted"), 0, column)
    for row, one in enumerate(rows[:_SHOWN], start=1):
        grid.addWidget(pieces.prose(one.place), row, 0)
        grid.addWidget(_struck(one.before), row, 1)
        grid.addWidget(pieces.prose(legible(one.now), "strong"), row, 2)
    if len(rows) > _SHOWN:
        more = texts.text("sending.plan.more", count=len(rows) - _SHOWN)
        grid.addWidget(pieces.prose(more, "caption", look="muted"), _SHOWN + 1, 0, 1, 3)
    return table


def _struck(words: str) -> QLabel:
    made = pieces.prose(legible(words), look="muted")
    if words != texts.text("compared.nothing"):
        font = made.font()
        font.setStrikeOut(True)
        made.setFont(font)
    return made


def _table() -> tuple[QFrame, QGridLayout]:
    table = pieces.frame("table")
    grid = QGridLayout(table)
    grid.setContentsMargins(theme.STEP_12, theme.STEP_8, theme.STEP_12, theme.STEP_8)
    grid.setHorizontalSpacing(theme.STEP_16)
    grid.setVerticalSpacing(theme.STEP_8)
    return table, grid
