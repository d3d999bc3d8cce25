"""The fast ways to a new trip, carried out: copy, way back, repeat, templates, and what was deleted comes back."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, SignalInstance
from PySide6.QtWidgets import QDialog, QWidget

from desktop import texts
from desktop.domain.documents import JSON
from desktop.domain.mirroring import Load
from desktop.services.edit_session import EditSession
from desktop.services.views import Changed, Subject, TemplateRow
from desktop.ui import dialogs
from desktop.ui.offer import Offer
from desktop.ui.open_trips.asks import HasPlace
from desktop.ui.reload import Reload
from desktop.ui.trips.new_menu import template_words
from desktop.ui.trips.template_dialog import NameDialog, TemplatesDialog
from desktop.ui.trips.way_back_dialog import WayBackDialog

if TYPE_CHECKING:
    from desktop.ui.shell import Shell

_MARKS = "to_confirm"


class Ways(QObject):
    """Joins list, menus and editors to the service that starts trips."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.window)  # which keeps it
        self._shell = shell
        self._desk = shell.desk
        self._rows: list[TemplateRow] = []
        joined: list[tuple[SignalInstance, Callable[[str], Coroutine[Any, Any, None]], str]] = [
            (shell.trips.bring_back_asked, self.bring_back, "bring_back")
        ]
        for page in (shell.board, shell.trips):
            joined += [
                (page.repeat_asked, self.repeat, "repeat"),
                (page.mirror_asked, self.mirror, "mirror"),
                (page.template_asked, self.keep, "keep_template"),
                (page.new_menu.template_asked, self.from_template, "from_template"),
            ]
            page.new_menu.manage_asked.connect(lambda: self._start(self.manage(), "templates"))
        for signal, work, name in joined:
            signal.connect(partial(self._start_with, work, name))
        shell.trips.filters.carrier_chosen.connect(shell.carriers.choose)
        shell.carriers.chosen_changed.connect(self._show_templates)
        shell.act.on_editor.append(self._on_editor)
        shell.offers.append(self.offers)
        self._reload = Reload(self._desk.keeper, self._read, "templates.read")
        self._leave = self._desk.changes.subscribe(self._on_changed)
        shell.window.destroyed.connect(self._leave)
        self._reload.ask()

    def _start(self, work: Coroutine[Any, Any, None], name: str) -> None:
        self._shell.act.start(work, name)

    def _start_with(self, work: Callable[[str], Coroutine[Any, Any, None]], name: str, what: str) -> None:
        self._shell.act.start_on(what, work, name)

    @property
    def _over(self) -> QWidget:
        """The window in front: an editor may stand in one of its own."""
        return self._shell.act.trips.front

    # Starting

    async def repeat(self, trip_id: str) -> None:
        """Start the same trip again on the next day it can go, and open it."""
        await self._show(await self._desk.starting.repeat(trip_id))

    async def mirror(self, trip_id: str) -> None:
        """Start the way back and open it; what comes back is asked where the trip has goods."""
        row = (await self._desk.lookups.trip(trip_id)).row
        load: Load | None = Load.NOTHING
        if row.shipments:
            dialog = WayBackDialog(row.number or texts.text("window.no_number"), row.regime, self._over)
            await dialogs.finished(dialog)
            load = dialog.chosen
        if load is not None:
            await self._show(await self._desk.starting.mirror(trip_id, load))

    async def from_template(self, template_id: str) -> None:
        """Start a trip from a template; one of another carrier than the one shown only after a question."""
        row = next((one for one in await self._desk.starting.templates() if one.id == template_id), None)
        chosen, names = self._shell.carriers.chosen, self._shell.carriers.names
        if row is not None and chosen is not None and row.company != chosen.id:
            whose = names.get(row.company, texts.text("ways.template.nobody"))
            is_meant = await dialogs.ask(
                self._over,
                texts.text("ways.template.other_carrier", name=row.name, carrier=whose),
                texts.text("ways.template.other_carrier.text", carrier=whose, shown=chosen.name),
                accept=texts.text("ways.template.other_carrier.yes", carrier=whose),
                reject=texts.text("window.dialog.cancel"),
                is_grave=True,
            )
            if not is_meant:
                return
        await self._show(await self._desk.starting.from_template(template_id))

    async def _show(self, session: EditSession) -> None:
        await self._shell.act.open(session.trip_id)
        said = session.local.get("started_from")
        marks = session.local.get(_MARKS)
        if isinstance(said, str) and isinstance(marks, list) and marks:
            self._shell.window.toast.say(
                texts.text("ways.row.started", what=said, count=len(marks)),
                action=texts.text("ways.confirm.all_short"),
                on_action=partial(self._confirm_open, session.trip_id),
            )

    def _confirm_open(self, trip_id: str) -> None:
        trip = self._shell.act.trips.find(trip_id)  # it may have been closed and opened again since
        if trip is not None and trip.session is not None:
            _confirm_all(trip.session)

    # Templates

    async def keep(self, trip_id: str) -> None:
        """Keep a trip as a template under a name that is asked for."""
        detail = await self._desk.lookups.trip(trip_id)
        row = detail.row
        same = [one for one in await self._desk.starting.templates(row.company) if one.regime is row.regime]
        title = texts.text("ways.template.keep", trip=row.number or texts.text("window.no_number"))
        accept = texts.text("ways.template.keep.yes")
        dialog = NameDialog(title, _suggested(detail.document), [one.name for one in same], accept, self._over)
        if await dialogs.finished(dialog) != QDialog.DialogCode.Accepted:
            return
        kept = await self._desk.starting.keep_template(trip_id, dialog.name)
        self._shell.window.toast.say(
            texts.text("ways.template.kept", name=kept.name),
            action=texts.text("window.undo"),
            on_action=lambda: self._start(self._desk.starting.remove_template(kept.id), "remove_template"),
        )

    async def manage(self) -> None:
        """Show the templates: start from one, rename, remove."""
        await self._read()
        rows, names = self._offered(), self._shell.carriers.names
        dialog = TemplatesDialog(self._desk.starting, rows, names, self._shell.act.start, self._over)
        await dialogs.finished(dialog)
        if dialog.chosen:
            await self.from_template(dialog.chosen)

    async def _read(self) -> None:
        self._rows = await self._desk.starting.templates()
        self._show_templates()

    def _offered(self) -> list[TemplateRow]:
        """The carrier's that is shown; of all where all are."""
        chosen = self._shell.carriers.chosen
        return [row for row in self._rows if chosen is None or row.company in {chosen.id, ""}]

    def _named_carriers(self) -> Mapping[str, str]:
        """Whose a template is needs no word where one carrier is shown."""
        return {} if self._shell.carriers.chosen is not None else self._shell.carriers.names

    def _show_templates(self) -> None:
        for page in (self._shell.board, self._shell.trips):
            page.new_menu.show_templates(self._offered(), self._named_carriers())

    def _on_changed(self, changed: Changed) -> None:
        if changed.subject in {Subject.TEMPLATE, Subject.COMPANY}:
            self._reload.ask()

    # Deleted trips

    async def bring_back(self, trip_id: str) -> None:
        """Bring a deleted trip back into the list."""
        number = (await self._desk.lookups.trip(trip_id)).row.number or texts.text("window.no_number")
        await self._desk.editing.undelete(trip_id)
        self._shell.window.toast.say(
            texts.text("ways.brought_back", trip=number),
            action=texts.text("ways.open_it"),
            on_action=lambda: self._start(self._shell.act.open(trip_id), "open"),
        )

    # Editors

    def _on_editor(self, editor: QWidget) -> None:
        add = getattr(editor, "add_menu_entry", None)
        session: EditSession | None = getattr(editor, "session", None)
        if add is None or session is None:
            return
        trip_id = session.trip_id
        here, every = partial(_confirm_here, editor, session), partial(_confirm_all, session)
        add(texts.text("ways.confirm.here"), here, "Ctrl+Shift+Y", "check", applies=lambda: _is_marked(editor, session))
        add(texts.text("ways.confirm.all"), every, "Ctrl+Shift+A", "check", applies=lambda: bool(_marks(session)))
        for key, work, icon in (
            ("repeat", self.repeat, "history"),
            ("mirror", self.mirror, "mirror"),
            ("template", self.keep, "bookmark"),
        ):
            add(texts.text(f"ways.editor.{key}"), partial(self._start_with, work, key, trip_id), "", icon)

    def offers(self) -> list[Offer]:
        """Return every template as an action, for the command palette."""
        names = self._named_carriers()
        return [
            Offer(
                texts.text("ways.offer.template", template=template_words(row, names)),
                partial(self._start_with, self.from_template, "from_template", row.id),
                icon="bookmark",
            )
            for row in self._offered()
        ] + [Offer(texts.text("ways.new.manage"), lambda: self._start(self.manage(), "templates"), icon="bookmark")]


def _marks(session: EditSession) -> list[JSON]:
    marks = session.local.get(_MARKS)
    return marks if isinstance(marks, list) else []


def _here(editor: object) -> str:
    """Return the field with the caret."""
    return editor.place()[0] if isinstance(editor, HasPlace) else ""


def _is_marked(editor: QWidget, session: EditSession) -> bool:
    return _here(editor) in _marks(session)


def _confirm_all(session: EditSession) -> None:
    """Everything taken over is still right."""
    if _marks(session):
        session.set_local(_MARKS, [])


def _confirm_here(editor: QWidget, session: EditSession) -> None:
    """What the field with the caret took over is still right."""
    if _is_marked(editor, session):
        pointer = _here(editor)
        session.set_local(_MARKS, [mark for mark in _marks(session) if mark != pointer])


def _suggested(document: object) -> str:
    """Return a name for a template: the first shipment's consignee."""
    shipments = document.get("shipments") if isinstance(document, dict) else None
    first = shipments[0] if isinstance(shipments, list) and shipments else None
    consignee = first.get("consignee") if isinstance(first, dict) else None
    name = consignee.get("name") if isinstance(consignee, dict) else None
    return name if isinstance(name, str) else ""
