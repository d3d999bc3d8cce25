"""Sheets are seen as they are printed, by keyboard, and leave as a file, onto a printer, or in an e-mail."""

from __future__ import annotations

import asyncio
import email
import email.policy
from itertools import pairwise

import pypdfium2
import pytest
from fakes.window import opened, until
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from desktop.domain.lifecycle import Regime
from desktop.errors import EnvironmentFailure
from desktop.printing.sheet import Paper, SheetKind
from desktop.services.mailing import Recipient
from desktop.ui import paper
from desktop.ui.place import Place
from desktop.ui.printing import mail, printers, printing
from desktop.ui.printing.preview import PrintPreview

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what the screenless platform lacks

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def key(code, modifiers=Qt.KeyboardModifier.NoModifier):
    """Press a key where the focus is."""
    widget = QApplication.focusWidget() or QApplication.activeModalWidget()
    QTest.keyClick(widget, code, modifiers)


async def dialog_of(kind):
    """Wait for a dialog that has the focus and return it."""
    await until(lambda: isinstance(QApplication.activeModalWidget(), kind) and QApplication.focusWidget() is not None)
    await until(lambda: QApplication.focusWidget().window() is QApplication.activeModalWidget())
    return QApplication.activeModalWidget()


async def ready():
    """Wait for a preview with a sheet in it."""
    preview = await dialog_of(PrintPreview)
    await until(lambda: preview.made is not None and preview.view.hasFocus())
    return preview


def ace(it):
    return next(trip for trip in it.desk.stored if trip.regime is Regime.ACE)


async def previewed(it, trip=None):
    trip = trip or ace(it)
    it.shell.act.start(it.shell.act.print_sheet(trip.id), "print")
    return await ready()


async def closed(it):
    await until(lambda: QApplication.activeModalWidget() is None)
    await it.settle()


def long_trip(it, shipments=40):
    """The sample trip with so many shipments that they flow onto further pages."""
    trip = ace(it)
    first = trip.document["shipments"][0]
    trip.document["shipments"] = [{**first, "shipmentControlNumber": f"AAAA{number:06}"} for number in range(shipments)]
    return trip


# --- looking ----------------------------------------------------------------------------------------------------------


def test_ctrl_p_shows_the_sheets_of_the_trip_in_list_and_editor(run_qt):
    async def main():
        async with opened() as it:
            it.shell.window.go_to(Place.TRIPS)
            it.shell.trips.view.setFocus()
            it.shell.trips.select(ace(it).id)
            key(Qt.Key.Key_P, CTRL)
            preview = await ready()
            assert preview.made.sheet.trip_number == ace(it).document["tripNumber"]
            key(Qt.Key.Key_Escape)
            await closed(it)
            await it.shell.act.open(ace(it).id)
            await it.settle()
            key(Qt.Key.Key_P, CTRL)
            preview = await ready()
            assert preview.made.sheet.trip_number == ace(it).document["tripNumber"]
            key(Qt.Key.Key_Escape)
            await closed(it)
            assert it.desk.printed.noted == [], "nothing left"

    run_qt(main())


@pytest.mark.parametrize("regime", Regime)
def test_every_sheet_of_the_regime_can_be_chosen_and_no_other(run_qt, regime):
    async def main():
        async with opened() as it:
            trip = next(one for one in it.desk.stored if one.regime is regime)
            preview = await previewed(it, trip)
            offered = [SheetKind(preview.kinds.itemData(place)) for place in range(preview.kinds.count())]
            assert offered == [kind for kind in SheetKind if kind.serves(regime)]
            for kind in (SheetKind.SHIPMENT_LIST, SheetKind.ACE_COVER, SheetKind.ACI_LEAD, SheetKind.SUMMARY):
                if kind in offered:
                    preview.kinds.setCurrentIndex(offered.index(kind))
                    assert not preview.pdf.isEnabled(), "nothing leaves before it is seen"
                    await until(lambda: preview.made is not None)
                    assert preview.made.sheet.kind is kind
            preview.reject()
            await closed(it)

    run_qt(main())


def test_pages_are_turned_and_sized_by_keyboard(run_qt):
    async def main():
        async with opened() as it:
            preview = await previewed(it, long_trip(it))
            view = preview.view
            assert view.count > 2
            assert preview.position.text() == f"Page 1 of {view.count}"
            assert not preview.previous.isEnabled()
            key(Qt.Key.Key_PageDown)
            assert (view.page, preview.position.text()) == (1, f"Page 2 of {view.count}")
            assert abs(view.page_rect(1).top()) < 20, "the page stands at the top"
            key(Qt.Key.Key_End)
            assert view.page == view.count - 1
            assert not preview.next.isEnabled()
            key(Qt.Key.Key_PageUp)
            assert view.page == view.count - 2
            key(Qt.Key.Key_Home)
            assert view.page == 0
            before = view.verticalScrollBar().value()
            key(Qt.Key.Key_Down)
            assert view.verticalScrollBar().value() > before
            key(Qt.Key.Key_0, CTRL)
            assert view.zoom == 1.0
            width = view.page_rect(0).width()
            assert width == round(612 * view.logicalDpiX() / 72), "actual size"
            for _ in range(4):
                key(Qt.Key.Key_Plus, CTRL)
            assert (view.zoom, preview.size_button.text()) == (3.0, "300 %")
            assert view.page_rect(0).width() == width * 3
            key(Qt.Key.Key_Minus, CTRL)
            assert view.zoom == 2.0
            key(Qt.Key.Key_9, CTRL)
            assert view.page_rect(0).width() < view.viewport().width()
            assert "page 1 of" in view.accessibleName()
            preview.reject()
            await closed(it)

    run_qt(main())


def test_a_page_at_200_percent_is_made_as_fine_as_it_is_shown(run_qt):
    async def main():
        async with opened() as it:
            preview = await previewed(it)
            preview.view.zoom_to(2.0)
            fine = preview.made.laid.picture(0, 2 * preview.view.logicalDpiX())
            assert fine.width() == preview.view.page_rect(0).width(), "no dot is stretched"
            coarse = preview.made.laid.picture(0, preview.view.logicalDpiX())
            stretched = coarse.scaled(fine.size(), mode=Qt.TransformationMode.SmoothTransformation)
            assert _edges(fine) > 1.2 * _edges(stretched)
            preview.reject()
            await closed(it)

    run_qt(main())


def _edges(image):
    """How many neighbouring dots differ much: what is stretched has soft edges."""
    row_count, found = 0, 0
    for y in range(100, 700, 7):
        row_count += 1
        greys = [image.pixelColor(x, y).lightness() for x in range(100, 900)]
        found += sum(abs(left - right) > 150 for left, right in pairwise(greys))
    assert row_count
    return found


def test_a_long_sheet_keeps_few_pictures(run_qt):
    async def main():
        async with opened() as it:
            preview = await previewed(it, long_trip(it, 120))
            for page in range(preview.view.count):
                preview.view.go_to(page)
                preview.view.viewport().repaint()
            assert len(preview.made.laid._pictures) <= 6
            preview.reject()
            await closed(it)

    run_qt(main())


# --- files --------------------------------------------------------------------------------------------------------


async def save_as(it, preview, target):
    preview.pdf.click()
    dialog = await dialog_of(QFileDialog)
    dialog.fileSelected.emit(str(target))
    dialog.reject()


def test_a_sheet_saved_as_pdf_is_the_one_that_was_seen(run_qt, tmp_path):
    async def main():
        async with opened() as it:
            preview = await previewed(it)
            preview.sizes.setCurrentIndex(preview.sizes.findData("a4"))
            await until(lambda: preview.made is not None)
            await save_as(it, preview, tmp_path / "sheet.pdf")
            await closed(it)
            await until(lambda: it.desk.printed.noted)
            assert it.desk.printed.noted == [(ace(it).id, "summary", "pdf")]
            assert "sheet.pdf" in it.shell.window.toast.words
        with pypdfium2.PdfDocument(tmp_path / "sheet.pdf") as document:
            assert [round(side) for side in document[0].get_size()] == [595, 842]

    run_qt(main())


def test_where_the_file_cannot_be_written_the_preview_stays_and_nothing_is_noted(run_qt, tmp_path):
    async def main():
        async with opened() as it:
            preview = await previewed(it)
            (tmp_path / "folder.pdf").mkdir()
            await save_as(it, preview, tmp_path / "folder.pdf")
            box = await dialog_of(QMessageBox)
            assert "folder.pdf" in box.informativeText()
            box.reject()
            await until(lambda: QApplication.activeModalWidget() is preview)
            assert it.desk.printed.noted == []
            await save_as(it, preview, tmp_path / "sheet.pdf")
            await closed(it)
            await until(lambda: it.desk.printed.noted)

    run_qt(main())


def test_leaving_the_file_dialog_leaves_the_preview(run_qt):
    async def main():
        async with opened() as it:
            preview = await previewed(it)
            preview.pdf.click()
            (await dialog_of(QFileDialog)).reject()
            await until(lambda: QApplication.activeModalWidget() is preview)
            assert it.desk.printed.noted == []
            preview.reject()
            await closed(it)

    run_qt(main())


# --- printers ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def two_printers(monkeypatch):
    """Two printers that are set up; what is printed on them stands in the list that comes back."""
    printed = []
    monkeypatch.setattr(printers, "names", lambda: ["Office", "Dock"])
    real = printers.printer_for

    def printer_for(state, kind, size):
        printer = real(state, kind, size)
        printer.asked = printers.remembered(state, kind)
        return printer

    monkeypatch.setattr(printers, "printer_for", printer_for)
    monkeypatch.setattr(paper, "print_to", lambda sheet, printer: printed.append((sheet.kind, printer.asked)))
    return printed


async def accept_printer(monkeypatch, name):
    dialog = await dialog_of(QPrintDialog)
    monkeypatch.setattr(QPrinter, "printerName", lambda _self: name)
    dialog.accept()


def test_the_printer_is_remembered_for_each_kind_of_sheet(run_qt, two_printers, monkeypatch):
    async def main():
        async with opened() as it:
            for kind, name in (
                (SheetKind.SUMMARY, "Dock"),
                (SheetKind.SHIPMENT_LIST, "Office"),
                (SheetKind.SUMMARY, "Dock"),
            ):
                it.shell.act.start(it.shell.act.printing.print_sheet(ace(it).id, kind), "print")
                preview = await ready()
                assert preview.printer.isEnabled()
                key(Qt.Key.Key_P, CTRL)
                await accept_printer(monkeypatch, name)
                await closed(it)
            assert two_printers == [
                (SheetKind.SUMMARY, ""),
                (SheetKind.SHIPMENT_LIST, ""),
                (SheetKind.SUMMARY, "Dock"),
            ]
            assert [way for _, _, way in it.desk.printed.noted] == ["printer"] * 3
            monkeypatch.setattr(printers, "names", lambda: ["Office"])
            assert printers.remembered(it.shell.state, SheetKind.SUMMARY) == "", "it is gone"

    run_qt(main())


@pytest.mark.parametrize("goes_on", [True, False])
def test_a_printer_that_cannot_reach_the_edge_is_told_and_nothing_is_scaled(run_qt, two_printers, monkeypatch, goes_on):
    async def main():
        async with opened() as it:
            monkeypatch.setattr(printers, "unreachable_inches", lambda _printer: 0.75)
            preview = await previewed(it)
            preview.printer.click()
            await accept_printer(monkeypatch, "Dock")
            box = await dialog_of(QMessageBox)
            assert "0.75 in" in box.text()
            assert box.defaultButton().text() == "Do not print"
            (box.buttons()[0] if goes_on else box.defaultButton()).click()
            if goes_on:
                await closed(it)
            else:
                await until(lambda: QApplication.activeModalWidget() is preview)
                preview.reject()
                await closed(it)
            assert bool(two_printers) == goes_on
            assert bool(it.desk.printed.noted) == goes_on

    run_qt(main())


def test_a_printer_that_fails_is_told_and_the_preview_stays(run_qt, two_printers, monkeypatch):
    async def main():
        def fail(_sheet, _printer):
            raise EnvironmentFailure("sheet.not_printed")

        monkeypatch.setattr(paper, "print_to", fail)
        async with opened() as it:
            preview = await previewed(it)
            preview.printer.click()
            await accept_printer(monkeypatch, "Dock")
            box = await dialog_of(QMessageBox)
            assert "not printed" in box.text()
            box.reject()
            await until(lambda: QApplication.activeModalWidget() is preview)
            assert it.desk.printed.noted == []
            preview.reject()
            await closed(it)

    run_qt(main())


def test_only_letter_and_a4_are_printed_on(qapp):
    printer = QPrinter()
    for size, expected in (
        (QPageSize.PageSizeId.Letter, Paper.LETTER),
        (QPageSize.PageSizeId.A4, Paper.A4),
        (QPageSize.PageSizeId.Legal, None),
    ):
        printer.setPageSize(QPageSize(size))
        assert printers.paper_of(printer) is expected


def test_margins_are_those_of_the_printer_in_inches(qapp):
    class Printer:
        def __init__(self, least):
            self.layout = QPageLayout(
                QPageSize(QPageSize.PageSizeId.Letter), QPageLayout.Orientation.Portrait, least, minMargins=least
            )

        def pageLayout(self):  # noqa: N802 - Qt's name
            return QPageLayout(self.layout)

        def outputFormat(self):  # noqa: N802 - Qt's name
            return QPrinter.OutputFormat.NativeFormat

    from PySide6.QtCore import QMarginsF

    assert printers.unreachable_inches(Printer(QMarginsF(12, 18, 12, 18))) == 0
    assert printers.unreachable_inches(Printer(QMarginsF(36, 36, 36, 36))) == 0, "just so"
    assert printers.unreachable_inches(Printer(QMarginsF(12, 18, 12, 54))) == 0.75


def test_without_a_printer_the_sheet_can_still_be_saved(run_qt):
    async def main():
        async with opened() as it:
            preview = await previewed(it)
            assert not preview.printer.isEnabled()
            assert "No printer" in preview.printer.accessibleDescription()
            assert preview.pdf.isEnabled()
            preview.reject()
            await closed(it)

    run_qt(main())


# --- e-mail -----------------------------------------------------------------------------------------------------------


def test_the_sheet_goes_into_an_email_that_the_mail_program_opens(run_qt, tmp_path, monkeypatch):
    async def main():
        opened_addresses = []
        monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened_addresses.append(url) or True)
        async with opened() as it:
            it.desk.mailing.folder = tmp_path
            it.desk.mailing.known = [Recipient("Sample Brokers", "entries@broker.example", is_broker=True)]
            preview = await previewed(it)
            key(Qt.Key.Key_E, CTRL)
            asked = await dialog_of(mail.ToDialog)
            assert asked.address == "entries@broker.example", "the only broker there is"
            key(Qt.Key.Key_Return)
            await closed(it)
            await until(lambda: it.desk.printed.noted)
            assert it.desk.printed.noted == [(ace(it).id, "summary", "email")]
            (address,) = opened_addresses
            assert address.isLocalFile()
            data = (tmp_path / address.fileName()).read_bytes()
            message = email.message_from_bytes(data, policy=email.policy.default)
            assert message["X-Unsent"] == "1"
            assert message["To"] == "entries@broker.example"
            assert ace(it).document["tripNumber"] in message["Subject"]
            (attached,) = message.iter_attachments()
            assert attached.get_content().startswith(b"%PDF")
            body = message.get_body().get_content()
            driver = ace(it).document["drivers"][0]
            assert driver["lastName"] not in body + message["Subject"]
            assert preview is not None

    run_qt(main())


def test_where_no_mail_program_takes_it_the_file_and_a_mailto_are_offered(run_qt, tmp_path, monkeypatch):
    async def main():
        asked_for = []
        monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: asked_for.append(url) or False)
        async with opened() as it:
            it.desk.mailing.folder = tmp_path
            await previewed(it)
            key(Qt.Key.Key_E, CTRL)
            await dialog_of(mail.ToDialog)
            key(Qt.Key.Key_Return)
            dialog = await dialog_of(mail.UnopenedDialog)
            dialog.folder.click()
            dialog.mailto.click()
            assert asked_for[1].toLocalFile() == str(tmp_path)
            assert asked_for[2].scheme() == "mailto"
            assert dialog.says.isVisible()
            dialog.accept()
            await closed(it)
            await until(lambda: it.desk.printed.noted)
            assert list(tmp_path.glob("*.pdf"))

    run_qt(main())


def test_an_odd_address_is_said_at_once_and_none_is_fine(run_qt):
    async def main():
        async with opened() as it:
            await previewed(it)
            key(Qt.Key.Key_E, CTRL)
            asked = await dialog_of(mail.ToDialog)
            QTest.keyClicks(asked.to.lineEdit(), "nobody")
            key(Qt.Key.Key_Return)
            assert asked.isVisible()
            assert "no e-mail address" in asked.problem.text()
            key(Qt.Key.Key_Escape)
            await until(lambda: isinstance(QApplication.activeModalWidget(), PrintPreview))
            assert it.desk.mailing.letters == []
            QApplication.activeModalWidget().reject()
            await closed(it)

    run_qt(main())


def test_a_file_is_called_after_trip_and_sheet(run_qt):
    async def main():
        async with opened() as it:
            preview = await previewed(it)
            number = ace(it).document["tripNumber"]
            assert printing.file_name(preview.made) == f"{number}.pdf"
            preview.kinds.setCurrentIndex(preview.kinds.findData("shipment-list"))
            await until(lambda: preview.made is not None)
            assert printing.file_name(preview.made) == f"{number} Shipment list.pdf"
            preview.reject()
            await closed(it)
            await asyncio.sleep(0)

    run_qt(main())
