"""The window put together: pages, what they ask for, tray, first run. Program, tour and tests start here."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from desktop import texts
from desktop.domain.lifecycle import Regime
from desktop.ui import theme
from desktop.ui.act import Act
from desktop.ui.bridge import Bridge
from desktop.ui.carriers import Carriers
from desktop.ui.choices import Choices
from desktop.ui.desk import Desk
from desktop.ui.main_window import MainWindow, MakePage
from desktop.ui.place import Place
from desktop.ui.reload import Reload
from desktop.ui.setting_up import SettingUp
from desktop.ui.window_state import WindowState

if TYPE_CHECKING:
    # Pages, tray and editors are imported on use: the first window comes sooner, and with nothing it does not show.
    from desktop.services.edit_session import EditSession
    from desktop.ui.board.page import BoardPage
    from desktop.ui.inbox.page import InboxPage
    from desktop.ui.offer import Offer
    from desktop.ui.preferences import PreferencesPage
    from desktop.ui.tray.beside import Beside
    from desktop.ui.tray.icon import Tray
    from desktop.ui.trips.page import TripsPage

_MINUTE_MS = 60_000
_HAVE_OWN_FIND = frozenset({Place.DRIVERS, Place.EQUIPMENT, Place.PARTNERS})


class Stop(StrEnum):
    """Why the window ends."""

    QUIT = "quit"
    TO_PRACTICE = "to_practice"
    TO_REAL = "to_real"
    PUT_BACK = "put_back"
    LANGUAGE = "language"


def trip_editor(desk: Desk, shell: Shell, session: EditSession, parent: QWidget) -> QWidget:
    """Return the editor of a trip, joined to the window. Loaded when a trip is first opened."""
    from desktop.ui.carrier_strip import offer_carrier
    from desktop.ui.editors.trip import TripEditor

    editor = TripEditor(desk, session, parent)
    if not session.company:
        offer_carrier(editor, lambda: shell.act.start(shell.act.give_open(session.trip_id), "give"))
    editor.back_requested.connect(shell.act.back)
    editor.send_requested.connect(lambda trip_id: shell.act.start_on(trip_id, shell.act.send, "send"))
    editor.print_requested.connect(lambda trip_id: shell.act.start_on(trip_id, shell.act.print_sheet, "print"))
    return editor


class Shell:
    """One desk, one window.

    Attributes:
        desk: the program below the window.
        window: the main window; not shown until `show`.
        act: what is done when a page asks.
        on_stop: called when the window is to end, with the reason.
        offers: called for what can be done anywhere in the window, for the command palette.
    """

    def __init__(
        self,
        desk: Desk,
        state: WindowState,
        choices: Choices,
        on_stop: Callable[[Stop], None],
        *,
        make_editor: Callable[[Desk, Shell, EditSession, QWidget], QWidget] = trip_editor,
    ) -> None:
        self.on_stop = on_stop
        self.choices = choices
        self.offers: list[Callable[[], list[Offer]]] = []
        self.state = state
        self.desk = self._desk = desk
        self._stopped = 0
        self.bridge = Bridge(desk.changes)
        pages: dict[Place, MakePage] = {
            Place.CROSSINGS: self._make_board,
            Place.TRIPS: self._make_trips,
            Place.SHIPMENTS: self._make_tracker,
            Place.DRIVERS: partial(self._make_library, "driver"),
            Place.EQUIPMENT: self._make_equipment,
            Place.PARTNERS: partial(self._make_library, "partner"),
            Place.INBOX: self._make_inbox,
            Place.SETTINGS: self._make_preferences,
        }
        self.window = MainWindow(desk, self.bridge, pages, state)
        self.carriers = Carriers(state, self.window)
        self.act = Act(desk, self.window, self.carriers, state, partial(make_editor, desk, self))
        self.setting_up = SettingUp(
            desk, self.window, self.act, state, lambda: self.preferences, lambda: self.on_stop(Stop.TO_PRACTICE)
        )
        self._companies = Reload(desk.keeper, self._read_companies, "shell.companies")
        self._minute = QTimer(self.window)
        self._minute.setObjectName("minute")
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self._on_minute)
        self._connect()

    # Pages

    def _make_board(self, parent: QWidget) -> QWidget:
        from desktop.ui.board.page import BoardPage

        page = BoardPage(self._desk, self.bridge, parent)
        self._join_list(page)
        page.counted.connect(self._on_counted)
        page.show_carriers({}, self.carriers.kept)
        return page

    def _join_list(self, page: BoardPage | TripsPage) -> None:
        page.new_asked.connect(self.new)
        for signal, work, name in (
            (page.open_asked, self.act.open, "open"),
            (page.copy_asked, self.act.copy, "copy"),
            (page.delete_asked, self.act.delete, "delete"),
            (page.print_asked, self.act.print_sheet, "print"),
            (page.send_asked, self.act.send, "send"),
        ):
            signal.connect(partial(self.act.start_on, work=work, name=name))

    def _make_tracker(self, parent: QWidget) -> QWidget:
        from desktop.ui.tracker.page import TrackerPage

        return TrackerPage(self._desk, self.bridge, parent)

    def _make_trips(self, parent: QWidget) -> QWidget:
        from desktop.ui.trips.page import TripsPage

        page = TripsPage(self._desk, self.bridge, parent)
        self._join_list(page)
        page.show_carriers(self.carriers.names, self.carriers.kept)
        return page

    def _make_inbox(self, parent: QWidget) -> QWidget:
        from desktop.ui.inbox.page import InboxPage
        from desktop.ui.inbox.reader_actions import ReaderActions

        page = InboxPage(self._desk, self.bridge, self.window.toast, parent)
        ReaderActions(self, page)
        page.show_carrier(self.carriers.kept)
        page.reload.ask()
        return page

    def _make_library(self, kind: str, parent: QWidget) -> QWidget:
        from desktop.ui.editors.library_page import LibraryPage

        page = LibraryPage(self._desk, kind, parent)
        page.trip_wanted.connect(lambda trip_id: self.act.start(self.act.open(trip_id), "open"))
        return page

    def _make_equipment(self, parent: QWidget) -> QWidget:
        from desktop.ui.equipment import EquipmentPage

        page = EquipmentPage(self._desk, parent)
        page.trip_wanted.connect(lambda trip_id: self.act.start(self.act.open(trip_id), "open"))
        return page

    def _make_preferences(self, parent: QWidget) -> QWidget:
        from desktop.ui.preferences import PreferencesPage

        page = PreferencesPage(self._desk, self.bridge, self.choices, parent)
        page.choices_changed.connect(self.apply_choices)
        page.put_back_asked.connect(lambda: self.on_stop(Stop.PUT_BACK))
        page.language_changed.connect(lambda: self.on_stop(Stop.LANGUAGE))
        page.switch_asked.connect(lambda: self.on_stop(Stop.TO_REAL if self._desk.is_practice else Stop.TO_PRACTICE))
        page.scenario_asked.connect(self.window.scenario_asked)
        page.reload.ask()
        return page

    @property
    def board(self) -> BoardPage:
        """The crossings: what goes to the border today, and whether it may."""
        from desktop.ui.board.page import BoardPage

        page = self.window.page(Place.CROSSINGS)
        assert isinstance(page, BoardPage)  # noqa: S101 - made just above
        return page

    @property
    def trips(self) -> TripsPage:
        """The list of trips."""
        from desktop.ui.trips.page import TripsPage

        page = self.window.page(Place.TRIPS)
        assert isinstance(page, TripsPage)  # noqa: S101 - made just above
        return page

    @property
    def inbox(self) -> InboxPage:
        """The inbox."""
        from desktop.ui.inbox.page import InboxPage

        page = self.window.page(Place.INBOX)
        assert isinstance(page, InboxPage)  # noqa: S101 - made just above
        return page

    @property
    def preferences(self) -> PreferencesPage:
        """The settings."""
        from desktop.ui.preferences import PreferencesPage

        page = self.window.page(Place.SETTINGS)
        assert isinstance(page, PreferencesPage)  # noqa: S101 - made just above
        return page

    @cached_property
    def beside(self) -> Beside:
        """Window and tray together."""
        from desktop.ui.tray.beside import Beside

        made = Beside(self)
        made.tray.set_stopped(self._stopped)
        return made

    @property
    def tray(self) -> Tray:
        """The program beside the clock."""
        return self.beside.tray

    def end(self) -> None:
        """End the program without asking."""
        self.on_stop(Stop.QUIT)

    # Joining

    def _connect(self) -> None:
        window = self.window
        window.new_asked.connect(self._on_new_asked)
        window.find_asked.connect(self._on_find_asked)
        window.place_shown.connect(self._on_place_shown)
        window.quit_asked.connect(lambda: self.beside.quit())  # noqa: PLW0108 - made on use
        window.close_asked.connect(lambda: self.beside.closed())  # noqa: PLW0108 - made on use
        window.about_asked.connect(lambda: window.go_to(Place.SETTINGS))
        window.leave_practice_asked.connect(lambda: self.on_stop(Stop.TO_REAL))
        window.scenario_asked.connect(lambda: self.act.start(self.setting_up.choose_scenario(), "scenario"))
        window.key_asked.connect(self.setting_up.on_key_asked)
        window.bar.connection_asked.connect(self.setting_up.on_connection_asked)
        window.bar.waiting_asked.connect(lambda: window.go_to(Place.TRIPS))
        window.bar.company_asked.connect(lambda: self.carriers.pop(window.bar.company))
        self.carriers.settings_asked.connect(lambda: window.go_to(Place.SETTINGS))
        self.carriers.chosen_changed.connect(self._show_carriers)
        self.bridge.company_changed.connect(self._companies.ask)
        self.bridge.inbox_changed.connect(self._on_inbox_changed)

    async def prepare(self) -> None:
        """Read what the first paint shows, the rows of one list; nothing here loads keys, sockets or wire models."""
        place = self.window.last_place()
        if place is Place.INBOX:
            await self.inbox.read_rows()
        elif place is Place.TRIPS:
            await self.trips.reload.now()
        else:
            place = Place.CROSSINGS
            await self.board.reload.now()
        self.window.go_to(place)

    def show(self, *, is_minimised: bool = False) -> None:
        """Show the window; started minimised only where there is no tray to stay in."""
        if not is_minimised:
            self.window.show()
        elif not self.tray.is_available():
            self.window.showMinimized()
        self._minute.start()

    async def start(self) -> None:
        """After the first paint: the message in the reader, tray, counts, first-run guide."""
        from desktop.ui.features import join_all

        if self.window.place is Place.INBOX:
            self.inbox.open_current()
        self.window.bar.go_live()
        join_all(self)
        await self._read_companies()
        await self.act.trips.restore()
        if self.window.place is not Place.CROSSINGS:
            self.board.reload.ask()  # rail and tray say how many need a person, whatever is on show
        await self.tray.start()
        await self._count_inbox()
        self.apply_choices()
        remarks = self.choices.remarks()
        if remarks:
            self.window.toast.say("\n".join(remarks), is_failure=True)  # stays until it is read
        self.setting_up.say_scenario()
        await self.setting_up.offer_guide()

    async def stop(self) -> None:
        """Save what is open and hide; the widgets stay until `dispose`, since tasks may still read for them."""
        self._minute.stop()
        self.window.bar.stop()
        self.window.keep_place()
        self.window.hide()
        self.tray.stop()
        await self.tray.leave_bus()
        await self.act.leave()
        for page in self.window.made_pages():
            closes = getattr(page, "close_record", None)
            if closes is not None:
                await closes()
        self.bridge.close()

    def dispose(self) -> None:
        """Take the widgets away; no task may use them any more."""
        self.tray.deleteLater()
        self.window.deleteLater()

    def apply_choices(self) -> None:
        """Follow what the user chose about the window."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, self.choices.scheme)
        self.act.paper = self.choices.paper
        self.beside.apply_choices()

    async def _read_companies(self) -> None:
        self.carriers.show(await self._desk.companies.all())
        self._show_carriers()

    def _show_carriers(self) -> None:
        """Title, bar and both lists follow the carrier that is shown."""
        chosen = self.carriers.chosen
        self.window.show_companies(self.carriers.rows, chosen)
        company = "" if chosen is None else chosen.id
        self.board.show_carriers(self.carriers.names, company)
        if self.window.has_page(Place.TRIPS):
            self.trips.show_carriers(self.carriers.names, company)
        if self.window.has_page(Place.INBOX):
            self.inbox.show_carrier(company)

    async def _count_inbox(self) -> None:
        unread = sum((await self._desk.inbox.unread_counts()).values())
        self.window.set_count(Place.INBOX, unread, "", texts.text("window.rail.unread", count=unread))

    def _on_inbox_changed(self) -> None:
        self.act.start(self._count_inbox(), "count")

    def _on_counted(self, number: int) -> None:
        self.window.set_count(Place.CROSSINGS, number, "stop", texts.text("board.rail", count=number))
        self._stopped = number
        if "beside" in self.__dict__:  # made after the first paint
            self.tray.set_stopped(number, [row.trip for row in self.board.keeping.rows() if row.needs_person])

    def _on_minute(self) -> None:
        for page in self.window.made_pages():
            getattr(page, "tick", lambda: None)()

    # What the window and the tray ask for

    def new(self, regime: Regime) -> None:
        """Start an empty trip."""
        self.act.start(self.act.new(regime), "new")

    def _on_new_asked(self) -> None:
        self.window.come_forward()
        if self.window.place is Place.TRIPS:
            self.window.go_to(Place.TRIPS)
            self.trips.offer_new()
        else:
            self.window.go_to(Place.CROSSINGS)
            self.board.offer_new()

    def _on_place_shown(self, place: Place) -> None:
        self.window.find_action.setEnabled(place not in _HAVE_OWN_FIND)  # else Qt finds Ctrl+F ambiguous there

    def _on_find_asked(self) -> None:
        page = self.window.stack.currentWidget()
        search = getattr(page, "focus_search", None)
        if callable(search):
            search()

    def raise_window(self) -> None:
        """Bring the window to the front, from the tray or a second start."""
        self.window.come_forward()

    def show_report(self, report: str) -> None:
        """Show the report of a mistake, soon: what failed may be in the middle of a paint or a change of focus."""
        QTimer.singleShot(0, self.window, lambda: self._open_report(report))

    def _open_report(self, report: str) -> None:
        from desktop.ui.crash_dialog import CrashDialog

        dialog = CrashDialog(report, self.window if self.window.isVisible() else None)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
