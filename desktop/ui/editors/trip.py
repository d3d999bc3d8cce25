"""The editor of a trip: head, tabs, the long form, the shipments, and everything that is wrong."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.documents import JSON, split
from desktop.services.edit_session import EditSession
from desktop.services.views import Changed, Subject
from desktop.texts import text
from desktop.ui import sign as signs
from desktop.ui import theme
from desktop.ui.binding.field_box import FieldBox
from desktop.ui.desk import Desk
from desktop.ui.editors import tab_order
from desktop.ui.editors.choosing import Choosing, Wanted
from desktop.ui.editors.head import TABS, EditorHead
from desktop.ui.editors.node import Node, set_up
from desktop.ui.editors.problem import Group, Problem, Wording, nearest, spread
from desktop.ui.editors.problem_list import SIGNS
from desktop.ui.editors.problem_panel import PANEL_WIDTH, ProblemPanel
from desktop.ui.editors.shelf import Shelf
from desktop.ui.editors.shipment_page import ShipmentPage
from desktop.ui.editors.surroundings import Surroundings
from desktop.ui.editors.trip_page import TripPage
from desktop.ui.forms.ui_trip_editor import Ui_TripEditor
from desktop.ui.pieces import on_key
from desktop.ui.toast import announce

_SECTIONS = {"truck": "equipment", "trailers": "equipment", "containers": "equipment", "drivers": "crew",
             "passengers": "crew", "shipments": "shipments"}  # fmt: skip
_FOLD_BELOW = 1000


class TripEditor(QWidget):
    """One open trip. What is typed goes to the session at once; the session checks and saves.

    Signals:
        send_requested: trip id; nothing stops the send, and everything typed stands in the session.
        print_requested: trip id.
        back_requested: the user leaves the editor.
        title_changed: the trip's number, for the window's title.
    """

    send_requested = Signal(str)
    print_requested = Signal(str)
    back_requested = Signal()
    title_changed = Signal(str)

    def __init__(self, desk: Desk, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.session = session
        self._wording = Wording()
        self._is_folded = False
        self.ui = Ui_TripEditor()
        set_up(self.ui, self)
        self.shelf = Shelf(desk)
        self.surroundings = Surroundings(session, desk.clock, self.shelf)
        self.choosing = Choosing(session, self)
        self.page = TripPage(session, self.surroundings, self.choosing, self.ui.pages)
        self.shipments = ShipmentPage(session, self.surroundings, self.choosing, self.page.table, self.ui.pages)
        self.ui.pages.addWidget(self.page)
        self.ui.pages.addWidget(self.shipments)
        self.head = EditorHead(self.ui, session, self)
        self.panel = ProblemPanel(self.ui, self)
        self._dress()
        self._make_keys()
        self.page.shipment_wanted.connect(self.open_shipment)
        self.page.shipment_add_wanted.connect(self.add_shipment)
        self.panel.problem_chosen.connect(self._on_problem_chosen)
        self.panel.mend_chosen.connect(self._on_mend_chosen)
        self.choosing.add_wanted.connect(self._on_add_wanted)
        self.shipments.current_changed.connect(self._on_shipment_changed)
        self.shelf.on_loaded(self._on_shelf_loaded)
        self._leave_session = session.subscribe(
            self._on_session_changed, self._on_session_checked, self.head.show_saved
        )
        self._leave_changes = desk.changes.subscribe(self._on_changes_announced)
        self._show_document()
        is_new = not isinstance(session.value("/tripNumber"), str)
        if not is_new:
            self.page.check_all()
        self._on_session_checked()
        self.head.show_saved()
        desk.keeper.start(self._load(), name="read what the editor shows")
        self._focus_first()

    # Making

    def _dress(self) -> None:
        ui = self.ui
        self.head.set_menu(
            (
                ("undo", "undo", self.undo),
                ("redo", "redo", self.redo),
                ("print", "print", self._on_print),
                ("next_problem", "", lambda: self.panel.go(1)),
            )
        )
        ui.back_button.clicked.connect(self.back_requested)
        ui.print_button.clicked.connect(self._on_print)
        ui.send_button.clicked.connect(self.request_send)
        ui.problems_button.toggled.connect(self._on_problems_button_toggled)
        ui.tabs.tabBarClicked.connect(self.show_tab)
        self.page.scroll_area.verticalScrollBar().valueChanged.connect(self._on_page_scrolled)

    def _make_keys(self) -> None:
        for keys, function in (
            ("Ctrl+Return", self.request_send),
            ("Ctrl+Enter", self.request_send),
            ("Ctrl+P", self._on_print),
            ("F8", lambda: self.panel.go(1)),
            ("Shift+F8", lambda: self.panel.go(-1)),
            ("Ctrl+Z", self.undo),
            ("Ctrl+Shift+Z", self.redo),
            ("Ctrl+Y", self.redo),
            ("Ctrl+Shift+N", self.add_shipment),
            ("Ctrl+PgUp", lambda: self.shipments.step(-1)),
            ("Ctrl+PgDown", lambda: self.shipments.step(1)),
            ("Ctrl+Tab", lambda: self._step_tab(1)),
            ("Ctrl+Shift+Tab", lambda: self._step_tab(-1)),
            ("Alt+Left", self.back_requested.emit),
        ):
            on_key(self, keys, function)

    # Following

    async def _load(self) -> None:
        await self.shelf.load()
        await self._read_row()

    async def _read_row(self) -> None:
        row = (await self._desk.lookups.trip(self.session.trip_id)).row
        if shiboken6.isValid(self):
            self.head.show_row(row)

    def _on_changes_announced(self, changed: Changed) -> None:
        if changed.subject is Subject.TRIP and (not changed.ids or self.session.trip_id in changed.ids):
            self._desk.keeper.start(self._read_row(), name="read the trip's state")

    def _on_shelf_loaded(self) -> None:
        if not shiboken6.isValid(self):
            return
        for box in self.findChildren(FieldBox):
            if box.picker is not None:
                box.picker.refresh_shown()

    def _on_session_changed(self, paths: frozenset[str], is_structure: bool) -> None:  # noqa: ARG002 - all is compared
        before = (self.page.part_count(), self.shipments.part_count())
        self._show_document()
        if is_structure or (self.page.part_count(), self.shipments.part_count()) != before:
            self._chain()

    def _show_document(self) -> None:
        self.page.refresh()
        self.shipments.refresh()
        number = self.session.value("/tripNumber")
        title = number if isinstance(number, str) and number else text("editor.head.new")
        if self.ui.trip_title.text() != title:
            self.ui.trip_title.setText(title)
            self.title_changed.emit(title)
        self.ui.tabs.setTabText(
            TABS.index("shipments"), text("editor.head.shipments", count=self.page.table.rowCount())
        )

    def _on_session_checked(self) -> None:
        problems = self._wording.problems(self.session)
        self.panel.show(problems)
        self.page.table.show_problems(problems)
        self.shipments.show_problems(problems)
        spread((p for p in problems if not p.path.startswith("/shipments/")), dict(self.page.boxes()))
        if self.shipments.position >= 0:
            at = f"/shipments/{self.shipments.position}"
            own = tuple(p for p in problems if p.path == at or p.path.startswith(at + "/"))
            spread(own, dict(self.shipments.boxes()))
        worst: dict[str, Group] = {}
        for problem in problems:  # the gravest come first
            worst.setdefault(_section(problem.path), problem.group)
        for index, name in enumerate(TABS):
            group = worst.get(name)
            drawn = signs.sign_pixmap(SIGNS[group], 14, theme.colours(), self.devicePixelRatioF()) if group else None
            self.ui.tabs.setTabIcon(index, QIcon(drawn) if drawn is not None else QIcon())
            spoken = text(f"editor.problems.{group}") if group else ""
            self.ui.tabs.setTabToolTip(index, spoken)
            self.ui.tabs.setAccessibleTabName(index, f"{self.ui.tabs.tabText(index)}. {spoken}".rstrip(". "))

    # Doing

    def request_send(self) -> None:
        """Send, or show what must be fixed first."""
        self._settle()
        if self.panel.stopping:
            self.page.check_all()
            self.shipments.check_everything()
            self._set_panel(is_shown=True)
            self.panel.focus_first()
            announce(self, text("editor.problems.fix", count=len(self.panel.stopping)), is_grave=True)
            return
        self.send_requested.emit(self.session.trip_id)

    def _on_print(self) -> None:
        self._settle()
        self.print_requested.emit(self.session.trip_id)

    def _settle(self) -> None:
        """Take what stands in the field that has the caret as if it had been left."""
        here: QWidget | None = QApplication.focusWidget()
        while here is not None and here is not self:
            if isinstance(here, FieldBox):
                here.settle()
                return
            here = here.parentWidget()

    def undo(self) -> None:
        """Take back the last edit and go where it was."""
        self._after_undo(self.session.undo())

    def redo(self) -> None:
        """Bring the last undone edit again and go where it was."""
        self._after_undo(self.session.redo())

    def _after_undo(self, path: str | None) -> None:
        if path is not None:
            self.go_to(path)

    def add_shipment(self) -> None:
        """Add a shipment and go to its number."""
        self.show_tab(TABS.index("shipments"))
        self.shipments.add_shipment()

    def open_shipment(self, position: int) -> None:
        """Show a shipment's detail."""
        self.show_tab(TABS.index("shipments"))
        self.shipments.show_shipment(position)

    def go_to(self, path: str) -> None:
        """Put the caret into the field a JSON Pointer is about."""
        steps = split(path)
        if steps[:1] == ("shipments",) and len(steps) > 1 and steps[1].isdigit():
            self.open_shipment(int(steps[1]))
            if self.shipments.go_to(path):
                return
        else:
            self.ui.pages.setCurrentWidget(self.page)
        boxes = dict(self._shown().boxes())
        pointer = nearest(path, boxes)
        if pointer is not None:
            _focus(boxes[pointer])
            area = (
                self.page.scroll_area
                if self.ui.pages.currentWidget() is self.page
                else self.shipments.ui.shipment_scroll
            )
            area.ensureWidgetVisible(boxes[pointer], 20, 60)
        elif steps[:1] == ("shipments",):
            self.page.ui.add_shipment.setFocus()

    def _shown(self) -> Node:
        return self.page if self.ui.pages.currentWidget() is self.page else self.shipments

    def _on_problem_chosen(self, problem: Problem) -> None:
        if self._is_folded:
            self._set_panel(is_shown=False)
        self.go_to(problem.path)

    def _on_mend_chosen(self, problem: Problem) -> None:
        mend: JSON = problem.mend  # type: ignore[assignment]  # an issue's mend is a value of the document
        self.session.set(problem.path, mend)

    def _on_add_wanted(self, wanted: Wanted) -> None:
        self._desk.keeper.start(self._add_to_library(wanted), name=f"add a {wanted.kind}")

    async def _add_to_library(self, wanted: Wanted) -> None:
        from desktop.ui.editors.add_dialog import add_record

        row = await add_record(self._desk, wanted.kind, wanted.words, self.session.company, self)
        if row is not None:
            self.choosing.place(wanted.pointer, row)
            self.go_to(wanted.pointer)

    # Moving about

    def show_tab(self, index: int) -> None:
        """Scroll to a section, or show the shipments."""
        name = TABS[index]
        if name == "shipments":
            self.ui.pages.setCurrentWidget(self.shipments)
        else:
            self.ui.pages.setCurrentWidget(self.page)
            target = self.page.heading_of(name).mapTo(self.page.ui.trip_scroll_content, self.page.rect().topLeft())
            self.page.scroll_area.verticalScrollBar().setValue(max(0, target.y() - 12))
        self.ui.tabs.setCurrentIndex(index)

    def _step_tab(self, by: int) -> None:
        index = (self.ui.tabs.currentIndex() + by) % len(TABS)
        self.show_tab(index)
        holder = self.shipments if TABS[index] == "shipments" else self.page
        for pointer, box in holder.boxes():
            if not box.isHidden() and (holder is self.shipments or _section(pointer) == TABS[index]):
                _focus(box)
                return

    def _on_page_scrolled(self) -> None:
        if self.ui.pages.currentWidget() is not self.page:
            return
        bar = self.page.scroll_area.verticalScrollBar()
        top = bar.value()
        current = 0
        for index, name in enumerate(TABS[:3]):
            place = self.page.heading_of(name).mapTo(self.page.ui.trip_scroll_content, self.page.rect().topLeft())
            if place.y() - 40 <= top:
                current = index
        if bar.maximum() and top == bar.maximum():
            current = 2  # the end of the form cannot scroll up to the top
        self.ui.tabs.setCurrentIndex(current)

    def _on_shipment_changed(self, position: int) -> None:
        if position >= 0:
            self._on_session_checked()

    def _chain(self) -> None:
        tab_order.chain(self.page)
        tab_order.chain(self.shipments)

    def _focus_first(self) -> None:
        self._chain()
        for _, box in self.page.boxes():
            if not box.isHidden():
                QTimer.singleShot(0, box, box.setFocus)
                return

    # Room

    def _on_problems_button_toggled(self, is_on: bool) -> None:
        self.ui.side.setVisible(is_on or not self._is_folded)
        if is_on and self._is_folded:
            self._lay_side_over()
            self.ui.problems.setFocus()

    def _set_panel(self, *, is_shown: bool) -> None:
        self.ui.problems_button.setChecked(is_shown)
        self.ui.side.setVisible(is_shown or not self._is_folded)
        if is_shown and self._is_folded:
            self._lay_side_over()

    def _lay_side_over(self) -> None:
        top = self.ui.pages.mapTo(self, self.ui.pages.rect().topLeft()).y()
        width = min(PANEL_WIDTH, self.width())
        self.ui.side.setGeometry(self.width() - width, top, width, self.height() - top)
        self.ui.side.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the side panel where there is no room beside the form."""
        super().resizeEvent(event)
        self.head.fit(self.width())
        is_folded = self.width() < _FOLD_BELOW
        if is_folded != self._is_folded:
            self._is_folded = is_folded
            if is_folded:
                self.ui.body_row.removeWidget(self.ui.side)
            else:
                self.ui.body_row.addWidget(self.ui.side)
            self._set_panel(is_shown=False)
        self.ui.problems_button.setVisible(is_folded)
        self.panel.fit(self.height())
        if is_folded and self.ui.side.isVisible():
            self._lay_side_over()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the tabs' signs in the new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "panel"):
            self._on_session_checked()

    async def close_session(self) -> None:
        """Save what is left and let the session go; the editor is of no more use.

        Raises:
            DesktopError: the last edits could not be written; the editor stays usable.
        """
        self._settle()
        await self.session.close()
        self._leave()

    def _leave(self) -> None:
        self._leave_session()
        self._leave_changes()
        self.shelf.close()


def _section(path: str) -> str:
    return _SECTIONS.get(path.split("/")[1] if "/" in path else "", "trip")


def _focus(box: FieldBox) -> None:
    box.setFocus(Qt.FocusReason.OtherFocusReason)
