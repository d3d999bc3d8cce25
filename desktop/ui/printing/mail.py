"""Hands a sheet to the user's mail program; where none opens it, shows the file and a way that still works."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop import texts
from desktop.services.mailing import Draft, Letter, Recipient, clean_address
from desktop.ui import dialogs, pieces, theme
from desktop.ui.desk import Desk
from desktop.ui.printing.preview import Made

_WIDTH = 520


class ToDialog(QDialog):
    """Asks whom the e-mail is for; the user may also say so in the mail program.

    Attributes:
        to: the field; partners with an address are offered.
    """

    def __init__(self, recipients: list[Recipient], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        pieces.dress(self, texts.text("printing.to.title"), "print_email_to")
        self.to = QComboBox()
        self.to.setObjectName("email_to")
        self.to.setEditable(True)
        self.to.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.to.setMinimumHeight(theme.FIELD_HEIGHT)
        self.to.setAccessibleName(texts.text("printing.to"))
        for one in recipients:
            words = texts.text("printing.to.one", name=one.name, address=one.address) if one.name else one.address
            self.to.addItem(words, one.address)
        line = self.to.lineEdit()
        if line is not None:
            line.setAccessibleName(texts.text("printing.to"))
            line.returnPressed.connect(self._on_write)  # a picker with text in it keeps Enter from the button
        brokers = [one for one in recipients if one.is_broker]
        if len(brokers) == 1:
            self.to.setEditText(brokers[0].address)
        else:
            self.to.setCurrentIndex(-1)
            self.to.clearEditText()
        label = pieces.label(texts.text("printing.to"), "caption", look="muted")
        label.setBuddy(self.to)
        self.problem = pieces.prose("", "caption")
        self.problem.hide()
        write = pieces.button(texts.text("printing.to.write"), "mail", is_primary=True, name="email_write")
        write.setDefault(True)
        write.clicked.connect(self._on_write)
        leave = pieces.button(texts.text("window.dialog.cancel"), name="email_cancel")
        leave.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(leave)
        row.addWidget(write)
        column = QVBoxLayout(pieces.ground(self))
        column.setContentsMargins(theme.STEP_16, theme.STEP_16, theme.STEP_16, theme.STEP_12)
        column.setSpacing(theme.STEP_8)
        column.addWidget(pieces.prose(texts.text("printing.to.text")))
        column.addWidget(label)
        column.addWidget(self.to)
        column.addWidget(self.problem)
        column.addStretch(1)
        column.addLayout(row)
        pieces.fit(self, _WIDTH, 0)
        self.to.setFocus()

    @property
    def address(self) -> str:
        """The address chosen or typed; empty where none was."""
        typed = self.to.currentText().strip()
        position = self.to.findText(typed)
        return clean_address(self.to.itemData(position)) if position >= 0 else clean_address(typed)

    def _on_write(self) -> None:
        if not self.isVisible():
            return
        if self.to.currentText().strip() and not self.address:
            self.problem.setText(texts.text("printing.to.odd"))
            self.to.setAccessibleDescription(self.problem.text())
            self.problem.show()
            self.to.setFocus()
            return
        self.accept()


class UnopenedDialog(QDialog):
    """Says that no mail program took the e-mail, where the file is, and offers the way by hand."""

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = texts.text("printing.unopened")
        pieces.dress(self, title, "print_email_unopened")
        self._draft = draft
        self.folder = pieces.button(texts.text("printing.unopened.folder"), "folder", name="email_folder")
        self.folder.clicked.connect(lambda: self._open(QUrl.fromLocalFile(str(draft.pdf.parent))))
        self.mailto = pieces.button(texts.text("printing.unopened.mailto"), "mail", name="email_mailto")
        self.mailto.clicked.connect(lambda: self._open(QUrl(draft.mailto)))
        self.says = pieces.prose("", "caption")
        self.says.hide()
        leave = pieces.button(texts.text("window.dialog.close"), is_primary=True, name="email_close")
        leave.setDefault(True)
        leave.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(self.folder)
        row.addWidget(self.mailto)
        row.addStretch(1)
        row.addWidget(leave)
        column = QVBoxLayout(pieces.ground(self))
        column.setContentsMargins(theme.STEP_16, theme.STEP_16, theme.STEP_16, theme.STEP_12)
        column.setSpacing(theme.STEP_8)
        column.addWidget(pieces.prose(title, "heading"))
        column.addWidget(pieces.prose(texts.text("printing.unopened.text", name=draft.pdf.name)))
        column.addWidget(pieces.prose(str(draft.pdf.parent), "caption", look="muted"))
        column.addWidget(self.says)
        column.addStretch(1)
        column.addLayout(row)
        pieces.fit(self, _WIDTH + 80, 0)
        self.folder.setFocus()

    def _open(self, address: QUrl) -> None:
        if not QDesktopServices.openUrl(address):
            self.says.setText(texts.text("printing.unopened.neither"))
            self.says.show()


async def send_by_mail(desk: Desk, over: QWidget, made: Made, pdf: bytes) -> str:
    """Ask for whom, write the e-mail and open it; return what to say of it, empty where the user left.

    Raises:
        EnvironmentFailure: the file cannot be written.
    """
    asked = ToDialog(await desk.mailing.recipients(), over)
    if await dialogs.finished(asked) != QDialog.DialogCode.Accepted:
        return ""
    draft = await desk.mailing.draft(letter_of(made, pdf, asked.address))
    if await asyncio.to_thread(Path(draft.path).is_file) and QDesktopServices.openUrl(
        QUrl.fromLocalFile(str(draft.path))
    ):
        return texts.text("printing.mailed")
    await dialogs.finished(UnopenedDialog(draft, over))
    return texts.text("printing.mail_kept", name=draft.pdf.name)


def letter_of(made: Made, pdf: bytes, to: str) -> Letter:
    """Return what the e-mail says of a sheet: nothing that does not stand on it, and nobody's name."""
    sheet = made.sheet
    arrival = getattr(sheet, "eta", "")
    return Letter(
        trip=sheet.trip_number,
        sheet=texts.text(sheet.kind.name_key),
        version=sheet.version,
        printed_at=sheet.printed_at,
        arrival=arrival if isinstance(arrival, str) else "",
        marks=sheet.marks,
        pdf=pdf,
        to=to,
    )
