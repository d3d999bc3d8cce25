"""The one main window: rail, pages, banner, connection bar, keys. What pages ask for is done in `ui.act`."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QByteArray, QEvent, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop import texts
from desktop.services.views import CompanyRow
from desktop.ui import pieces, theme
from desktop.ui.banner import Banner, Notice, Weight
from desktop.ui.bridge import Bridge
from desktop.ui.connection_bar import ConnectionBar
from desktop.ui.desk import Desk
from desktop.ui.legible import legible
from desktop.ui.link_notices import LinkNotices
from desktop.ui.open_trips import geometry
from desktop.ui.panes import PaneRing, go_by_tab
from desktop.ui.place import Place
from desktop.ui.rail import Count, Rail
from desktop.ui.signs import Sign
from desktop.ui.toast import Toast
from desktop.ui.window_state import WindowState

_NARROW_RAIL = 1_200
_GEOMETRY = "window.geometry"
_PLACE = "window.place"
_MENU_BAR = "window.menu_bar"
_COMPANY = "window.company"

MakePage = Callable[[QWidget], QWidget]


class MainWindow(QMainWindow):
    """Frame of everything. Pages are made when they are first shown.

    Signals: `new_asked`, `find_asked`, `quit_asked`, `close_asked`, `about_asked`, `leave_practice_asked`, `key_asked`;
    `scenario_asked`, `place_shown(Place)`, `used` (it came to the front).
    """

    new_asked = Signal()
    find_asked = Signal()
    quit_asked = Signal()
    close_asked = Signal()
    about_asked = Signal()
    leave_practice_asked = Signal()
    scenario_asked = Signal()
    key_asked = Signal()
    place_shown = Signal(object)
    used = Signal()

    def __init__(
        self,
        desk: Desk,
        bridge: Bridge,
        pages: Mapping[Place, MakePage],
        state: WindowState,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("main_window")
        self.setMinimumSize(640, 360)
        self._desk = desk
        self._make = pages
        self._pages: dict[Place, QWidget] = {}
        self._editors: set[QWidget] = set()
        self._state = state
        self.company = ""
        self._where = ""
        self._is_alt_alone = False
        self.place: Place | None = None
        self.rail = Rail([place for place in Place if place in pages], self)
        self.rail.place_chosen.connect(self.go_to)
        self.banner = Banner(self)
        self.stack = QStackedWidget(self)
        self.bar = ConnectionBar(desk, bridge, self)
        self._notices = LinkNotices(desk, self.banner, self.key_asked.emit)
        self.bar.link_said.connect(self._notices.show)
        self._build()
        self.toast = Toast(self)
        self._ring = PaneRing(self._panes)
        self._make_actions()
        self._restore()
        if desk.is_practice:
            self.setProperty("is_practice", True)
            self.say_practice()
        self.company = state.value(_COMPANY)

    # Building

    def _build(self) -> None:
        middle = QWidget(self)
        page = pieces.frame("page", parent=middle)
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self.stack)
        self.page_column = inner
        rail_box = pieces.frame("rail", parent=middle)
        rail_column = QVBoxLayout(rail_box)
        rail_column.setContentsMargins(0, theme.STEP_4, 0, theme.STEP_4)
        rail_column.addWidget(self.rail)
        self._rail_box = rail_box
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(rail_box)
        row.addWidget(page, 1)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addLayout(row, 1)
        column.addWidget(pieces.frame("line", parent=middle))
        self.setCentralWidget(middle)
        self.setStatusBar(self.bar)

    def _make_actions(self) -> None:
        menus = self.menuBar()
        file = menus.addMenu(texts.text("window.menu.file"))
        go = menus.addMenu(texts.text("window.menu.go"))
        view = menus.addMenu(texts.text("window.menu.view"))
        about = menus.addMenu(texts.text("window.menu.help"))
        self._action(file, "new", "Ctrl+N", self.new_asked.emit)
        self.find_action = self._action(file, "find", "Ctrl+F", self.find_asked.emit)
        file.addSeparator()
        self._action(file, "quit", "Ctrl+Q", self.quit_asked.emit)
        for number, place in enumerate(self.rail.rail_model.places, start=1):
            made = QAction(texts.text(f"window.place.{place.value}"), self)
            made.setShortcut(QKeySequence(f"Ctrl+{number}"))
            made.triggered.connect(partial(self._on_place_key, place))
            go.addAction(made)
            self.addAction(made)
        go.addSeparator()
        self._action(go, "next_pane", "F6", partial(self._ring.go, 1))
        self._action(go, "previous_pane", "Shift+F6", partial(self._ring.go, -1))
        self._menu_bar_action = self._action(view, "menu_bar", "", self._on_menu_bar_toggled)
        self._menu_bar_action.setCheckable(True)
        self._action(about, "about", "", self.about_asked.emit)
        opener = QAction(self)
        opener.setShortcut(QKeySequence("F10"))
        opener.triggered.connect(self.open_menu_bar)
        self.addAction(opener)
        menus.setVisible(False)

    def _action(self, menu: QWidget, name: str, keys: str, function: Callable[[], object]) -> QAction:
        made = QAction(texts.text(f"window.action.{name}"), self)
        if keys:
            made.setShortcut(QKeySequence(keys))
        made.triggered.connect(lambda _checked=False: function())
        menu.addAction(made)
        self.addAction(made)
        return made

    # Pages

    def page(self, place: Place) -> QWidget:
        """Return the page of a place, made when it is first asked for."""
        if place not in self._pages:
            self._pages[place] = self._make[place](self.stack)
            self.stack.addWidget(self._pages[place])
        return self._pages[place]

    def has_page(self, place: Place) -> bool:
        """Tell whether a place has been shown."""
        return place in self._pages

    def made_pages(self) -> list[QWidget]:
        """Return the pages that have been shown so far."""
        return list(self._pages.values())

    def go_to(self, place: Place) -> None:
        """Show a place; the focus goes to its first stop."""
        page = self.page(place)
        self.place = place
        self.rail.show_place(place)
        self.stack.setCurrentWidget(page)
        self._state.keep(_PLACE, place.value)
        self.set_where(texts.text(f"window.place.{place.value}"))
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.place_shown.emit(place)

    def _on_place_key(self, place: Place) -> None:
        self.come_forward()  # the key may have been pressed in the window of a trip
        self.go_to(place)

    def last_place(self) -> Place:
        """Return the place shown when the window was closed last."""
        kept = self._state.value(_PLACE)
        places = self.rail.rail_model.places
        return next((place for place in places if place.value == kept), places[0])

    def show_editor(self, editor: QWidget, where: str) -> None:
        """Show an editor in place of the pages; it is a trip's, and so the rail marks the trips."""
        if editor not in self._editors:
            self._editors.add(editor)
            self.stack.addWidget(editor)
        self.rail.show_place(Place.TRIPS)
        self.stack.setCurrentWidget(editor)
        self.set_where(where)

    @property
    def editor(self) -> QWidget | None:
        """The editor on show; None while a page is."""
        shown = self.stack.currentWidget()
        return shown if shown in self._editors else None

    def drop_editor(self, editor: QWidget) -> None:
        """Take an editor out; where it was on show, say what comes next."""
        if editor in self._editors:
            self._editors.discard(editor)
            self.stack.removeWidget(editor)

    def return_to_page(self) -> None:
        """Show the page that was there before the editor."""
        self.go_to(self.place or Place.CROSSINGS)

    # Words round the page

    def set_where(self, where: str) -> None:
        """Put the place into the title."""
        self._where = where
        self._say_title()

    def _say_title(self) -> None:
        company = self.company or texts.text("window.bar.no_company")
        key = "window.title.practice" if self._desk.is_practice else "window.title"
        self.setWindowTitle(legible(texts.text(key, place=self._where, company=company)))

    def show_companies(self, companies: list[CompanyRow], chosen: CompanyRow | None = None) -> None:
        """Name the company in title and bar; of several, the one that is shown."""
        named = chosen or (companies[0] if len(companies) == 1 else None)
        self._notices.has_several = len(companies) > 1
        self.company = named.name if named is not None else ""
        if named is None and companies:
            self.company = texts.text("window.bar.companies", count=len(companies))
        self._state.keep(_COMPANY, self.company)
        self.bar.show_company(companies, chosen)
        self._say_title()

    def set_count(self, place: Place, number: int, tone: str, words: str) -> None:
        """Show a count beside a place."""
        self.rail.rail_model.set_count(place, Count(number, tone, words) if number else None)

    def say_practice(self, scenario: str = "") -> None:
        """Say above every page that this is practice, and what is played once that is known."""
        self.banner.set_notice(
            Weight.PRACTICE,
            Notice(
                Sign.PRACTICE,
                "practice",
                texts.text("window.practice.word"),
                texts.text("window.practice.sentence"),
                texts.text("window.practice.leave"),
                self.leave_practice_asked.emit,
                texts.text("window.scenario.button", title=scenario) if scenario else "",
                self.scenario_asked.emit,
            ),
        )

    # Keys, size, closing

    def _panes(self) -> list[QWidget]:
        page = self.stack.currentWidget()
        panes: list[QWidget] = [self.banner, self.rail]
        if page is not None:
            named = getattr(page, "panes", None)
            panes += named() if callable(named) else [page]
        if self.toast.isVisible():
            panes.append(self.toast)
        panes.append(self.bar)
        return panes

    def open_menu_bar(self) -> None:
        """Show the menu bar and put the focus into it."""
        menus = self.menuBar()
        menus.setVisible(True)
        menus.setFocus(Qt.FocusReason.MenuBarFocusReason)
        first = menus.actions()[0]
        menus.setActiveAction(first)

    def _on_menu_bar_toggled(self) -> None:
        is_kept = self._menu_bar_action.isChecked()
        self._state.keep(_MENU_BAR, "yes" if is_kept else "")
        self.menuBar().setVisible(is_kept)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Watch for Alt pressed alone; Esc hides the menu bar again."""
        self._is_alt_alone = event.key() == Qt.Key.Key_Alt
        if event.key() == Qt.Key.Key_Escape and self.menuBar().isVisible() and not self._menu_bar_action.isChecked():
            self.menuBar().setVisible(False)
            return
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Show the menu bar when Alt was pressed and released alone."""
        if event.key() == Qt.Key.Key_Alt and self._is_alt_alone:
            self.open_menu_bar()
        self._is_alt_alone = False
        super().keyReleaseEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the rail to icons in a narrow window."""
        super().resizeEvent(event)
        self.rail.set_narrow(self.width() < _NARROW_RAIL)
        self._rail_box.setFixedWidth(self.rail.width() + 1)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Go round all stops with Tab."""
        return go_by_tab(self, is_next)

    def changeEvent(self, event: QEvent) -> None:
        """Paint signs in other colours."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "bar"):
            self.bar.recolour()
        elif event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            self.used.emit()

    def come_forward(self) -> None:
        """Bring the window to the front, where it is not."""
        if not (self.isActiveWindow() and self.isVisible()):
            self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
            self.show()
            self.raise_()
            self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Never close by itself: hide, and ask the program what closing means."""
        event.ignore()
        self.keep_place()
        self.hide()
        self.close_asked.emit()

    def keep_place(self) -> None:
        """Keep size and place for the next start."""
        geometry = base64.b64encode(bytes(self.saveGeometry().data())).decode("ascii")
        self._state.keep(_GEOMETRY, geometry)
        self._state.save()

    def _restore(self) -> None:
        self.resize(1366, 736)
        kept = self._state.value(_GEOMETRY)
        if kept:
            try:
                raw = base64.b64decode(kept, validate=True)
            except binascii.Error:
                raw = b""
            self.restoreGeometry(QByteArray(raw))
            geometry.settle(self)
        if self._state.value(_MENU_BAR):
            self._menu_bar_action.setChecked(True)
            self.menuBar().setVisible(True)
