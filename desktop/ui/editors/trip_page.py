"""The long form of a trip: header, equipment, crew, and the table of its shipments."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QScrollArea, QWidget

from desktop.domain.documents import JSON, MISSING, JSONObject, Missing, is_object
from desktop.domain.lifecycle import Regime
from desktop.services.leaving_out import left_out_words
from desktop.texts import text
from desktop.ui import pieces, theme
from desktop.ui.binding.binder import Binder
from desktop.ui.binding.binder import Surroundings as Around
from desktop.ui.binding.columns import at_normal_size, at_this_size
from desktop.ui.binding.field_box import FieldBox
from desktop.ui.binding.session import Editing
from desktop.ui.editors.arrival import ArrivalAsk, LeadClock
from desktop.ui.editors.choosing import Choosing
from desktop.ui.editors.fast_tick import FastTick
from desktop.ui.editors.nature import NatureBox
from desktop.ui.editors.node import Node, RowList, lay_on_surface, set_heading, set_up
from desktop.ui.editors.part import (
    DriverPart,
    FormPart,
    TrailerPart,
    container_part,
    may_add_plate,
    passenger_part,
    plate_rows,
    rows_of,
)
from desktop.ui.editors.port_note import port_note
from desktop.ui.editors.shipment_table import Column, ShipmentDelegate, ShipmentTable, shipments_of
from desktop.ui.editors.surroundings import Surroundings
from desktop.ui.forms.ui_trip_page import Ui_TripPage

FORM_WIDTH = 1080
_NEEDS = {Column.ON: 760, Column.TYPE: 700, Column.PIECES: 640, Column.WEIGHT: 560}
FOLLOWED = {"/portOfEntry": ("portOfEntry", "releaseOffice"), "/estimatedArrivalDateTime": ("estimatedArrivalDate",)}
"""What an ACI shipment takes over from its trip, by the trip's path."""


class TripPage(Node):
    """Everything of a trip but the inside of its shipments.

    Signals:
        shipment_wanted: position of the shipment to open.
        shipment_add_wanted: a new shipment is wanted.
    """

    shipment_wanted = Signal(int)
    shipment_add_wanted = Signal()

    def __init__(
        self, session: Editing, surroundings: Surroundings, choosing: Choosing, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._surroundings = surroundings
        self._choosing = choosing
        self._wants_insurance = False
        self._before = {path: session.value(path) for path in FOLLOWED}
        self.ui = Ui_TripPage()
        set_up(self.ui, self)
        self.binders.append(Binder(self, session, surroundings))
        self.binders[0].edited.connect(self._on_binder_edited)
        choosing.listen(self.binders[0])
        for box, field in self.binders[0].places:
            if field.name in {"ca_port", "eta"}:
                box.left.connect(self._on_followed_left)
        self.lay_columns(self.ui.trip_fields, self.ui.truck_fields, self.ui.insurance_fields)
        is_ace = session.regime is Regime.ACE
        self.plates = plate_rows(self.ui.truck_plates_rows.layout(), session, surroundings, "/truck")
        self.trailers = self._rows(self.ui.trailers_rows, "/trailers", "trailer")
        self.containers = self._rows(self.ui.containers_rows, "/containers", "container", applies=not is_ace)
        self.drivers = self._rows(self.ui.drivers_rows, "/drivers", "driver", minimum=1)
        self.passengers = self._rows(self.ui.passengers_rows, "/passengers", "passenger")
        self.lists += [self.plates, self.trailers, self.containers, self.drivers, self.passengers]
        self.nature: NatureBox = self.ui.nature
        self.nature.bind(session)
        self.arrival_ask = ArrivalAsk(session, self.ui.trip_scroll_content)
        self.fast = FastTick(session, self.ui.trip_scroll_content)
        self.left_out = pieces.prose("", "caption", look="muted", parent=self.ui.trip_scroll_content)
        self.left_out.setObjectName("trip_left_out")
        self.left_out.setContentsMargins(2, 0, 2, theme.STEP_12)
        column = self.ui.trip_scroll_column
        for widget in (self.left_out, self.arrival_ask, self.fast):  # each right below the header's fields
            column.insertWidget(column.indexOf(self.ui.trip_fields) + 1, widget)
        self.lead = LeadClock(session, surroundings.clock, self._box("eta"), self)
        self._name_things()
        self.ui.add_container.setVisible(not is_ace)
        self.ui.add_trailer.clicked.connect(self.trailers.add_empty)
        self.ui.add_container.clicked.connect(self.containers.add_empty)
        self.ui.add_truck_plate.clicked.connect(self.plates.add_empty)
        self.ui.add_insurance.clicked.connect(self._on_add_insurance_clicked)
        self.ui.add_driver.clicked.connect(self.drivers.add_empty)
        self.ui.add_passenger.clicked.connect(self.passengers.add_empty)
        self.ui.add_shipment.clicked.connect(self.shipment_add_wanted)
        self.table = ShipmentTable(session, self)
        self._dress_table()
        self.ui.trip_scroll_content.setMaximumWidth(at_this_size(FORM_WIDTH))
        lay_on_surface(self.ui.trip_scroll)

    @property
    def scroll_area(self) -> QScrollArea:
        """What scrolls."""
        return self.ui.trip_scroll

    def heading_of(self, section: str) -> QWidget:
        """Return the heading a tab leads to."""
        return {
            "trip": self.ui.trip_section_heading,
            "equipment": self.ui.equipment_section_heading,
            "crew": self.ui.crew_section_heading,
        }[section]

    def _box(self, name: str) -> FieldBox:
        return next(box for box, field in self.binders[0].places if field.name == name)

    def _rows(self, holder: QWidget, pointer: str, kind: str, *, minimum: int = 0, applies: bool = True) -> RowList:
        makers = {
            "trailer": TrailerPart,
            "container": container_part,
            "driver": DriverPart,
            "passenger": passenger_part,
        }
        maker = makers[kind]

        def made(session: Editing, around: Around, positions: tuple[int, ...]) -> FormPart:
            part = maker(session, around, positions)
            for binder in part.binders:
                self._choosing.listen(binder)
            return part

        return rows_of(
            holder.layout(),
            self._session,
            self._surroundings,
            pointer,
            made,
            title=f"editor.part.{kind}",
            minimum=minimum,
            applies=applies,
        )

    def _name_things(self) -> None:
        ui = self.ui
        for label, key in (
            (ui.trip_section_heading, "trip"),
            (ui.equipment_section_heading, "equipment"),
            (ui.crew_section_heading, "crew"),
            (ui.shipments_section_heading, "shipments"),
        ):
            set_heading(label, text(f"editor.section.{key}"))
        set_heading(ui.insurance_section_heading, text("fields.truck_insurance"), "strong")
        for button, key in (
            (ui.add_trailer, "add_trailer"),
            (ui.add_container, "add_container"),
            (ui.add_truck_plate, "add_truck_plate"),
            (ui.add_insurance, "add_insurance"),
            (ui.add_driver, "add_driver"),
            (ui.add_passenger, "add_passenger"),
            (ui.add_shipment, "add_shipment"),
        ):
            button.setText(text(f"editor.action.{key}"))

    def _dress_table(self) -> None:
        view = self.ui.shipments_table
        view.setModel(self.table)
        view.setItemDelegate(ShipmentDelegate(view))
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setShowGrid(False)
        view.setTabKeyNavigation(False)
        view.setAccessibleName(text("editor.section.shipments"))
        view.verticalHeader().hide()
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.verticalHeader().setDefaultSectionSize(theme.fitted(theme.TABLE_ROW_HEIGHT))
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = view.horizontalHeader()
        head.setFixedHeight(theme.fitted(theme.TABLE_HEAD_HEIGHT))
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in enumerate(self.table.widths):
            head.setSectionResizeMode(
                column, QHeaderView.ResizeMode.Stretch if width == 0 else QHeaderView.ResizeMode.Interactive
            )
            if width:
                view.setColumnWidth(column, width)
        view.activated.connect(self._on_table_activated)
        view.clicked.connect(self._on_table_activated)

    def _on_table_activated(self, index: QModelIndex) -> None:
        self.shipment_wanted.emit(index.row())

    def _on_binder_edited(self) -> None:
        self.arrange()

    def _on_followed_left(self) -> None:
        """Shipments that had the trip's port and arrival go on having them (I08, I24), as one step to undo."""
        now = {path: self._session.value(path) for path in FOLLOWED}
        before, self._before = self._before, now
        moved = {path: before[path] for path in FOLLOWED if before[path] is not MISSING and before[path] != now[path]}
        rows = shipments_of(self._session)
        made = [_followed(row, moved, now) for row in rows]
        if moved and any(new is not old for new, old in zip(made, rows, strict=True)):
            self._session.set("/shipments", made)

    def _on_add_insurance_clicked(self) -> None:
        self._wants_insurance = True
        self.arrange()
        box = self.binders[0].box_at("/truck/insurancePolicy")
        if box is not None:
            box.setFocus()

    def refresh(self) -> None:
        """Show the document again, the table of shipments too."""
        super().refresh()
        trailers = text("editor.summary.trailers", count=self.trailers.count)
        self.ui.equipment_section_summary.setText(text("editor.summary.equipment", trailers=trailers))
        self.refresh_shipments()

    def refresh_shipments(self) -> None:
        """Show the table of shipments again: all that typing inside a shipment changes here."""
        self.table.refresh()
        rows = self.table.rowCount()
        head, row = (
            theme.fitted(theme.TABLE_HEAD_HEIGHT),
            theme.fitted(theme.TABLE_ROW_HEIGHT),
        )
        height = head + max(1, min(rows, 12)) * row + 4
        self.ui.shipments_table.setFixedHeight(height)
        self.ui.shipments_table.setVisible(rows > 0)
        summary = self.table.summary()
        self.ui.shipments_section_summary.setText(summary)
        self.ui.shipments_section_summary.setToolTip(summary)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out columns of the table that there is no room for."""
        super().resizeEvent(event)
        for column, least in _NEEDS.items():
            self.ui.shipments_table.setColumnHidden(int(column), at_normal_size(self.width()) < least)

    def arrange(self) -> None:
        """Show the insurance where it stands in the document or was asked for; offer a second plate where it may be."""
        has_insurance = self._session.value("/truck/insurancePolicy") is not MISSING
        self.ui.insurance_part.setVisible(has_insurance or self._wants_insurance)
        self.ui.add_insurance.setVisible(not (has_insurance or self._wants_insurance))
        self.ui.add_truck_plate.setVisible(may_add_plate(self._session, self.plates))
        self.nature.refresh()
        self.arrival_ask.refresh()
        self.fast.refresh()
        self.lead.refresh()
        regime = self._session.regime
        port = self._box("us_port" if regime is Regime.ACE else "ca_port")
        found_by = port.picker.found_by if port.picker is not None else ""
        port.set_note(port_note(regime, port.value(), found_by))
        lines = [line for pointer, line in left_out_words(self._session) if not pointer.startswith("/shipments/")]
        self.left_out.setText("\n".join(lines))
        self.left_out.setVisible(bool(lines))


def _followed(row: JSON, moved: dict[str, JSON | Missing], now: dict[str, JSON | Missing]) -> JSON:
    if not is_object(row):
        return row
    changes: JSONObject = {}
    for path, old in moved.items():
        new = now[path]
        for name in FOLLOWED[path]:
            if row.get(name) == old and not isinstance(new, Missing):
                changes[name] = new
    return {**row, **changes} if changes else row
