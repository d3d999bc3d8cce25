"""The tour: does the main job through the real window with the keyboard, and leaves pictures and the sheet.

It makes the pictures of the user guide and proves an installed build: new trip, problems, fixed, sent, accepted,
cleared, printed. It runs in practice alone.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.lifecycle import Category, Customs
from desktop.errors import Bug, DesktopError
from desktop.services.files import write_output
from desktop.services.words import error_words
from desktop.texts import text
from desktop.ui.place import Place
from desktop.ui.printing.preview import PrintPreview
from desktop.ui.room import cramped
from desktop.ui.send_plan import SendPlan
from desktop.ui.tour_hands import CONTROL, SHIFT, Hands
from desktop.validation.issue import Issue, Severity

if TYPE_CHECKING:
    from desktop.assembly import Desk
    from desktop.ui.editors.trip import TripEditor
    from desktop.ui.shell import Shell

SIZE = QSize(1366, 736)
"""The usable part of a small laptop's screen."""

ZONE = ZoneInfo("America/Detroit")

_CUSTOMS_LIMIT_S = 30.0
_LOOK_S = 0.05


class Tour:
    """One run of the main job.

    Attributes:
        cramped: words that do not fit their place, as found while the pictures were taken.
    """

    def __init__(self, desk: Desk, shell: Shell, folder: Path) -> None:
        self._desk = desk
        self._shell = shell
        self._folder = folder
        self._hands = Hands(shell.window)
        self._count = 0
        self.cramped: list[str] = []

    async def run(self) -> int:
        """Do the job; return 0, or 1 where a step did not come to its end or words did not fit."""
        await asyncio.to_thread(lambda: self._folder.mkdir(parents=True, exist_ok=True))
        self._shell.window.resize(SIZE)
        try:
            await self._job()
        except DesktopError as error:
            self._picture("stopped-here")
            words = error_words(error)
            sys.stderr.write(f"{text('tour.stopped')}\n{words.text}\n{words.remedy}\n")
            return 1
        for line in self.cramped:
            sys.stderr.write(text("tour.cramped", words=line) + "\n")
        sys.stdout.write(text("tour.done", count=self._count, folder=self._folder) + "\n")
        return 1 if self.cramped else 0

    async def _job(self) -> None:
        if not self._desk.is_practice:
            raise DesktopError("tour.not_practice")
        window = self._shell.window
        await self._hands.until(lambda: window.isVisible() and window.isActiveWindow(), "the window")
        await self._hands.until(lambda: self._desk.link.status.state == "connected", "the connection")
        self._desk.training.play("clear")
        self._shell.setting_up.say_scenario()
        await self._hands.settle()
        self._picture("crossings")
        number = await self._new_trip()
        await self._type_trip(number)
        await self._type_shipment(number)
        await self._problems()
        await self._mend()
        await self._send()
        await self._answers(number)
        await self._messages(number)
        await self._library()
        await self._print(number)

    # The steps

    async def _new_trip(self) -> str:
        hands = self._hands
        hands.key(Qt.Key.Key_N, CONTROL)
        await hands.until(QApplication.activePopupWidget, "the choice of direction")
        hands.key(Qt.Key.Key_Down)
        hands.key(Qt.Key.Key_Return)
        await hands.until(lambda: self._shell.act.trip_id, "the editor")
        self._shell.window.activateWindow()  # without a window manager nobody gives it back after a menu
        await hands.until(hands.field, "the caret in the new trip")
        await hands.settle()
        self._picture("new-trip")
        given = self._editor().session.value("/tripNumber")  # from the sample carrier's range
        return given if isinstance(given, str) and given else f"SMPL{self._desk.clock.now():%y%m%d%H%M%S}T"

    async def _type_trip(self, number: str) -> None:
        hands = self._hands
        there = self._desk.clock.now().astimezone(ZONE) + timedelta(hours=9)
        arrival = there.replace(minute=there.minute // 15 * 15)
        if self._editor().session.value("/tripNumber") != number:
            await hands.fill("trip_number_ace", number)
        await hands.fill("us_port", "windsor")
        await hands.fill("eta", f"{arrival:%Y-%m-%d %H%M}")
        await hands.fill("truck_number", "T101")
        await hands.settle()
        await hands.tab_to(lambda: hands.focus().objectName() == "add_trailer", "the way to add a trailer")
        hands.key(Qt.Key.Key_Space)
        await hands.until(lambda: hands.field() == "trailer_number", "the new trailer")
        await hands.fill("trailer_number", "53001")
        await hands.fill("driver_number", "D1")
        await hands.tab_to(lambda: hands.field() == "driver_last_name", "the driver's name")
        await hands.settle()
        self._picture("trip")

    async def _type_shipment(self, number: str) -> None:
        hands = self._hands
        hands.key(Qt.Key.Key_N, CONTROL | SHIFT)
        await hands.until(lambda: hands.field() == "shipment_control_number", "the new shipment")
        await self._number_shipment(number)
        await hands.fill("province_of_loading", "ON")
        await hands.choose("shipper_name", "Sample Paper")
        await hands.fill("consignee_name", "Example Reading Rooms Inc.")
        await hands.fill("consignee_address_line", "500 Sample Street")
        await hands.fill("consignee_address_city", "Detroit")
        await hands.fill("consignee_address_state", "MI")
        grid = self._editor().shipments.ui.commodities_table
        await hands.tab_to(lambda: hands.focus() is grid, "the commodities")
        await hands.cells("Printed books", "24", "CTN")
        await hands.settle()

    async def _number_shipment(self, number: str) -> None:
        """Take the next PAPS number by its key; without a range type one."""
        hands, session = self._hands, self._editor().session
        standing = await self._desk.numbering.standing(session.company, session.regime, "control")
        if standing is None or not standing.next:
            hands.type(f"SMPL{number[-7:-1]}88")
            return
        hands.key(Qt.Key.Key_K, CONTROL | SHIFT)
        await hands.until(lambda: session.value("/shipments/0/shipmentControlNumber"), "the PAPS number")

    async def _problems(self) -> None:
        hands = self._hands
        hands.key(Qt.Key.Key_Return, CONTROL)
        await hands.settle()
        self._leave_dialogs()
        await hands.settle()
        self._picture("problems")

    async def _mend(self) -> None:
        """Go from problem to problem with F8 and type what is missing."""
        hands = self._hands
        answers = {"consignee_address_postal_code": "48226"}
        for _ in range(12):
            if not self._errors():
                break
            hands.key(Qt.Key.Key_F8)
            await hands.settle()
            words = answers.get(hands.field())
            if words is not None:
                hands.replace(words)
                hands.key(Qt.Key.Key_Tab)
            elif hands.focus() is self._editor().shipments.ui.commodities_table:
                await hands.cells("720", "L")
            await hands.settle()
        if self._errors():
            raise Bug("problems were left: " + ", ".join(f"{one.code} {one.path}" for one in self._errors()))
        self._picture("fixed")

    async def _send(self) -> None:
        hands = self._hands
        hands.key(Qt.Key.Key_Return, CONTROL)
        await hands.until(lambda: isinstance(QApplication.activeWindow(), SendPlan), "the send plan")
        await hands.settle()
        plan = QApplication.activeWindow()
        if isinstance(plan, SendPlan) and plan.tick.isVisible():
            await hands.tab_to(lambda: hands.focus() is plan.tick, "the tick")
            hands.key(Qt.Key.Key_Space)
            await hands.settle()
        self._picture("send-plan", plan)
        hands.key(Qt.Key.Key_Return, CONTROL)
        await hands.until(lambda: not isinstance(QApplication.activeWindow(), SendPlan), "the plan to close")

    async def _answers(self, number: str) -> None:
        await self._come_to(number, {Customs.ON_FILE, Customs.CLEARED}, "customs' acceptance")
        await self._hands.settle()
        self._picture("accepted")
        await self._come_to(number, {Customs.CLEARED}, "the broker's entries")
        await self._hands.settle()
        self._picture("cleared")

    async def _messages(self, number: str) -> None:
        hands = self._hands
        self._go_to(Place.INBOX)
        await hands.until(lambda: self._shell.window.stack.currentWidget() is self._shell.inbox, "the inbox")
        await hands.until(lambda: self._shell.inbox.shown_id, "a message in the reader")
        for _ in range(6):  # until what was told in the corner has made way for the reader's buttons
            await hands.settle()
        self._picture("inbox")
        counts = await self._desk.inbox.unread_counts()
        if not counts or Category.ACCEPTED not in counts:
            raise Bug(f"no message of an acceptance of {number}")

    async def _library(self) -> None:
        hands = self._hands
        self._go_to(Place.DRIVERS)
        await hands.settle()
        await hands.settle()
        self._picture("drivers")

    async def _print(self, number: str) -> None:
        hands = self._hands
        detail = await self._desk.lookups.trip_by_number(number)
        self._go_to(Place.TRIPS)
        await hands.settle()
        self._shell.act.start(self._shell.act.open(detail.row.id), "open")
        await hands.until(lambda: self._shell.act.trip_id == detail.row.id, "the trip")
        await hands.settle()
        hands.key(Qt.Key.Key_P, CONTROL)
        await hands.until(lambda: _shows_sheet(QApplication.activeWindow()), "the sheet on screen")
        await hands.settle()
        self._picture("sheet", QApplication.activeWindow())
        hands.key(Qt.Key.Key_Escape)
        await hands.until(lambda: not isinstance(QApplication.activeWindow(), PrintPreview), "the preview to close")
        from desktop.ui import paper

        sheet = await self._desk.sheets.summary(detail.row.id)
        await asyncio.to_thread(write_output, str(self._folder / "sheet.pdf"), paper.pdf(sheet))
        for page, image in enumerate(paper.pages(sheet), start=1):
            image.save(str(self._folder / f"sheet-page-{page}.png"))

    # Looking

    def _go_to(self, place: Place) -> None:
        """Press the screen's key: Ctrl and its place in the rail."""
        self._hands.key(Qt.Key(Qt.Key.Key_1 + list(Place).index(place)), CONTROL)

    def _editor(self) -> TripEditor:
        from desktop.ui.editors.trip import TripEditor

        editor = self._shell.window.editor
        if not isinstance(editor, TripEditor):
            raise Bug("the editor is not open")
        return editor

    def _errors(self) -> list[Issue]:
        return [issue for issue in self._editor().session.issues if issue.severity is Severity.ERROR]

    async def _come_to(self, number: str, wanted: set[Customs], what: str) -> None:
        """Wait until customs has come so far."""
        try:
            async with asyncio.timeout(_CUSTOMS_LIMIT_S):
                while (await self._desk.lookups.trip_by_number(number)).row.customs not in wanted:  # noqa: ASYNC110 - what it waits for is derived, not set
                    await asyncio.sleep(_LOOK_S)
        except TimeoutError:
            raise Bug(f"waited in vain for {what}") from None

    def _leave_dialogs(self) -> None:
        if isinstance(QApplication.activeWindow(), SendPlan):
            self._hands.key(Qt.Key.Key_Escape)

    def _picture(self, name: str, widget: QWidget | None = None) -> None:
        """Take a picture of the window, or of a dialog over it."""
        self._count += 1
        window = self._shell.window
        picture = window.grab()
        if widget is not None and widget is not window:
            painter = QPainter(picture)
            painter.fillRect(picture.rect(), QColor(0, 0, 0, 70))
            painter.drawPixmap(window.rect().center() - widget.rect().center(), widget.grab())
            painter.end()
        picture.save(str(self._folder / f"{self._count:02}-{name}.png"))
        self.cramped += [f"{name}: {one}" for one in cramped(widget or window)]


def _shows_sheet(window: QWidget | None) -> bool:
    return isinstance(window, PrintPreview) and window.made is not None
