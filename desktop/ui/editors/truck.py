"""The editor of a truck of the library."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.texts import text
from desktop.ui.desk import Desk
from desktop.ui.editors.node import set_heading
from desktop.ui.editors.part import may_add_plate, plate_rows
from desktop.ui.editors.record import BASES, RecordSession
from desktop.ui.editors.record_editor import RecordEditor
from desktop.ui.forms.ui_truck_editor import Ui_TruckEditor


class TruckEditor(RecordEditor):
    """A truck: number, type, plates, and the days its papers expire."""

    def __init__(self, desk: Desk, session: RecordSession, parent: QWidget | None = None) -> None:
        super().__init__(desk, session, Ui_TruckEditor(), parent)
        column = self.ui.plates_rows.layout()
        self.plates = plate_rows(column, session, self.surroundings, BASES["truck"], base=BASES["truck"])
        self.lists.append(self.plates)
        self.ui.add_plate.setText(text("editor.action.add_plate"))
        self.ui.add_plate.clicked.connect(self.plates.add_empty)
        set_heading(self.ui.insurance_section_heading, text("fields.truck_insurance"), "strong")
        self.add_expiries(self.ui.expiry_rows)
        self.begin()

    def arrange(self) -> None:
        """Offer a second plate where there is a first."""
        self.ui.add_plate.setVisible(may_add_plate(self.session, self.plates))
