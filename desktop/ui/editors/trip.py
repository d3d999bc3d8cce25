"""The editor of a trip: head, tabs, the long form, the shipments, and everything that is wrong."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import shiboken6
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.blank import is_blank
from desktop.domain.documents import JSON, split
from desktop.domain.shipment import control_number
from desktop.services.edit_session import EditSession
from desktop.services.views import Changed, Subject
from desktop.texts import text
from desktop.ui.binding.field_box import FieldBox
from desktop.ui.desk import Desk
from desktop.ui.editors import tab_order
from desktop.ui.editors.aside import Aside
from desktop.ui.editors.caret import Caret
from desktop.ui.editors.choosing import Choosing, Wanted
from desktop.ui.editors.editor_menu import Applies, EditorMenu, always
from desktop.ui.editors.head import EditorHead
from desktop.ui.editors.node import Node, set_up
from desktop.ui.editors.override import ask_reason
from desktop.ui.editors.problem import Group, Problem, Wording, nearest, spread
from desktop.ui.editors.problem_list import SIGNS
from desktop.ui.editors.problem_panel import ProblemPanel
from desktop.ui.editors.sections import Sections, in_bond_of, section_of
from desktop.ui.editors.shelf import Shelf
from desktop.ui.editors.shipment_page import ShipmentPage
from desktop.ui.editors.side import Side
from desktop.ui.editors.surroundings import Surroundings
from desktop.ui.editors.tabs import TABS
from desktop.ui.editors.trip_page import TripPage
from desktop.ui.forms.ui_trip_editor import Ui_TripEditor
from desktop.ui.offer import Offer
from desktop.ui.pieces import on_key
from desktop.ui.toast import Toast, announce


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
        self._side = Side(self.ui, self)
        self.aside = Aside(desk, session, self.ui.tabs, self.ui.pages, self)
        self.aside.field_wanted.connect(self.go_to)
        self._sections = Sections(self.ui.tabs, self.ui.pages, self.page, self.shipments, self.aside.page, self)
        grid = self.shipments.ui.commodities_table
        self._caret = Caret(self, lambda: self._shown().boxes(), grid, self.shipments.pointer_of_cell)
        self._menu = EditorMenu(self.ui.more_button, self)
        self._dress()
        self.page.shipment_wanted.connect(self.open_shipment)
        self.page.shipment_add_wanted.connect(self.add_shipment)
        self.panel.problem_chosen.connect(self._on_problem_chosen)
        self.panel.mend_chosen.connect(self._on_mend_chosen)
        self.choosing.add_wanted.connect(self._on_add_wanted)
        self.shipments.current_changed.connect(self._on_shipment_changed)
        self.shipments.removed.connect(self._on_shipment_removed)
        self.shelf.on_loaded(self._on_shelf_loaded)
        self._leave_session = session.subscribe(
            self._on_session_changed, self._on_session_checked, self.head.show_saved
        )
        self._leave_changes = desk.changes.subscribe(self._on_changes_announced)
        self._show_document()
        if not is_blank(session.document):
            self.page.check_all()
        self._on_session_checked()
        self.head.show_saved()
        desk.keeper.start(self._load(), name="read what the editor shows")
        self._focus_first()

    # Making

    def _dress(self) -> None:
        ui = self.ui
        ui.back_button.clicked.connect(self.back_requested)
        ui.print_button.clicked.connect(self._on_print)
        ui.send_button.clicked.connect(self.request_send)
        for key, keys, icon, run in (
            ("send", "Ctrl+Return", "send", self.request_send),
            ("undo", "Ctrl+Z", "undo", self.undo),
            ("redo", "Ctrl+Shift+Z", "redo", self.redo),
            ("print", "Ctrl+P", "print", self._on_print),
            ("next_problem", "F8", "", lambda: self.panel.go(1)),
            ("add_shipment", "Ctrl+Shift+N", "plus", self.add_shipment),
            ("duplicate_shipment", "Ctrl+Shift+D", "copy", self._duplicate_shipment),
            ("remove_shipment", "", "trash", self.shipments.remove_shipment),
        ):
            self._menu.add(text(f"trip_editor.menu.{key}"), run, keys, icon, is_in_menu=key != "send")
        for name in TABS:
            run = partial(self._sections.show, name)
            self._menu.add(text("trip_editor.menu.go", section=text(f"trip_editor.tab.{name}")), run, is_in_menu=False)
        for keys, function in (
            ("Ctrl+Enter", self.request_send),
            ("Shift+F8", lambda: self.panel.go(-1)),
            ("Ctrl+Y", self.redo),
            ("Ctrl+PgUp", lambda: self.shipments.step(-1)),
            ("Ctrl+PgDown", lambda: self.shipments.step(1)),
            ("Ctrl+Tab", lambda: self._step_tab(1)),
            ("Ctrl+Shift+Tab", lambda: self._step_tab(-1)),
            ("Alt+Left", self.back_requested.emit),
        ):
            on_key(self, keys, function)

    def add_menu_entry(
        self, title: str, run: Callable[[], object], keys: str = "", icon: str = "", applies: Applies = always
    ) -> None:
        """Add an action to the menu, with its shortcut; the command palette offers it too, where it applies."""
        self._menu.add(title, run, keys, icon, applies=applies)

    def offers(self) -> list[Offer]:
        """Return what can be done in this editor, for the command palette."""
        return self._menu.offers()

    # Following

    async def _load(self) -> None:
        await self.shelf.load()
        await self._read_row()

    async def _read_row(self) -> None:
        detail = await self._desk.lookups.trip(self.session.trip_id)
        if shiboken6.isValid(self):
            self.head.show_row(detail.row)
            await self.aside.read(detail)

    def _on_changes_announced(self, changed: Changed) -> None:
        if changed.subject is Subject.TRIP and (not changed.ids or self.session.trip_id in changed.ids):
            self._desk.keeper.start(self._read_row(), name="read the trip's state")

    def _on_shelf_loaded(self) -> None:
        if not shiboken6.isValid(self):
            return
        for box in self.findChildren(FieldBox):
            if box.picker is not None:
                box.picker.refresh_shown()

    def _on_session_changed(self, paths: frozenset[str], is_structure: bool) -> None:
        before = (self.page.part_count(), self.shipments.part_count())
        is_inside = bool(paths) and not is_structure and all(path.startswith("/shipments/") for path in paths)
        self._show_document(is_inside_shipment=is_inside)
        if is_structure or (self.page.part_count(), self.shipments.part_count()) != before:
            self._chain()

    def _show_document(self, *, is_inside_shipment: bool = False) -> None:
        if is_inside_shipment:
            self.page.refresh_shipments()
        else:
            self.page.refresh()
        self.shipments.refresh()
        number = self.session.value("/tripNumber")
        title = number if isinstance(number, str) and number else text("editor.head.new")
        if self.ui.trip_title.text() != title:
            self.ui.trip_title.setText(title)
            self.title_changed.emit(title)
        self.ui.tabs.show_count("shipments", str(self.page.table.rowCount() or ""))
        self.ui.tabs.setTabVisible(TABS.index("in_bond"), in_bond_of(self.session) >= 0)

    def _on_session_checked(self) -> None:
        problems = self._wording.problems(self.session)
        self.panel.show(problems)
        self.page.table.show_problems(problems)
        self.shipments.show_problems(problems)
        spread((p for p in problems if not p.path.startswith("/shipments/")), dict(self.page.boxes()), self._on_fix)
        if self.shipments.position >= 0:
            at = f"/shipments/{self.shipments.position}"
            own = tuple(p for p in problems if p.path == at or p.path.startswith(at + "/"))
            spread(own, dict(self.shipments.boxes()), self._on_fix)
        worst: dict[str, Group] = {}
        for problem in problems:  # the gravest come first
            worst.setdefault(section_of(problem.path), problem.group)
        for name in TABS:
            group = worst.get(name)
            spoken = text(f"editor.problems.{group}") if group else ""
            self.ui.tabs.show_sign(name, SIGNS[group] if group else None, spoken)

    # Doing

    def request_send(self) -> None:
        """Send, or show what must be fixed first."""
        self._settle()
        if self.panel.stopping:
            self.page.check_all()
            self.shipments.check_everything()
            self._side.show(is_shown=True)
            self.panel.focus_first()
            announce(self, text("editor.problems.fix", count=len(self.panel.stopping)), is_grave=True)
            return
        self.send_requested.emit(self.session.trip_id)

    def _on_print(self) -> None:
        self._settle()
        self.print_requested.emit(self.session.trip_id)

    def _settle(self) -> None:
        """Take what stands in the field that has the caret as if it had been left."""
        here = self._caret.current_box()
        if here is not None:
            here.settle()

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
        self._sections.show("shipments")
        self.shipments.add_shipment()

    def _duplicate_shipment(self) -> None:
        self._sections.show("shipments")
        self.shipments.duplicate()

    def _on_shipment_removed(self, place: int, row: JSON) -> None:
        words = text("trip_editor.removed", number=control_number(row) or text("editor.table.no_number"))
        toast = getattr(self.window(), "toast", None)
        if isinstance(toast, Toast):
            toast.say(words, action=text("window.undo"), on_action=partial(self._bring_back, place, row))
        else:
            announce(self, words)

    def _bring_back(self, place: int, row: JSON) -> None:
        if shiboken6.isValid(self):
            self.shipments.bring_back(place, row)

    def open_shipment(self, position: int) -> None:
        """Show a shipment's detail."""
        self._sections.show("shipments")
        self.shipments.show_shipment(position)

    def current_shipment(self) -> int:
        """Return the position of the shipment that is shown; -1 where the page of shipments is not, or has none."""
        return self.shipments.position if self.ui.pages.currentWidget() is self.shipments else -1

    def go_to(self, path: str) -> None:
        """Put the caret into the field a JSON Pointer is about."""
        steps = split(path)
        if steps[:1] == ("shipments",) and len(steps) > 1 and steps[1].isdigit():
            self.open_shipment(int(steps[1]))
            if self.shipments.go_to(path):
                return
        else:
            self._sections.show_form()
        boxes = dict(self._shown().boxes())
        pointer = nearest(path, boxes)
        if pointer is not None:
            _focus(boxes[pointer])
            area = self.page.scroll_area if self._shown() is self.page else self.shipments.ui.shipment_scroll
            area.ensureWidgetVisible(boxes[pointer], 20, 60)
        elif steps[:1] == ("shipments",):
            self.page.ui.add_shipment.setFocus()

    def place(self) -> tuple[str, int]:
        """Return the JSON Pointer of the field that has the caret, or had it last, and where the caret stands."""
        return self._caret.place()

    def return_to(self, pointer: str, caret: int) -> None:
        """Put the caret back where `place` said it was; nothing where the pointer is empty."""
        if not pointer:
            return
        self.go_to(pointer)
        box = self._caret.current_box() or dict(self._shown().boxes()).get(pointer)
        if box is not None and box.line is not None:
            box.line.setCursorPosition(min(caret, len(box.line.text())))  # further on, Qt leaves it where it is

    def _shown(self) -> Node:
        return self.shipments if self.ui.pages.currentWidget() is self.shipments else self.page

    def _on_problem_chosen(self, problem: Problem) -> None:
        if self._side.is_folded:
            self._side.show(is_shown=False)
        self.go_to(problem.path)

    def _on_mend_chosen(self, problem: Problem) -> None:
        if problem.override:
            work = ask_reason(self.session, self._desk.clock, problem, self)
            self._desk.keeper.start(work, name="pass a stop with a reason")
            return
        mend: JSON = problem.mend  # type: ignore[assignment]  # an issue's mend is a value of the document
        self.session.set(problem.path, mend)

    def _on_fix(self, problem: object) -> None:
        if isinstance(problem, Problem):
            self._on_mend_chosen(problem)

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
        """Scroll to a section, or show its page."""
        self._sections.show(TABS[index])

    def _step_tab(self, by: int) -> None:
        name = self._sections.step(by)
        if name in {"customs", "history"}:
            self.aside.page(name).focus_first()
            return
        shown = self._shown()
        for pointer, box in shown.boxes():
            if not box.isHidden() and (shown is self.shipments or section_of(pointer) == name):
                _focus(box)
                return

    def _on_shipment_changed(self, position: int) -> None:
        if position >= 0:
            self._on_session_checked()

    def _chain(self) -> None:
        tab_order.chain(self.page)
        tab_order.chain(self.shipments)

    def _focus_first(self) -> None:
        """Start in the number where it must be typed, else in the port (ui design 6)."""
        self._chain()
        shown = [(pointer, box) for pointer, box in self.page.boxes() if not box.isHidden()]
        wanted = (box for pointer, box in shown if pointer != "/tripNumber" or box.is_empty)
        box = next(wanted)
        QTimer.singleShot(0, box, box.setFocus)

    # Room

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the side panel where there is no room beside the form."""
        super().resizeEvent(event)
        self.head.fit(self.width())
        self._side.fit(self.width())
        self.panel.fit(self.height())

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
        self._caret.stop()


def _focus(box: FieldBox) -> None:
    box.setFocus(Qt.FocusReason.OtherFocusReason)
