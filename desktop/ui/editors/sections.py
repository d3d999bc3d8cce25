"""The way from tab to section and back: most tabs are places of one long form, the others pages of their own."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.documents import JSON, is_object
from desktop.domain.left_out import IN_BOND
from desktop.ui.binding.session import Editing
from desktop.ui.editors.lines_page import LinesPage
from desktop.ui.editors.shipment_page import ShipmentPage
from desktop.ui.editors.tabs import TABS, EditorTabs
from desktop.ui.editors.trip_page import TripPage

_OF_THE_FORM = ("trip", "equipment", "crew")
_SECTIONS = {"truck": "equipment", "trailers": "equipment", "containers": "equipment", "drivers": "crew",
             "passengers": "crew", "shipments": "shipments"}  # fmt: skip


def section_of(path: str) -> str:
    """Return the tab a JSON Pointer belongs to."""
    if path.startswith("/shipments/") and "/inBondDetails" in path:
        return "in_bond"
    return _SECTIONS.get(path.split("/")[1] if "/" in path else "", "trip")


def in_bond_of(session: Editing) -> int:
    """Return the position of the first shipment that moves in bond; -1 for none."""
    rows = session.value("/shipments")
    for position, row in enumerate(rows if isinstance(rows, list) else ()):
        if _is_in_bond(row):
            return position
    return -1


def _is_in_bond(row: JSON) -> bool:
    kind = row.get("type") if is_object(row) else None
    return isinstance(kind, str) and kind in IN_BOND


class Sections(QObject):
    """Shows the section of a tab, and marks the tab of what is shown."""

    def __init__(
        self,
        tabs: EditorTabs,
        pages: QStackedWidget,
        page: TripPage,
        shipments: ShipmentPage,
        extra: Callable[[str], LinesPage],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._tabs = tabs
        self._pages = pages
        self._page = page
        self._shipments = shipments
        self._extra = extra
        tabs.tabBarClicked.connect(self._on_tab_clicked)
        page.scroll_area.verticalScrollBar().valueChanged.connect(self._on_page_scrolled)

    @property
    def current(self) -> str:
        """The section that is shown."""
        return TABS[self._tabs.currentIndex()]

    def show(self, name: str) -> None:
        """Scroll to a section, or show its page."""
        if name in _OF_THE_FORM:
            self._pages.setCurrentWidget(self._page)
            self._page.scroll_area.verticalScrollBar().setValue(max(0, self._top_of(name) - 12))
        elif name in {"shipments", "in_bond"}:
            self._pages.setCurrentWidget(self._shipments)
            if name == "in_bond":
                self._shipments.show_in_bond()
        elif self._pages.indexOf(self._extra(name)) < 0:  # it stands beside the form
            self._extra(name).focus_first()
            return
        else:
            self._pages.setCurrentWidget(self._extra(name))
        self._tabs.setCurrentIndex(TABS.index(name))

    def show_form(self) -> None:
        """Show the long form where it stands."""
        self._pages.setCurrentWidget(self._page)
        self._on_page_scrolled()

    def step(self, by: int) -> str:
        """Show the next or previous section; return its name."""
        index = self._tabs.currentIndex()
        for _ in TABS:
            index = (index + by) % len(TABS)
            if self._tabs.isTabVisible(index):
                break
        self.show(TABS[index])
        return TABS[index]

    def _top_of(self, name: str) -> int:
        return self._page.heading_of(name).mapTo(self._page.ui.trip_scroll_content, QPoint(0, 0)).y()

    def _on_tab_clicked(self, index: int) -> None:
        if index >= 0:
            self.show(TABS[index])

    def _on_page_scrolled(self) -> None:
        if self._pages.currentWidget() is not self._page:
            return
        bar = self._page.scroll_area.verticalScrollBar()
        current = _OF_THE_FORM[0]
        for name in _OF_THE_FORM:
            if self._top_of(name) - 40 <= bar.value():
                current = name
        if bar.maximum() and bar.value() == bar.maximum():
            current = _OF_THE_FORM[-1]  # the end of the form cannot scroll up to the top
        self._tabs.setCurrentIndex(TABS.index(current))
