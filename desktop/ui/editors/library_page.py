"""A page of the library: the records of one kind, and the editor of the current one."""

from __future__ import annotations

from collections import OrderedDict
from datetime import date

import shiboken6
from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QSizePolicy, QToolButton, QWidget

from desktop.domain.codes import fold
from desktop.domain.expiry import Band, counted, first_to_run_out
from desktop.domain.lifecycle import Regime
from desktop.services.views import Changed, LibraryRow, Subject
from desktop.services.words import error_words
from desktop.texts import text
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.editors import tab_order
from desktop.ui.editors.node import focus_first, set_heading, set_up
from desktop.ui.editors.record import RecordSession
from desktop.ui.editors.record_editor import RecordEditor
from desktop.ui.editors.record_keeping import RecordKeeping
from desktop.ui.editors.record_kinds import editor_of, faults_of, papers_run_out
from desktop.ui.editors.record_list import EXPIRED_ROLE, ROW_ROLE, RecordDelegate, RecordModel, words_of
from desktop.ui.forms.ui_library_page import Ui_LibraryPage
from desktop.ui.offer import Offer
from desktop.ui.pieces import on_key, plain_tip

__all__ = ["EXPIRED_ROLE", "LibraryPage"]

LIST_WIDTH = 360
_FOLD_BELOW = 760
_SAVED_FROM = 900
_SESSIONS = 50  # records whose undo steps are remembered while the page lives


class LibraryPage(QWidget):
    """Drivers, trucks, trailers or partners: a list of 360 and the form.

    Signals:
        record_opened: id of the record in the form; empty for a new one.
        trip_wanted: id of a trip that used the record.

    Attributes:
        more_menu: the menu of the list; other parts of the window add their entries to it.
    """

    record_opened = Signal(str)
    trip_wanted = Signal(str)

    def __init__(self, desk: Desk, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.kind = kind
        self._all: list[LibraryRow] = []
        self._words: list[str] = []
        self._carriers: dict[str, str] = {}
        self._sessions: OrderedDict[str, RecordSession] = OrderedDict()
        self.editor: RecordEditor | None = None
        self.ui = Ui_LibraryPage()
        set_up(self.ui, self)
        self.more_menu = QMenu(self)
        self.model = RecordModel(self)
        self._dress()
        self.keeping = RecordKeeping(desk, self)
        self._dress_head()
        self._leave = desk.changes.subscribe(self._on_changes_announced)
        self.destroyed.connect(self._leave)
        self._show_record_head()
        self.reload()

    def _dress(self) -> None:
        ui = self.ui
        set_heading(ui.library_title, text(f"library.title.{self.kind}"))
        ui.add_record.setText(text(f"library.action.{self.kind}"))
        ui.add_record.clicked.connect(self.add)
        _dress_menu(ui.more_button, text("library.more"), self.more_menu)
        for title, run, keys in (
            (text(f"library.add.{self.kind}"), self.add, "Ctrl+Shift+N"),
            (text("library.search_go"), self.ui.search.setFocus, "Ctrl+F"),
            (text("library.show_inactive"), self.ui.show_inactive.toggle, ""),
        ):
            action = self.more_menu.addAction(f"{title}\t{keys}" if keys else title)
            action.triggered.connect(lambda _checked=False, call=run: call())
        ui.search.setPlaceholderText(text("library.search"))
        ui.search.setAccessibleName(text("library.search"))
        ui.search.setFixedHeight(theme.fitted(theme.FIELD_HEIGHT))
        ui.search.setToolTip(text("library.search"))
        ui.search.textChanged.connect(self._filter)
        ui.show_inactive.setText(text("library.show_inactive"))
        ui.show_inactive.toggled.connect(self.reload)
        ui.expiry_strip.chosen.connect(self._on_band_chosen)
        ui.list_part.setFixedWidth(LIST_WIDTH)
        view = ui.records
        view.setModel(self.model)
        view.setItemDelegate(RecordDelegate(view))
        view.setUniformItemSizes(True)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setAccessibleName(text(f"library.title.{self.kind}"))
        view.viewport().setBackgroundRole(QPalette.ColorRole.AlternateBase)
        view.selectionModel().currentChanged.connect(self._on_current_changed)
        view.activated.connect(self._on_activated)
        on_key(self, "Ctrl+F", ui.search.setFocus)
        on_key(self, "Ctrl+Shift+N", self.add)

    def _dress_head(self) -> None:
        ui = self.ui
        ui.record_head.setFixedHeight(theme.BAR_HEIGHT)
        ui.record_head.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        ui.record_stack.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        for part in (ui.record_head, ui.record_stack, self.keeping.foot):
            part.setMinimumWidth(1)  # nothing in the form may keep the page from folding
        ui.record_title.setTextFormat(Qt.TextFormat.PlainText)
        ui.record_title.setFont(theme.font("reader"))
        ui.saved.setFont(theme.font("caption"))
        ui.active_button.setMinimumHeight(theme.FIELD_HEIGHT)
        ui.active_button.setAutoDefault(False)
        ui.active_button.clicked.connect(self._on_active_clicked)
        for fitness in (ui.ace_fitness, ui.aci_fitness):
            fitness.reason_chosen.connect(self.go_to)
        theme.set_icon(ui.back_button, "back")
        ui.back_button.setAccessibleName(text("library.back"))
        ui.back_button.setToolTip(text("library.back"))
        ui.back_button.clicked.connect(self._on_back_clicked)
        ui.back_button.hide()

    def offers(self) -> list[Offer]:
        """Return what can be done on this page, for menus and the command palette."""
        title = text(f"library.title.{self.kind}")
        made = [Offer(text(f"library.add.{self.kind}"), self.add, "Ctrl+Shift+N", "plus", title)]
        if self.editor is not None and self.editor.session.row is not None:
            made += self.keeping.offers()
        return made

    # List

    def reload(self) -> None:
        """Read the records again."""
        self._desk.keeper.start(self._read(), name=f"read {self.kind}s")

    async def _read(self) -> None:
        if not shiboken6.isValid(self):  # the page went while the task waited its turn
            return
        rows = await self._desk.library.items(self.kind, active_only=not self.ui.show_inactive.isChecked())
        carriers = {one.id: one.name for one in await self._desk.companies.all()}
        if not shiboken6.isValid(self):
            return
        self._all, self._carriers = rows, carriers
        self._words = [words_of(row, carriers.get(row.company, "")) for row in rows]
        self._show_strip()
        for row in rows:
            session = self._sessions.get(row.id)
            if session is not None:
                session.adopt(row)
        self._filter()
        self._show_record_head()

    def _today(self) -> date:
        return self._desk.clock.now().astimezone().date()

    def _filter(self) -> None:
        wanted = fold(self.ui.search.text()).split()
        band, today = self.ui.expiry_strip.band, self._today()
        found = [
            row
            for row, words in zip(self._all, self._words, strict=True)
            if all(word in words for word in wanted) and (band is None or _stands_in(row, band, today))
        ]
        current = self._current_id()
        self.model.show(found, today)
        for position, row in enumerate(found):
            if row.id == current:
                self.ui.records.setCurrentIndex(self.model.index(position, 0))

    def _on_band_chosen(self, _band: Band | None) -> None:
        self._filter()

    def _current_id(self) -> str:
        row = self.editor.session.row if self.editor is not None else None
        return row.id if row is not None else ""

    def _on_changes_announced(self, changed: Changed) -> None:
        is_own = self.editor is not None and changed.initiator is self.editor.session  # shown once it is saved
        if changed.subject is Subject.LIBRARY and not is_own:
            self.reload()

    def _show_row(self, row: LibraryRow) -> None:
        """Show the record in the form as it was saved; the list is read anew only where its order may change."""
        place = next((place for place, one in enumerate(self._all) if one.id == row.id), -1)
        if place < 0 or self._all[place].title != row.title or self._all[place].is_active != row.is_active:
            self.reload()
        elif self._all[place] is not row:
            self._all[place] = row
            self._words[place] = words_of(row, self._carriers.get(row.company, ""))
            self.model.replace(row)
            self._show_strip()

    def _show_strip(self) -> None:
        self.ui.expiry_strip.show_counts(counted((row.local for row in self._all if row.is_active), self._today()))

    def _on_current_changed(self, current: QModelIndex) -> None:
        row = current.data(ROW_ROLE)
        if isinstance(row, LibraryRow) and row.id != self._current_id():
            self.open(row)

    def _on_activated(self, index: QModelIndex) -> None:
        self._on_current_changed(index)
        if self.editor is not None:
            self._fold(shows_list=False)
            focus_first(self.editor)

    # Form

    def add(self) -> None:
        """Start a new record."""
        self.open(None)
        if self.editor is not None:
            focus_first(self.editor)

    def open(self, row: LibraryRow | None) -> None:
        """Show a record in the form; what was typed in the one before is saved, and can still be undone later."""
        self._let_go()
        session = self._sessions.get(row.id) if row is not None else None
        if session is None:
            session = RecordSession(self._desk, self.kind, row)
        elif row is not None:
            session.adopt(row)
        self.editor = editor_of(self._desk, session, self.ui.record_stack)
        self.ui.record_stack.addWidget(self.editor)
        self.ui.record_stack.setCurrentWidget(self.editor)
        self.editor.checked.connect(self._show_record_head)
        self.editor.destroyed.connect(session.subscribe(lambda *_: None, lambda: None, self._show_saved))
        self.keeping.show(session)
        self._remember(session)
        self._show_record_head()
        self._mark(row)
        self._fold(shows_list=False)
        tab_order.chain(self)
        self.record_opened.emit(row.id if row is not None else "")

    def go_to(self, path: str) -> None:
        """Put the caret into the field a path inside the record is about."""
        if self.editor is not None:
            self.editor.go_to(path)

    def _remember(self, session: RecordSession) -> None:
        if session.row is not None:
            self._sessions[session.row.id] = session
            self._sessions.move_to_end(session.row.id)
            while len(self._sessions) > _SESSIONS:
                oldest = next(iter(self._sessions))
                if self._sessions[oldest].is_dirty:
                    break
                del self._sessions[oldest]

    def forget(self, item_id: str) -> None:
        """Remember no more what was typed in a record that is gone."""
        self._sessions.pop(item_id, None)

    def _mark(self, row: LibraryRow | None) -> None:
        position = next(
            (place for place, one in enumerate(self.model.rows) if row is not None and one.id == row.id), -1
        )
        if self.ui.records.currentIndex().row() != position:
            self.ui.records.setCurrentIndex(self.model.index(position, 0))

    def _let_go(self) -> None:
        if self.editor is not None:
            self._desk.keeper.start(self.editor.session.flush(), name=f"save {self.kind}")
            self.ui.record_stack.removeWidget(self.editor)
            self.editor.leave()
            self.editor.deleteLater()
            self.editor = None

    def close_form(self) -> None:
        """Show no record."""
        self._let_go()
        self.keeping.show(None)
        self._show_record_head()

    async def close_record(self) -> None:
        """Save what is left before the window goes."""
        if self.editor is not None:
            await self.editor.session.flush()
        for session in self._sessions.values():
            await session.flush()

    def _show_record_head(self) -> None:
        ui = self.ui
        has_record = self.editor is not None
        for widget in (ui.ace_fitness, ui.aci_fitness, ui.active_button, ui.record_button):
            widget.setVisible(has_record)
        ui.saved.setVisible(has_record and ui.record_head.width() >= _SAVED_FROM - LIST_WIDTH)
        if self.editor is None:
            ui.record_title.setText(text("library.none_open"))
            return
        session = self.editor.session
        row = session.row
        ui.record_title.setText(row.title if row is not None and row.title else text(f"library.add.{self.kind}"))
        ui.record_title.setToolTip(plain_tip(ui.record_title.text()))
        papers = papers_run_out(session, self._today())
        for fitness, regime in ((ui.ace_fitness, Regime.ACE), (ui.aci_fitness, Regime.ACI)):
            fitness.show_fitness(regime, faults_of(session, regime, self.editor), papers)
        ui.active_button.setVisible(row is not None)
        is_active = row is None or row.is_active
        ui.active_button.setText(text("library.put_aside" if is_active else "library.take_up"))

    def _show_saved(self) -> None:
        if self.editor is None:
            return
        session = self.editor.session
        self._remember(session)
        if session.save_error is not None:
            self.ui.saved.setText(text("editor.head.not_saved", title=error_words(session.save_error).title))
        elif session.saved_at is not None:
            self.ui.saved.setText(text("editor.head.saved", time=f"{session.saved_at.astimezone():%H:%M:%S}"))
        self._show_record_head()
        if session.row is not None and session.save_error is None:
            self._show_row(session.row)
        self.keeping.on_saved()

    def _on_active_clicked(self) -> None:
        self.keeping.put_aside()

    def _on_back_clicked(self) -> None:
        self._fold(shows_list=True)
        self.ui.records.setFocus()

    # Room

    def _fold(self, *, shows_list: bool) -> None:
        has_room = self.width() >= _FOLD_BELOW
        self.ui.list_part.setVisible(has_room or shows_list)
        self.ui.record_stack.setVisible(has_room or not shows_list)
        self.ui.record_head.setVisible(has_room or not shows_list)
        self.keeping.set_shown(is_shown=has_room or not shows_list)
        self.ui.back_button.setVisible(not has_room)
        self.ui.list_part.setFixedWidth(LIST_WIDTH if has_room else max(LIST_WIDTH, self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the list over the form where there is no room for both."""
        super().resizeEvent(event)
        self._fold(shows_list=self.editor is None)


def _stands_in(row: LibraryRow, band: Band, today: date) -> bool:
    first = first_to_run_out(row.local, today)
    return row.is_active and first is not None and first[0] is band


def _dress_menu(tool: QToolButton, words: str, menu: QMenu) -> None:
    """Make a button of three dots that opens a menu."""
    theme.set_icon(tool, "more")
    tool.setAccessibleName(words)
    tool.setToolTip(words)
    tool.setMinimumSize(theme.TARGET_HEIGHT, theme.TARGET_HEIGHT)
    tool.setAutoRaise(True)
    tool.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    tool.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    tool.setMenu(menu)
