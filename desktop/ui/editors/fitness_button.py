"""Says whether a trip of one regime could take a record, and why not; each reason leads to its field."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from desktop.domain.lifecycle import Regime
from desktop.texts import text
from desktop.ui import sign as signs
from desktop.ui import theme
from desktop.ui.legible import legible

_SIGN_SIZE = 18


class FitnessReason(NamedTuple):
    """Why a record cannot go on a trip, or should be looked at: the field in words, the sentence, and its place."""

    place: str
    sentence: str
    path: str


class FitnessButton(QToolButton):
    """`ACE ready`, or `ACE: 2 to fix` with a menu of what and where.

    Signals:
        reason_chosen: the path of a reason.
    """

    reason_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sign = signs.Sign.GO
        self.setAutoRaise(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(_SIGN_SIZE, _SIGN_SIZE))
        self.setMinimumHeight(theme.FIELD_HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.reasons = QMenu(self)
        self.setMenu(self.reasons)

    def show_fitness(self, regime: Regime, faults: Sequence[FitnessReason], papers: Sequence[FitnessReason]) -> None:
        """Say what stops the record in a regime, and which of its papers have run out."""
        name = str(regime)
        self.sign = signs.Sign.ERROR if faults else signs.Sign.ASK if papers else signs.Sign.GO
        if faults:
            words = text("library.fitness.faults", regime=name, count=len(faults))
        elif papers:
            words = text("library.fitness.papers", regime=name, count=len(papers))
        else:
            words = text("library.fitness.ready", regime=name)
        self.setText(words)
        self.setAccessibleName(words)
        self.reasons.clear()
        for reason in (*faults, *papers):
            shown = text("library.fitness.reason", place=reason.place, sentence=reason.sentence)
            action = self.reasons.addAction(legible(shown).replace("&", "&&"))
            action.triggered.connect(partial(self.reason_chosen.emit, reason.path))
        if self.reasons.isEmpty():
            self.reasons.addAction(text("library.fitness.nothing")).setEnabled(False)
        self._draw()

    def _draw(self) -> None:
        self.setIcon(QIcon(signs.sign_pixmap(self.sign, _SIGN_SIZE, theme.colours(), self.devicePixelRatioF())))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the sign in the new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "reasons"):
            self._draw()
