"""What leads to companies, keys and practice: the first-run guide, the banner's way to a key, the connection bar."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop import texts
from desktop.domain.lifecycle import LinkState
from desktop.ui import dialogs
from desktop.ui.act import Act
from desktop.ui.desk import Desk
from desktop.ui.main_window import MainWindow
from desktop.ui.place import Place
from desktop.ui.window_state import WindowState

if TYPE_CHECKING:
    from desktop.services.views import CompanyRow
    from desktop.ui.company_dialog import CompanyForm
    from desktop.ui.preferences import PreferencesPage

_GUIDE_DONE = "guide.done"
_GUIDE_AT = "guide.at"
_START_OFFERED = "tray.start_offered"
_TRIES_AGAIN = frozenset({LinkState.RECONNECTING, LinkState.OFF, LinkState.SILENT})
_NEEDS_KEY = frozenset({LinkState.KEY_NEEDED, LinkState.KEY_REFUSED, LinkState.REFUSED})


class SettingUp:
    """Opens the right dialog or page where the connection needs a person."""

    def __init__(
        self,
        desk: Desk,
        window: MainWindow,
        act: Act,
        state: WindowState,
        preferences: Callable[[], PreferencesPage],
        on_practice: Callable[[], None],
    ) -> None:
        self._desk = desk
        self._window = window
        self._act = act
        self._state = state
        self._preferences = preferences
        self._on_practice = on_practice

    def on_connection_asked(self) -> None:
        """Do what helps in the connection's state: try again, ask for the key, or show the companies."""
        state = self._desk.link.status.state
        if state in _TRIES_AGAIN:
            self._desk.link.retry_now()
        elif state in _NEEDS_KEY:
            self.on_key_asked()
        else:
            self._window.go_to(Place.SETTINGS)

    def on_key_asked(self) -> None:
        """Ask for the key, or show the company whose key or address was refused."""
        self._act.start(self._ask_for_key(), "key")

    async def _ask_for_key(self) -> None:
        companies = await self._desk.companies.all()
        self._window.go_to(Place.SETTINGS)
        if not companies:
            return
        named = [row for row in companies if row.name == self._desk.link.status.company]
        row = (named or companies)[0]
        if self._desk.link.status.state is LinkState.KEY_NEEDED:
            self._preferences().start_giving_key(row)
        else:
            self._preferences().start_editing(row)

    async def choose_scenario(self) -> None:
        """Let the trainee choose what customs does in practice."""
        from desktop.ui.scenario_dialog import ScenarioDialog

        training = self._desk.training
        dialog = ScenarioDialog(training.rows(), training.playing, self._window)
        await dialogs.finished(dialog)
        if dialog.chosen:
            training.play(dialog.chosen)
            self.say_scenario()
            self._window.toast.say(texts.text("window.scenario.playing", title=self._title()))

    def say_scenario(self) -> None:
        """Name in the banner what is played."""
        if self._desk.is_practice:
            self._window.say_practice(self._title())

    def _title(self) -> str:
        training = self._desk.training
        return next((row.title for row in training.rows() if row.name == training.playing), training.playing)

    async def offer_guide(self) -> None:
        """Lead a newcomer, once: where there is no company yet, or from where the guide was left."""
        if self._desk.is_practice or self._state.value(_GUIDE_DONE):
            return
        if self._state.value(_GUIDE_AT) or not await self._desk.companies.all():
            self._act.start(self.guide(), "guide")

    async def guide(self) -> None:
        """Lead a newcomer to a first trip, from where he left off."""
        from desktop.ui.first_run import FirstRun, Step
        from desktop.ui.guide_page import LeftAt, left_at
        from desktop.ui.preferences import save_company

        guide: FirstRun

        async def save(form: CompanyForm) -> CompanyRow:
            return await save_company(self._desk, guide.saved, form)

        def keep(at: LeftAt) -> None:
            self._state.keep(_GUIDE_AT, at.kept() if at.step else "")
            self._state.save()

        at = left_at(self._state.value(_GUIDE_AT))
        saved = [row for row in await self._desk.companies.all() if row.id == at.company] if at.company else []
        sign_in = self._desk.sign_in
        guide = FirstRun(
            self._desk.keeper,
            save,
            self._desk.companies.test,
            self._window,
            at=at,
            saved=saved[0] if saved else None,
            keep=keep,
            can_start=sign_in.is_possible,
        )
        await dialogs.finished(guide)
        is_done = guide.step in {Step.CHOICE, Step.DONE} or guide.is_skipped
        if guide.step is Step.DONE:
            self._state.keep(_START_OFFERED, "yes")
        if is_done:
            self._state.keep(_GUIDE_AT, "")
            goes_on = guide.step is Step.CHOICE and guide.wants_practice
            self._state.keep(_GUIDE_DONE, "" if goes_on else "yes")
        self._state.save()
        if guide.wants_start:
            await sign_in.set_on(True)
        if guide.wants_practice:
            self._on_practice()
