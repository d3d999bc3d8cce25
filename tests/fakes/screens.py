"""Every window, page, editor and dialog of the program, by name: for walks by Tab, by screen reader and by camera.

A new dialog is added to `DIALOGS` with one line that makes it over an open window; `test_screens` fails until it is.
A new page of the rail is found by itself, a new tab of the trip editor too.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import date
from typing import Any, NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget

import desktop.ui
from desktop.clock import new_id
from desktop.domain.codes import code_list
from desktop.domain.fields import ENVELOPE, Field, Kind, fields_of, path_for
from desktop.domain.lifecycle import Customs, Delivery, Regime, Verdict
from desktop.services.edit_session import EditSession
from desktop.services.views import LibraryRow, ReadinessView
from desktop.ui.intake.table_dialog import Step
from desktop.ui.place import Place
from desktop.validation import Checker
from desktop.validation.facts import CompanyFacts, Facts
from fakes import desk_sample as sample
from fakes import screens_intake, screens_printing, screens_recovery, screens_sending, screens_watch
from fakes.desk import FakeDesk, FakeEditing
from fakes.window import Opened, until

KINDS = ("driver", "truck", "trailer", "partner")
IN_BOND = {Regime.ACE: "IN_BOND", Regime.ACI: "IN_BOND"}


def full(regime: Regime, words: str = "Sample words", *, shipments: int = 2) -> dict[str, Any]:
    """Return a trip in which every field of the field table has a value; the last shipment moves in bond."""
    document: Any = {"data": f"{regime}_TRIP"}
    for field in fields_of(regime):
        path = path_for(field, regime)
        if path is None or field.kind in {Kind.OBJECT, Kind.ARRAY, Kind.CONST} or field.name in ENVELOPE:
            continue
        for number in range(shipments) if path.startswith("/shipments/") else (0,):
            place = path.replace("*", str(number), 1) if path.startswith("/shipments/") else path
            document = _with(document, place.replace("*", "0"), _value(field, words))
    if shipments:
        for shipment in document["shipments"]:
            shipment["data"] = f"{regime}_SHIPMENT"
        document["shipments"][-1]["type" if regime is Regime.ACE else "shipmentType"] = IN_BOND[regime]
    return document


def _with(document: Any, path: str, value: Any) -> Any:
    steps = path.split("/")[1:]
    here = document
    for number, step in enumerate(steps[:-1]):
        following: Any = [] if steps[number + 1].isdigit() else {}
        if isinstance(here, list):
            while len(here) <= int(step):
                here.append(type(following)())
            here = here[int(step)]
        else:
            here = here.setdefault(step, following)
    if isinstance(here, list):
        here.append(value)
    else:
        here[steps[-1]] = value
    return document


def _value(field: Field, words: str) -> Any:
    """Return a value of a field: what its limits let through, and foreign words where it takes any."""
    match field.kind:
        case Kind.BOOLEAN:
            return True
        case Kind.NUMBER | Kind.INTEGER:
            return 1500
        case Kind.NUMBER_TEXT:
            return "1500"
        case Kind.DIGITS:
            return "123456789"[: field.maximum or 9]
        case Kind.DATE:
            return "2027-01-31"
        case Kind.DATETIME:
            return "2026-11-25 13:45:00"
        case Kind.TEXT_ARRAY:
            return ["SEAL1001", "SEAL1002"]
        case _ if field.codes and len(code_list(field.codes)):
            return next(iter(code_list(field.codes).search("", 1))).code
        case _:
            return words


def hostile_library(words: str) -> list[LibraryRow]:
    """Return a record of each kind in which every text is `words`."""
    made = []
    for number, kind in enumerate(KINDS):
        trip = full(Regime.ACE, words, shipments=1)
        document = {
            "driver": trip["drivers"][0],
            "truck": trip["truck"],
            "trailer": trip["trailers"][0],
            "partner": trip["shipments"][0]["consignee"],
        }[kind]
        made.append(
            LibraryRow(
                f"screen-{number}", 1, sample.COMPANY, kind, f"{words}{number}", words, words, document, {}, True
            )
        )
    return made


class ScreensDesk(FakeDesk):
    """A desk whose trips are checked by the real rules: the last two have a value in every field.

    Attributes:
        ids: of these two, by their regime.
    """

    def __init__(self, words: str = "Sample words", **more: Any) -> None:
        super().__init__(**more)
        self.editing = CheckedEditing(self)
        self.ids: dict[Regime, str] = {regime: self._add(regime, words) for regime in Regime}

    def _add(self, regime: Regime, words: str) -> str:
        made = sample.StoredTrip(
            new_id(self.clock.now()), regime, full(regime, words), {}, Delivery.NOT_SENT, Customs.NONE,
            ReadinessView(Verdict.WAIT, None, ()), errors=5,
        )  # fmt: skip
        self.stored.append(made)
        return made.id


class CheckedEditing(FakeEditing):
    """Opens trips in the program's own edit session."""

    async def open(self, trip_id: str) -> Any:
        """Return a session that saves nowhere."""
        desk = self._desk
        trip = desk.find(trip_id)

        async def save(session: EditSession, _tail: object) -> int:
            trip.document, trip.local = dict(session.document), dict(session.local)  # type: ignore[arg-type]
            return session.version + 1

        return EditSession(
            trip_id=trip_id,
            regime=trip.regime,
            company=trip.company,
            version=1,
            document=trip.document,
            local=trip.local,
            save=save,
            checker=Checker(),
            facts=lambda _session: Facts(
                now=desk.clock.now(), company=CompanyFacts(scacs=("AAAA",), carrier_codes=("1234",))
            ),
            clock=desk.clock,
            keeper=desk.keeper,
        )


# Screens


class Screen(NamedTuple):
    """Something that can be shown.

    Attributes:
        name: for reports and file names.
        show: shows it in an open window and returns the widget to look at.
        is_dialog: whether it stands over the window and is closed afterwards.
    """

    name: str
    show: Callable[[Opened], Awaitable[QWidget]]
    is_dialog: bool = False


def pages() -> list[Screen]:
    """Return every page of the rail, and the editor of each kind of the library."""
    made = [Screen(f"page-{place.value}", _to_place(place)) for place in Place]
    return made + [Screen(f"library-{kind}", _to_record(kind)) for kind in KINDS]


def _to_place(place: Place) -> Callable[[Opened], Awaitable[QWidget]]:
    async def show(it: Opened) -> QWidget:
        it.window.go_to(place)
        await it.settle(20)
        return it.window

    return show


def _to_record(kind: str) -> Callable[[Opened], Awaitable[QWidget]]:
    async def show(it: Opened) -> QWidget:
        place = {"driver": Place.DRIVERS, "partner": Place.PARTNERS}.get(kind, Place.EQUIPMENT)
        it.window.go_to(place)
        page: Any = it.window.page(place)
        if place is Place.EQUIPMENT:
            part = page.trucks if kind == "truck" else page.trailers
            page.tabs.setCurrentWidget(part)
            page = part
        rows = await it.desk.library.items(kind)
        page.open(rows[-1])
        await it.settle(20)
        return it.window

    return show


def editors(regime: Regime) -> list[Screen]:
    """Return every tab of the trip editor over a trip with everything in it, and each of its shipments."""
    from desktop.ui.editors.tabs import TABS

    made = [Screen(f"editor-{regime.lower()}-{name}", _to_tab(regime, name)) for name in TABS]
    return made + [Screen(f"editor-{regime.lower()}-shipment-{n + 1}", _to_tab(regime, "shipments", n)) for n in (0, 1)]


def _to_tab(regime: Regime, tab: str, shipment: int = -1) -> Callable[[Opened], Awaitable[QWidget]]:
    async def show(it: Opened) -> QWidget:
        from desktop.ui.editors.tabs import TABS

        await it.shell.act.open(it.desk.ids[regime])
        editor: Any = it.window.editor
        if shipment >= 0:
            editor.open_shipment(shipment)
        else:
            editor.show_tab(TABS.index(tab))
        await it.settle(20)
        editor.page.check_all()
        editor.shipments.check_everything()
        await it.settle(10)
        return it.window

    return show


def _dialog(module: str, name: str, *arguments: Callable[[Opened], Any], **more: Any) -> Callable[[Opened], QDialog]:
    def make(it: Opened) -> QDialog:
        made = getattr(importlib.import_module(f"desktop.ui.{module}"), name)(*(give(it) for give in arguments), **more)
        assert isinstance(made, QDialog)
        return made

    return make


def _guide(step: int) -> Callable[[Opened], QDialog]:
    def make(it: Opened) -> QDialog:
        from desktop.ui.first_run import FirstRun, Step

        guide = FirstRun(it.desk.keeper, _nothing, _nothing, it.window)
        guide.connect_now.radio.setChecked(step > 0)
        guide.go(Step(step))
        return guide

    return make


def _window(it: Opened) -> QWidget:
    return it.window


def _keeper(it: Opened) -> Any:
    return it.desk.keeper


def _just(value: Any) -> Callable[[Opened], Any]:
    return lambda _it: value


async def _nothing(*_anything: object) -> Any:
    return None


def _add_record(kind: str) -> Callable[[Opened], QDialog]:
    def make(it: Opened) -> QDialog:
        from desktop.ui.editors.add_dialog import AddDialog
        from desktop.ui.editors.record import RecordSession

        return AddDialog(it.desk, RecordSession(it.desk, kind, None, company="", words="Sample words"), it.window)

    return make


async def _send_plan(it: Opened) -> QDialog:
    from desktop.ui.send_plan import SendPlan

    ready = next(trip for trip in it.desk.stored if not trip.errors)
    return SendPlan(await it.desk.submit.preview(ready.id), ready.regime, it.window)


async def _doubt(it: Opened) -> QDialog:
    from desktop.ui.doubt_dialog import DoubtDialog

    doubtful = next(trip for trip in it.desk.stored if trip.delivery is Delivery.NOT_SURE)
    doubt = await it.desk.doubts.of(doubtful.id)
    assert doubt is not None
    return DoubtDialog(doubt, parent=it.window)


def _range(ends: tuple[str, str] | None) -> Callable[[Opened], Awaitable[QDialog]]:
    async def make(it: Opened) -> QDialog:
        from desktop.ui.numbers.range_dialog import RangeDialog

        numbers = it.desk.numbering
        row = await numbers.add(sample.COMPANY, Regime.ACI, "control", *ends) if ends else None
        drivers = [one for one in it.desk.all_library if one.kind == "driver"]
        return RangeDialog(numbers, it.desk.keeper, sample.COMPANY, drivers, row, it.window)

    return make


async def _labels(it: Opened) -> QDialog:
    from desktop.ui.labels.dialog import LabelsDialog

    await it.desk.numbering.add(sample.COMPANY, Regime.ACI, "control", "1234PARS001001", "1234PARS001500")
    printing = it.shell.act.printing
    dialog = LabelsDialog(it.desk, printing, printing._state, it.desk.all_companies, it.window)
    await dialog.reload.now()
    return dialog


async def _ranges(it: Opened) -> QDialog:
    from desktop.ui.numbers.ranges_dialog import RangesDialog

    for regime, first, last in ((Regime.ACE, "AAAA1001", "AAAA1500"), (Regime.ACI, "1234T1001", "1234T1500")):
        await it.desk.numbering.add(sample.COMPANY, regime, "trip", first, last)
    dialog = RangesDialog(it.desk, it.desk.all_companies, sample.COMPANY, it.window)
    await dialog.reload.now()
    return dialog


def _sticker(it: Opened) -> QDialog:
    from desktop.ui.numbers.sticker import Labelled, StickerDialog

    shipments = [Labelled("1234PARS100017", "Sample words"), Labelled("", "")]
    dialog = StickerDialog("1234T1001", shipments, 0, it.window)
    dialog.line.edit.setText("1234PARS1O0017")
    dialog.check()
    return dialog


def _palette(it: Opened) -> QDialog:
    from desktop.ui.palette.join import Opener

    opener = it.window.findChild(Opener)
    assert isinstance(opener, Opener)
    return opener.open(it.window)


async def _goods(it: Opened) -> QDialog:
    from desktop.ui.editors.goods_dialog import GoodsDialog

    return GoodsDialog(it.desk, "Art Place", await it.desk.goods.of_partner("Art Place"), it.window)


def _reason(it: Opened) -> QDialog:
    from desktop.ui.editors.override import ReasonDialog
    from desktop.ui.editors.problem import Group, Problem

    return ReasonDialog(Problem("/tripNumber", Group.MUST, "Trip number", "Sample sentence"), it.window)


async def _templates(it: Opened) -> QDialog:
    from desktop.ui.trips.template_dialog import TemplatesDialog

    trip = it.desk.stored[0]
    await it.desk.starting.keep_template(trip.id, "Sample template")
    rows = await it.desk.starting.templates()
    return TemplatesDialog(it.desk.starting, rows, {}, it.shell.act.start, it.window)


MakeDialog = Callable[[Opened], Any]

DIALOGS: dict[str, tuple[MakeDialog, ...]] = {
    "carriers.CarrierDialog": (
        _dialog("carriers", "CarrierDialog", lambda it: it.desk.all_companies, _just("Why"), _window),
    ),
    "company_dialog.CompanyDialog": (
        _dialog("company_dialog", "CompanyDialog", _keeper, _just(_nothing), _just(_nothing), _just(None), _window),
        _dialog(
            "company_dialog", "CompanyDialog", _keeper, _just(_nothing), _just(_nothing),
            lambda it: it.desk.all_companies[0], _window,
        ),
    ),
    "company_dialog.KeyDialog": (
        _dialog("company_dialog", "KeyDialog", lambda it: it.desk.all_companies[0].name, _window),
    ),
    "inbox.days_dialog.DaysDialog": (
        _dialog("inbox.days_dialog", "DaysDialog", _just(date(2026, 11, 20)), _just(date(2026, 11, 24)),
                _just(date(2026, 11, 24)), _window),
    ),
    "crash_dialog.CrashDialog": (_dialog("crash_dialog", "CrashDialog", _just("A report"), _window),),
    "doubt_dialog.DoubtDialog": (_doubt,),
    "editors.add_dialog.AddDialog": tuple(_add_record(kind) for kind in KINDS),
    "editors.erase_dialog.EraseDialog": (screens_recovery.erase, screens_recovery.erase_in_the_way),
    "editors.goods_dialog.GoodsDialog": (_goods,),
    "editors.override.ReasonDialog": (_reason,),
    "first_run.FirstRun": tuple(_guide(step) for step in range(4)),
    "hand_over.HandOver": (_dialog("hand_over", "HandOver", lambda it: it.desk.clock),),
    "evidence.dialog.EvidenceDialog": (_dialog("evidence.dialog", "EvidenceDialog", _just("AAAA1"), _window),),
    "intake.messages_dialog.MessagesDialog": (screens_intake.messages,),
    "intake.table_dialog.TableDialog": tuple(screens_intake.table(step) for step in Step),
    "intake.table_export.ExportDialog": (screens_intake.export,),
    "numbers.range_dialog.RangeDialog": (_range(None), _range(("1234PARS100001", "1234PARS100500"))),
    "labels.dialog.LabelsDialog": (_labels,),
    "numbers.ranges_dialog.RangesDialog": (_ranges,),
    "numbers.sticker.StickerDialog": (_sticker,),
    "numbers.used_dialog.UsedDialog": (
        _dialog("numbers.used_dialog", "UsedDialog", lambda it: it.desk.numbering, _keeper, _just(sample.COMPANY),
                _just(None), _window),
    ),
    "palette.dialog.Palette": (_palette,),
    "printing.batch_dialog.BatchDialog": (screens_printing.batch, screens_printing.batch_done),
    "printing.mail.ToDialog": (screens_printing.to,),
    "printing.mail.UnopenedDialog": (screens_printing.unopened,),
    "printing.preview.PrintPreview": (screens_printing.preview,),
    "recovery.RecoveryDialog": (screens_recovery.recovery, screens_recovery.nothing_to_put_back, screens_recovery.put_back),
    "scenario_dialog.ScenarioDialog": (
        _dialog(
            "scenario_dialog", "ScenarioDialog", lambda it: it.desk.training.rows(), _just("accept"), _window,
        ),
    ),
    "send_plan.SendPlan": (_send_plan, screens_sending.change, screens_sending.cancel, screens_sending.refile,
                           screens_sending.move, screens_sending.blocked),
    "sending.steps_dialog.StepsDialog": (screens_sending.steps, screens_sending.steps_of_two),
    "sending.swap_dialog.SwapDialog": (screens_sending.swap,),
    "tracker.choose_dialog.ChooseTrip": (
        _dialog(
            "tracker.choose_dialog", "ChooseTrip", lambda it: it.desk.tracker.all_rows[0],
            lambda it: [it.desk.lookups.row(trip) for trip in it.desk.stored], _window,
        ),
    ),
    "trips.template_dialog.NameDialog": (
        _dialog(
            "trips.template_dialog", "NameDialog", _just("Keep as template"), _just("Sample"), _just(("sample",)),
            _just("Keep"), _window,
        ),
    ),
    "trips.template_dialog.TemplatesDialog": (_templates,),
    "trips.way_back_dialog.WayBackDialog": (
        _dialog("trips.way_back_dialog", "WayBackDialog", _just("AAAA1"), _just(Regime.ACE), _window),
    ),
    "watch.late_dialog.LateDialog": (screens_watch.late,),
    "watch.missed_dialog.MissedDialog": (screens_watch.missed,),
    "watch.unopened.Unopened": (screens_watch.letter,),
}  # fmt: skip
"""What makes each dialog of `desktop.ui`, by module and class: each with what it is usually given, more than once where
it looks different. A maker takes the open window and returns the dialog (or a coroutine of it), not yet shown."""


def dialogs() -> list[Screen]:
    """Return every dialog of the registry."""
    return [
        Screen(f"dialog-{name.rpartition('.')[2]}{number or ''}", _to_dialog(make), is_dialog=True)
        for name, makers in DIALOGS.items()
        for number, make in enumerate(makers)
    ]


def _to_dialog(make: MakeDialog) -> Callable[[Opened], Awaitable[QWidget]]:
    async def show(it: Opened) -> QWidget:
        made = make(it)
        dialog: QDialog = await made if inspect.isawaitable(made) else made
        if not dialog.isVisible():
            dialog.setWindowModality(Qt.WindowModality.WindowModal)
            dialog.open()
        dialog.activateWindow()
        await it.settle(10)
        return dialog

    return show


def dialog_classes() -> set[str]:
    """Return module and class of every dialog below `desktop.ui`."""
    found = set()
    for module in pkgutil.walk_packages(desktop.ui.__path__, "desktop.ui."):
        for name, one in vars(importlib.import_module(module.name)).items():
            if inspect.isclass(one) and issubclass(one, QDialog) and one.__module__ == module.name:
                found.add(f"{module.name.removeprefix('desktop.ui.')}.{name}")
    return found


@asynccontextmanager
async def visiting(it: Opened, screen: Screen) -> AsyncIterator[QWidget]:
    """Show a screen, and take a dialog away again afterwards."""
    widget = await screen.show(it)
    try:
        yield widget
    finally:
        if screen.is_dialog and isinstance(widget, QDialog):
            widget.reject()
            widget.close()
            widget.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            it.window.activateWindow()
            await until(lambda: QApplication.activeWindow() in {None, it.window})
