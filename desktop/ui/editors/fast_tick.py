"""A person's word that a trip into the USA is a qualifying FAST movement: half an hour instead of an hour.

It is a local fact and stays off until somebody says so (domain 1.2): what qualifies no public source says.
"""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from desktop.domain.documents import is_object
from desktop.domain.lifecycle import Regime
from desktop.texts import text
from desktop.ui import pieces, theme
from desktop.ui.binding.session import Editing
from desktop.ui.editors.nature import local_of

IS_FAST = "is_fast"
"""Name of the local fact."""


def says_fast(session: Editing) -> bool:
    """Tell whether a person says that this is a qualifying FAST movement."""
    return session.regime is Regime.ACE and local_of(session).get(IS_FAST) is True


def has_cards(session: Editing) -> bool:
    """Tell whether every driver has a FAST card number; without that the tick counts for nothing."""
    drivers = session.value("/drivers")
    cards = [bool(one.get("fastCardNumber")) for one in drivers if is_object(one)] if isinstance(drivers, list) else []
    return bool(cards) and all(cards)


class FastTick(QWidget):
    """The tick, and below it what it means and what nobody knows."""

    def __init__(self, session: Editing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("fast_movement")
        self._session = session
        self.tick = QCheckBox(text("trip_editor.fast"), self)
        self.tick.setObjectName("is_fast")
        self.note = pieces.prose("", "caption", look="muted", parent=self)
        self.setFocusProxy(self.tick)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 0, 2, theme.STEP_12)
        column.setSpacing(0)
        column.addWidget(self.tick)
        column.addWidget(self.note)
        self.setVisible(session.regime is Regime.ACE)
        self.tick.clicked.connect(self._on_clicked)

    def refresh(self) -> None:
        """Show what was said, and what comes of it."""
        is_on = says_fast(self._session)
        self.tick.setChecked(is_on)
        kind = "off" if not is_on else "on" if has_cards(self._session) else "no_card"
        self.note.setText(text(f"trip_editor.fast.{kind}"))
        self.tick.setAccessibleDescription(self.note.text())

    def _on_clicked(self, is_on: bool) -> None:
        set_local = getattr(self._session, "set_local", None)
        if set_local is not None:
            set_local(IS_FAST, is_on)
        self.refresh()
