"""Foreign text through every screen: letters only, never markup, nothing that turns the order of letters."""

import html
from dataclasses import replace

import pytest
from fakes.desk import FakeDesk
from fakes.window import opened, until
from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QTextBrowser,
    QTextEdit,
    QWidget,
)

from desktop.domain.lifecycle import Delivery, LinkState, Regime
from desktop.services.views import Concern, HistoryLine, MessageStep, ReadinessView, Reason, SendLine, SendPreview
from desktop.ui import dialogs
from desktop.ui.legible import legible
from desktop.ui.place import Place
from desktop.ui.trips.model import Column

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

EVIL = '<img src="file:///etc/passwd"><b>x</b>&amp; & \u202eevil\u2066 \x07\x1b[31m\ud800'
BAD = ("\u202e", "\u2066", "\x07", "\x1b", "\ud800")


class HostileDesk(FakeDesk):
    """Whatever another program wrote is hostile here."""

    def __init__(self):
        super().__init__()
        first = self.all_companies[0]
        self.all_companies = [replace(first, name=EVIL), replace(first, id="2", name=f"2 {EVIL}")]
        for trip in self.stored:
            trip.document["tripNumber"] = f"{trip.document['tripNumber']} {EVIL}"
            trip.document["truck"] = {"number": EVIL}
            trip.document["drivers"] = [{"firstName": EVIL, "lastName": EVIL}]
            reasons = (Reason("new", EVIL, must_act=True), Reason("newer", EVIL))
            trip.readiness = ReadinessView(trip.readiness.verdict, trip.readiness.booth_from, reasons)
        self.all_cards = [
            replace(card, title=f"{card.title} {EVIL}", text=f"{EVIL}\n{EVIL}", trip=EVIL, shipment=EVIL)
            for card in self.all_cards
        ]
        self.all_library = [replace(row, title=EVIL, subtitle=EVIL) for row in self.all_library]
        self.tracker.all_rows = [
            replace(
                row, number=f"{row.number} {EVIL}", code=EVIL, said=EVIL, entry=EVIL, office=EVIL, service=EVIL,
                service_name=EVIL, trip=EVIL, driver=EVIL,
            )
            for row in self.tracker.all_rows
        ]  # fmt: skip
        self.link.status = replace(self.link.status, company=EVIL)
        inbox = self.inbox.message
        preview = self.submit.preview
        doubt = self.doubts.of

        async def message(card_id):
            found = await inbox(card_id)
            concerns = (Concern(EVIL, EVIL, self.stored[0].id, "/truck"),)
            return replace(
                found,
                happened=EVIL,
                concerns=concerns,
                steps=(MessageStep(EVIL, EVIL, number=EVIL),),
                times=(EVIL,),
                raw=EVIL,
                raw_size=len(EVIL),
            )

        async def shown(trip_id):
            found = await preview(trip_id)
            return SendPreview(EVIL, (SendLine(EVIL, EVIL),), (EVIL,), 0, 1, found.blocked)

        async def of(trip_id):
            found = await doubt(trip_id)
            line = HistoryLine(self.clock.now(), "x", EVIL)
            return found and replace(found, trip=EVIL, what=EVIL, evidence=(line,))

        self.inbox.message, self.submit.preview, self.doubts.of = message, shown, of


def words_of(widget):
    """Every text a widget shows or speaks, the editor's own fields aside: they keep what is in the document."""
    for method in ("text", "windowTitle", "toolTip", "accessibleName", "accessibleDescription", "title"):
        function = getattr(widget, method, None)
        if callable(function) and not (method == "text" and isinstance(widget, QTextEdit)):
            yield method, function()


def faults(root):
    """What is wrong with any widget below `root`."""
    found = []
    for widget in [root, *root.findChildren(QWidget)]:
        name = f"{type(widget).__name__} {widget.objectName()}"
        if (
            isinstance(widget, QLabel)
            and "<img" in widget.text()
            and widget.textFormat() is not Qt.TextFormat.PlainText
        ):
            found.append(f"{name} reads markup")
        if isinstance(widget, QTextBrowser):
            found.append(f"{name} is a browser")
        if "<img" in widget.toolTip():
            found.append(f"{name} has markup in its tip")
        said = list(words_of(widget)) if isinstance(widget, QAbstractButton | QLabel) or widget.isWindow() else []
        said += [("rows", words) for words in rows_of(widget)]
        found += [f"{name}.{where} holds {bad!r}" for where, words in said for bad in BAD if bad in words]
    return found


def rows_of(widget):
    """Every text of a list or table, as shown and as spoken."""
    if not isinstance(widget, QAbstractItemView) or widget.model() is None:
        return
    model = widget.model()
    is_table = isinstance(model, QAbstractTableModel)
    for row in range(model.rowCount()):
        for column in range(model.columnCount() if is_table else 1):
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                words = model.index(row, column).data(role)
                if isinstance(words, str):
                    yield words


def test_the_marks_are_visible_and_what_is_harmless_stays():
    assert legible("Zoë & Söhne\nnext\tcell – “x”") == "Zoë & Söhne\nnext\tcell – “x”"
    assert legible(EVIL).count("\ufffd") == len(BAD)


def test_every_screen_shows_letters_only(run_qt):
    async def main():
        desk = HostileDesk()
        async with opened(desk) as it:
            seen = 0
            for place in Place:
                it.window.go_to(place)
                await it.settle(30)
                it.window.grab()
                assert faults(it.window) == [], place
                seen += sum("<img" in label.text() for label in it.window.findChildren(QLabel))
            assert seen > 5  # it was there to be seen
            it.window.bar.company.click()
            await until(QApplication.activePopupWidget)
            menu = QApplication.activePopupWidget()
            assert not [action for action in menu.actions() if any(bad in action.text() for bad in BAD)]
            menu.close()
            it.window.toast.say(EVIL, action="Undo")
            desk.link.become(state=LinkState.REFUSED, detail="tls")
            await until(it.window.banner.isVisible)
            it.shell.trips.search.setText("\u202e<b>")
            await it.settle(30)
            assert faults(it.window) == []
            tip = it.shell.trips.model.index(0, Column.TRIP).data()
            assert tip is None or not any(bad in tip for bad in BAD)

    run_qt(main())


def test_every_dialog_shows_letters_only(run_qt):
    async def main():
        desk = HostileDesk()
        doubtful = next(trip for trip in desk.stored if trip.delivery is Delivery.NOT_SURE)
        ready = next(trip for trip in desk.stored if trip.delivery is Delivery.NOT_SENT)
        async with opened(desk) as it:
            act, preferences = it.shell.act, it.shell.preferences
            for work in (
                act.send(ready.id),
                act.send(doubtful.id),
                act.new(Regime.ACE),
                preferences._give_key(desk.all_companies[0]),
                preferences._remove(desk.all_companies[0]),
                dialogs.tell(it.window, EVIL, EVIL),
                act.print_sheet(ready.id),
            ):
                task = it.desk.keeper.start(work, name="dialog")
                await until(QApplication.activeModalWidget)
                await it.settle()
                dialog = QApplication.activeModalWidget()
                assert faults(dialog) == [], dialog.objectName()
                dialog.reject()
                await task

    run_qt(main())


def test_tips_escape_what_they_show():
    from desktop.ui import pieces

    assert html.unescape(pieces.plain_tip("<b>&</b>").removeprefix("<qt>").removesuffix("</qt>")) == "<b>&</b>"
