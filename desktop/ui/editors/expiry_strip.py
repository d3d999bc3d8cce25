"""The strip that says how many papers run out, and how soon; each part filters the list (ui design 6)."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from desktop.domain.expiry import Band
from desktop.texts import text
from desktop.ui import sign as signs
from desktop.ui import theme
from desktop.ui.pieces import label

_NAMES = {Band.EXPIRED: "expired", Band.WEEK: "week", Band.MONTH: "month", Band.TWO_MONTHS: "two_months"}
_SIGNS = {
    Band.EXPIRED: signs.Sign.ERROR,
    Band.WEEK: signs.Sign.ASK,
    Band.MONTH: signs.Sign.HINT,
    Band.TWO_MONTHS: signs.Sign.HINT,
}
_SIGN_SIZE = 14


class ExpiryStrip(QFrame):
    """`2 expired · 1 within 7 days · 3 within 30 · 4 within 60`; gone where nothing runs out.

    Signals:
        chosen: the `Band` to show, or None for everything.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "bar")
        self.setAccessibleName(text("library.expiry_strip"))
        self.band: Band | None = None
        self._counts: dict[Band, int] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(14, theme.STEP_4, 14, theme.STEP_4)
        row.setSpacing(theme.STEP_4)
        self._title = label(text("library.expiry_strip"), "caption", look="muted", parent=self)
        row.addWidget(self._title)
        self.buttons: dict[Band, QToolButton] = {}
        for band in Band:
            made = QToolButton(self)
            made.setObjectName(f"expiry_{_NAMES[band]}")
            made.setCheckable(True)
            made.setAutoRaise(True)
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            made.setIconSize(QSize(_SIGN_SIZE, _SIGN_SIZE))
            made.setMinimumHeight(theme.TARGET_HEIGHT)
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            made.clicked.connect(lambda is_on, band=band: self._on_clicked(band, is_on=is_on))
            row.addWidget(made)
            self.buttons[band] = made
        row.addStretch(1)
        self.show_counts({})

    def show_counts(self, counts: Mapping[Band, int]) -> None:
        """Say how many records stand in each band."""
        self._counts = dict(counts)
        for band, made in self.buttons.items():
            count = counts.get(band, 0)
            made.setText(text(f"library.expires.{_NAMES[band]}", count=count))
            made.setAccessibleName(text(f"library.expires.{_NAMES[band]}_spoken", count=count))
            made.setToolTip(text("library.expires.help"))
            made.setVisible(count > 0)
        self._draw()
        self.setVisible(any(counts.values()))
        if self.band is not None and not counts.get(self.band):
            self.choose(None)

    def choose(self, band: Band | None) -> None:
        """Show the records of one band, or everything."""
        for one, made in self.buttons.items():
            made.setChecked(one is band)
        if band is not self.band:
            self.band = band
            self.chosen.emit(band)

    def _on_clicked(self, band: Band, *, is_on: bool) -> None:
        self.choose(band if is_on else None)

    def _draw(self) -> None:
        colours = theme.colours()
        for band, made in self.buttons.items():
            made.setIcon(QIcon(signs.sign_pixmap(_SIGNS[band], _SIGN_SIZE, colours, self.devicePixelRatioF())))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the signs in the new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "buttons"):
            self._draw()
