"""What the buttons of the reader do: each opens the right place, and nothing goes out without a further word."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QFont, QTextDocument

from desktop import texts
from desktop.services.views import InboxMessage, MessageStep
from desktop.ui import dialogs
from desktop.ui.inbox.reader_words import as_text
from desktop.ui.place import Place

if TYPE_CHECKING:
    from desktop.ui.inbox.page import InboxPage
    from desktop.ui.shell import Shell

_Work = Callable[["Shell", MessageStep], Coroutine[Any, Any, None]]


class ReaderActions(QObject):
    """Carries out what the reader of a page asks for; it lives with the page."""

    def __init__(self, shell: Shell, page: InboxPage) -> None:
        super().__init__(page)
        self._shell = shell
        self._reader = page.reader
        page.trip_asked.connect(lambda trip_id: shell.act.start(shell.act.open(trip_id), "open"))
        page.field_asked.connect(lambda trip_id, path: shell.act.start(shell.act.open(trip_id, path), "open"))
        self._reader.step_asked.connect(self._on_step)
        self._reader.print_asked.connect(self._on_print)
        self._reader.evidence_asked.connect(self._on_evidence)

    def _on_step(self, step: MessageStep) -> None:
        work = _WORK.get(step.does)
        if work is not None:
            self._shell.act.start(work(self._shell, step), f"reader.{step.does}")

    def _on_print(self) -> None:
        if self._reader.message is not None:
            self._shell.act.start(print_message(self._shell, self._reader.message), "reader.print")

    def _on_evidence(self) -> None:
        from desktop.ui.evidence.join import export

        message = self._reader.message
        if message is not None and message.card.trip_id is not None:
            self._shell.act.start(export(self._shell, message.card.trip_id), "evidence")


async def print_message(shell: Shell, message: InboxMessage) -> None:
    """Print the card of one message in words, on the printer the user chooses."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # on use: few messages are printed

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(message.card.title)
    dialog = QPrintDialog(printer, shell.act.trips.front)
    if await dialogs.finished(dialog) == QPrintDialog.DialogCode.Accepted:
        document(message).print_(printer)
        shell.act.trips.front.toast.say(texts.text("window.print.sent"))


def document(message: InboxMessage) -> QTextDocument:
    """Return the card as a document of plain text, with the message as it came below it."""
    made = QTextDocument()
    made.setDefaultFont(QFont("", 10))
    made.setPlainText(f"{as_text(message)}\n\n{texts.text('inbox.reader.raw')}\n{message.raw[:_RAW_PRINTED]}")
    return made


_RAW_PRINTED: Final = 16_384


async def _open(shell: Shell, step: MessageStep) -> None:
    await shell.act.open(step.trip_id or "", step.path)


async def _write_broker(shell: Shell, step: MessageStep) -> None:
    from desktop.ui.watch.actions import write_broker

    await write_broker(shell, step.trip_id or "", step.number)


async def _keep_back(shell: Shell, step: MessageStep) -> None:
    from desktop.ui.watch.actions import keep_back

    await keep_back(shell, step.trip_id or "")


async def _check_sticker(shell: Shell, step: MessageStep) -> None:
    """Put the number of the message beside the one on the label; what is taken over can be undone in the editor."""
    from desktop.domain.shipment import number_pointer
    from desktop.ui.editors.trip import TripEditor
    from desktop.ui.numbers.sticker import StickerDialog, shipments_of

    detail = await shell.desk.lookups.trip(step.trip_id or "")
    shipments = shipments_of(detail.document, detail.row.regime)
    if not shipments:
        await shell.act.open(step.trip_id or "")
        return
    numbers = [one.number for one in shipments]
    first = numbers.index(step.number) if step.number in numbers else 0
    dialog = StickerDialog(detail.row.number, shipments, first, shell.act.trips.front)
    await dialogs.finished(dialog)
    if not dialog.taken:
        return
    pointer = number_pointer(detail.row.regime, dialog.position)
    await shell.act.open(detail.row.id, pointer)
    editor = shell.window.editor
    if isinstance(editor, TripEditor) and editor.session.trip_id == detail.row.id:
        editor.session.set(pointer, dialog.taken)


async def _show_number(shell: Shell, step: MessageStep) -> None:
    from desktop.ui.tracker.actions import page_of

    shell.window.go_to(Place.SHIPMENTS)
    page_of(shell).show_number(step.number)


async def _assign(shell: Shell, step: MessageStep) -> None:
    """Keep which of several trips a person says the message belongs to; it can be taken back."""
    inbox, message = shell.desk.inbox, shell.inbox.reader.message
    if message is None or step.trip_id is None:
        return
    card_id = message.card.id
    before = await inbox.assign(card_id, step.trip_id)

    async def take_back() -> None:
        await inbox.assign(card_id, before)

    shell.act.trips.front.toast.say(
        texts.text("reader.assigned"),
        action=texts.text("inbox.undo"),
        on_action=lambda: shell.act.start(take_back(), "reader.take_back"),
    )


async def _settings(shell: Shell, _step: MessageStep) -> None:
    shell.setting_up.on_key_asked()


async def _send(shell: Shell, step: MessageStep) -> None:
    await shell.act.send(step.trip_id or "")


async def _move(shell: Shell, step: MessageStep) -> None:
    await shell.act.sending.move(step.number, step.other_id or "", step.trip_id or "")


async def _cancel_other(shell: Shell, step: MessageStep) -> None:
    await shell.act.sending.cancel(step.other_id or "")


async def _mend(shell: Shell, step: MessageStep) -> None:
    from desktop.ui.sending.mending import mend

    await mend(shell, step.trip_id or "", step.does, step.path)


async def _print(shell: Shell, step: MessageStep) -> None:
    await shell.act.print_sheet(step.trip_id or "")


_WORK: Final[dict[str, _Work]] = {
    "open_field": _open,
    "open_trip": _open,
    "next_number": _open,
    "send": _send,
    "print": _print,
    "write_broker": _write_broker,
    "keep_back": _keep_back,
    "check_sticker": _check_sticker,
    "create": _show_number,
    "assign": _assign,
    "move": _move,
    "cancel_other": _cancel_other,
    "clear_ace_id": _mend,
    "equal_ports": _mend,
    "settings": _settings,
}
"""Every button a step can have (`crossing.step.Does`, which a first paint does without); a test holds them equal."""
