"""The bar below the page: connection in words, what waits, the clock, the company (ui design 5)."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStatusBar, QToolButton, QWidget

from desktop import texts
from desktop.domain.lifecycle import LinkState
from desktop.services.views import CompanyRow
from desktop.ui import pieces, signs, theme, times
from desktop.ui.bridge import Bridge
from desktop.ui.desk import Desk
from desktop.ui.legible import legible
from desktop.ui.link_words import LinkWords, link_words
from desktop.ui.toast import announce

_SIGN = 14
_NARROW = 800


def _part(name: str) -> QToolButton:
    made = QToolButton()
    made.setObjectName(name)
    made.setAutoRaise(True)
    made.setFont(theme.font("caption"))
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setMinimumHeight(theme.TARGET_HEIGHT)
    return made


class ConnectionBar(QStatusBar):
    """Each part is a button.

    Signals: `connection_asked`, `waiting_asked`, `company_asked`; `link_said(LinkWords)` when the words changed.
    """

    connection_asked = Signal()
    waiting_asked = Signal()
    company_asked = Signal()
    link_said = Signal(object)

    def __init__(self, desk: Desk, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("connection_bar")
        self.setSizeGripEnabled(False)
        self.setFixedHeight(max(theme.STATUS_BAR_HEIGHT, theme.line_height("caption") + 12))
        self._desk = desk
        self._is_live = False
        self._said: LinkWords | None = None
        self._companies: list[CompanyRow] = []
        self.state = _part("link_state")
        self.state.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.state.setFont(theme.font("caption"))
        self.state.setIconSize(QSize(_SIGN, _SIGN))
        self.state.clicked.connect(self.connection_asked)
        self.detail = pieces.ElidedLabel("caption", look="muted")
        self.detail.setContentsMargins(0, 2, 0, 0)  # on one line with the words of the buttons
        self.waiting = _part("link_waiting")
        self.waiting.clicked.connect(self.waiting_asked)
        self.clock = _part("clock")
        self.clock.setAccessibleDescription(texts.text("window.bar.clock"))
        self.company = _part("company")
        self.company.clicked.connect(self.company_asked)
        box = QWidget(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(theme.STEP_4, 0, theme.STEP_8, 0)
        row.setSpacing(theme.STEP_4)
        row.addWidget(self.state)
        row.addWidget(self.detail, 1)
        row.addWidget(self.waiting)
        row.addWidget(self.clock)
        row.addWidget(self.company)
        self._box = box  # over the whole bar: the layout of a status bar keeps margins of its own
        self._bridge = bridge
        self._timer = QTimer(self)
        self._timer.setObjectName("connection_clock")
        self._timer.setInterval(1_000)
        self._timer.timeout.connect(self._on_second)
        self.show_company([])
        self.waiting.hide()
        self.state.setText(texts.text("window.link.starting"))
        self.state.setAccessibleName(texts.text("window.link.starting"))
        self._show_clock()

    def go_live(self) -> None:
        """Look at the connection from now on; before that, nothing of it is loaded."""
        self._is_live = True
        self._bridge.link_changed.connect(self.refresh)
        self._timer.start()
        self.refresh()

    def stop(self) -> None:
        """Stand still."""
        self._timer.stop()

    def _on_second(self) -> None:
        status = self._desk.link.status
        if status.state in {LinkState.RECONNECTING, LinkState.SILENT}:
            self.refresh()
        else:
            self._show_clock()

    def _show_clock(self) -> None:
        text = times.clock_with_zone(self._desk.clock.now().astimezone())
        if text != self.clock.text():
            self.clock.setText(text)
            self.clock.setAccessibleName(text)

    def refresh(self) -> None:
        """Say what the connection is now; a new state is announced."""
        self._show_clock()
        status = self._desk.link.status
        words = link_words(status, self._desk.clock.now(), None)
        if words == self._said:
            return
        is_new_state = self._said is None or self._said.sign is not words.sign
        is_first = self._said is None
        self._said = words
        self.state.setText(words.state)
        self._paint_sign()
        self.state.setAccessibleName(words.state)
        self.state.setAccessibleDescription(words.detail)
        self.detail.setText(words.detail)
        self.waiting.setText(words.waiting)
        self.waiting.setAccessibleName(words.waiting)
        self.waiting.setVisible(bool(words.waiting))
        if is_new_state and not is_first:
            announce(self, f"{words.state}. {words.detail}", is_grave=words.is_grave)
        self.link_said.emit(words)

    def _paint_sign(self) -> None:
        if self._said is None:
            return
        ratio = self.devicePixelRatioF()
        self.state.setIcon(QIcon(signs.sign_pixmap(self._said.sign, _SIGN, theme.colours(), ratio)))
        font = theme.font("caption")
        font.setWeight(theme.font("strong").weight())
        self.state.setFont(font)

    @property
    def said(self) -> LinkWords | None:
        """What it says now."""
        return self._said

    def recolour(self) -> None:
        """Paint the sign in other colours."""
        self._paint_sign()

    def show_company(self, companies: list[CompanyRow], chosen: CompanyRow | None = None) -> None:
        """Name the company, or the one of several that is shown, or say that there is none."""
        self._companies = [chosen] if chosen is not None else companies
        companies = self._companies
        if not companies:
            text = texts.text("window.bar.no_company")
        elif len(companies) == 1:
            codes = " · ".join([*companies[0].scacs, *companies[0].carrier_codes])
            text = f"{companies[0].name}  {codes}".strip()
        else:
            text = texts.text("window.bar.companies", count=len(companies))
        text = legible(text)
        self.company.setText(text.replace("&", "&&"))
        self.company.setAccessibleName(texts.text("window.bar.company", company=text))
        self.company.setToolTip(texts.text("window.bar.company_tip"))
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the clock, then the company's codes, where there is no room."""
        super().resizeEvent(event)
        self._box.setGeometry(self.rect())
        self._fold()

    def _fold(self) -> None:
        is_narrow = self.width() < _NARROW
        self.clock.setVisible(not is_narrow)
        if len(self._companies) == 1:
            company = self._companies[0]
            codes = " · ".join([*company.scacs, *company.carrier_codes])
            text = legible(company.name if is_narrow or not codes else f"{company.name}  {codes}")
            self.company.setText(text.replace("&", "&&"))
