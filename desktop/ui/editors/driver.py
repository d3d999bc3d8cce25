"""The editor of a driver: names, documents with the days they expire, an address in the USA."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.texts import text
from desktop.ui.desk import Desk
from desktop.ui.editors.node import set_heading
from desktop.ui.editors.part import document_rows
from desktop.ui.editors.record import BASES, RecordSession
from desktop.ui.editors.record_editor import RecordEditor
from desktop.ui.forms.ui_driver_editor import Ui_DriverEditor


class DriverEditor(RecordEditor):
    """A driver of the library."""

    def __init__(self, desk: Desk, session: RecordSession, parent: QWidget | None = None) -> None:
        super().__init__(desk, session, Ui_DriverEditor(), parent)
        column = self.ui.documents_rows.layout()
        self.documents = document_rows("driver", column, session, self.surroundings, base=BASES["driver"])
        self.lists.append(self.documents)
        self.ui.add_document.setText(text("editor.action.add_document"))
        self.ui.add_document.clicked.connect(self.documents.add_empty)
        set_heading(self.ui.documents_section_heading, text("fields.driver_documents"), "strong")
        set_heading(self.ui.us_address_section_heading, text("fields.driver_us_address"), "strong")
        self.add_expiries(self.ui.fast_expiry_rows)
        self.begin()
