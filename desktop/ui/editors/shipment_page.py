"""The shipments of a trip: a list, and everything of the current one. Only the current one has widgets."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from desktop.domain.documents import JSON, MISSING, JSONObject, Missing
from desktop.domain.left_out import IN_BOND
from desktop.domain.lifecycle import Regime
from desktop.domain.shipment import control_number
from desktop.services.leaving_out import left_out_words
from desktop.texts import text
from desktop.ui import pieces, theme
from desktop.ui.binding.binder import Binder
from desktop.ui.binding.binder import Surroundings as Around
from desktop.ui.binding.columns import at_normal_size, at_this_size
from desktop.ui.binding.session import Editing
from desktop.ui.editors.by_type import asked_for, parts_of, show_by_type
from desktop.ui.editors.choosing import Choosing
from desktop.ui.editors.commodity_model import CommodityModel
from desktop.ui.editors.new_shipment import like, new_shipment
from desktop.ui.editors.node import Node, RowList, lay_on_surface, set_heading, set_up
from desktop.ui.editors.part import FormPart, Maker, delivery_part, notify_part, rows_of, third_party_part
from desktop.ui.editors.problem import Problem
from desktop.ui.editors.shipment_card import ShipmentCard
from desktop.ui.editors.shipment_table import (
    Column,
    ShipmentTable,
    shipments_of,
    totals,
)
from desktop.ui.editors.surroundings import Surroundings
from desktop.ui.forms.ui_shipment_page import Ui_ShipmentPage
from desktop.ui.pieces import set_tone

Index = QModelIndex | QPersistentModelIndex
FORM_WIDTH = 1080
LIST_WIDTH = 230
_LIST_FROM = 760


class ShipmentPage(Node):
    """List and detail of the shipments.

    Signals:
        current_changed: another shipment is shown (its position, -1 for none).
        removed: a shipment was taken off: its position and what stood there.
    """

    current_changed = Signal(int)
    removed = Signal(int, object)

    def __init__(
        self,
        session: Editing,
        surroundings: Surroundings,
        choosing: Choosing,
        table: ShipmentTable,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._surroundings = surroundings
        self._choosing = choosing
        self._table = table
        self._wanted: set[str] = set()
        self._fresh: set[int] = set()
        self._problems: tuple[Problem, ...] = ()
        self.position = -1
        self.ui = Ui_ShipmentPage()
        set_up(self.ui, self)
        commodity = Binder(self.ui.commodity_part, session, surroundings, group=text("editor.group.commodity"))
        self.binders += [Binder(self, session, surroundings), commodity]
        self.binders[0].edited.connect(self.arrange)
        for binder in self.binders:
            choosing.listen(binder)
        for name, section in vars(self.ui).items():
            if name.endswith("_fields"):
                self.lay_columns(section)
        is_ace = session.regime is Regime.ACE
        self.deliveries = self._rows(
            self.ui.deliveries_rows, "deliveryDestinations", delivery_part, "delivery", applies=not is_ace
        )
        self.notifies = self._rows(self.ui.notifies_rows, "notifyParties", notify_part, "notify", applies=not is_ace)
        self.third_parties = self._rows(
            self.ui.third_parties_rows, "thirdParties", third_party_part, "third_party", applies=is_ace
        )
        self.lists += [self.deliveries, self.notifies, self.third_parties]
        self.goods = CommodityModel(session, self)
        self.ui.commodities_table.show_model(self.goods, surroundings.source("unit"))
        self.ui.commodities_table.selectionModel().currentChanged.connect(self._on_line_changed)
        self.ui.commodity_message.setTextFormat(Qt.TextFormat.PlainText)
        self.ui.commodity_message.setFont(theme.font("caption"))
        self.ui.commodity_message.setIndent(4)
        self.ui.commodity_message.setMinimumHeight(theme.line_height("caption"))
        self._dress_list()
        self.left_out = pieces.prose("", "caption", look="muted", parent=self.ui.shipment_scroll_content)
        self.left_out.setObjectName("shipment_left_out")
        self.left_out.setContentsMargins(2, 0, 2, theme.STEP_12)
        column = self.ui.shipment_scroll_column
        column.insertWidget(column.indexOf(self.ui.number_fields) + 1, self.left_out)
        self._name_things()
        self.ui.shipment_scroll_content.setMaximumWidth(at_this_size(FORM_WIDTH))
        lay_on_surface(self.ui.shipment_scroll)
        self.ui.shipments_list.viewport().setBackgroundRole(QPalette.ColorRole.AlternateBase)

    def _rows(self, holder: QWidget, member: str, maker: Maker, kind: str, *, applies: bool) -> RowList:
        def made(session: Editing, around: Around, positions: tuple[int, ...]) -> FormPart:
            part = maker(session, around, positions)
            self._choosing.listen(part.binder)
            return part

        return rows_of(
            holder.layout(),
            self._session,
            self._surroundings,
            f"/shipments/*/{member}",
            made,
            title=f"editor.part.{kind}",
            applies=applies,
        )

    def _dress_list(self) -> None:
        view = self.ui.shipments_list
        view.setModel(self._table)
        view.setItemDelegate(ShipmentCard(view))
        view.setUniformItemSizes(True)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setAccessibleName(text("editor.section.shipments"))
        view.selectionModel().currentChanged.connect(self._on_list_changed)
        self.ui.list_part.setFixedWidth(at_this_size(LIST_WIDTH))
        self.ui.list_total.setContentsMargins(14, 8, 8, 8)
        self.ui.list_total.setFont(theme.font("caption"))
        self.ui.list_total.setWordWrap(True)
        self.ui.list_count.setWordWrap(True)
        self.ui.list_count.setFont(theme.font("strong"))
        choice = self.ui.shipment_choice
        choice.setAccessibleName(text("editor.section.shipments"))
        choice.setModel(self._table)
        choice.setModelColumn(int(Column.NUMBER))
        choice.activated.connect(self.show_shipment)
        choice.hide()

    def _name_things(self) -> None:
        ui = self.ui
        for label, key, size in (
            (ui.shipment_section_heading, "shipment", "heading"),
            (ui.shipper_section_heading, "shipper", "strong"),
            (ui.consignee_section_heading, "consignee", "strong"),
            (ui.commodities_section_heading, "commodities", "heading"),
            (ui.commodity_section_heading, "commodity", "strong"),
            (ui.in_bond_section_heading, "in_bond", "strong"),
            (ui.release_section_heading, "release", "strong"),
            (ui.more_section_heading, "more", "strong"),
        ):
            set_heading(label, text(f"editor.section.{key}"), "heading" if size == "heading" else "strong")
        for button, key, slot in (
            (ui.add_shipment, "add", self.add_shipment),
            (ui.remove_shipment, "remove_shipment", self.remove_shipment),
            (ui.add_commodity, "add_commodity", ui.commodities_table.add_line),
            (ui.add_in_bond, "add_in_bond", lambda: self._want("in_bond", "in_bond_type")),
            (ui.add_release, "add_release", lambda: self._want("release", "broker_filer_code")),
            (ui.add_more, "add_more", lambda: self._want("more", "city_of_acceptance_city")),
            (ui.add_delivery, "add_delivery", self.deliveries.add_empty),
            (ui.add_notify, "add_notify", self.notifies.add_empty),
            (ui.add_third_party, "add_third_party", self.third_parties.add_empty),
        ):
            button.setText(text(f"editor.action.{key}"))
            button.clicked.connect(slot)
        ui.add_shipment.setAccessibleName(text("editor.action.add_shipment"))

    def _want(self, part: str, name: str) -> None:
        self._wanted.add(part)
        self.arrange()
        box = self.findChild(QWidget, name)
        if isinstance(box, QWidget):
            box.setFocus()

    # Shipments

    def add_shipment(self) -> None:
        """Add a shipment that takes over what it has in common with the trip, and go to its number."""
        self._put_at_end(new_shipment(self._session))

    def duplicate(self) -> None:
        """Add a shipment like the current one but without its number, and go to its number."""
        if self.position >= 0:
            self._put_at_end(like(self._session.value(f"/shipments/{self.position}")))

    def _put_at_end(self, shipment: JSONObject) -> None:
        rows = len(shipments_of(self._session))
        self._session.insert("/shipments/-", shipment)
        self._fresh.add(rows)
        self.show_shipment(rows)
        name = "shipment_control_number" if self._session.regime is Regime.ACE else "cargo_control_number"
        box = self.findChild(QWidget, name)
        if isinstance(box, QWidget):
            box.setFocus()

    def remove_shipment(self) -> None:
        """Take the current shipment off the trip; undo brings it back."""
        place = self.position
        row = self._session.value(f"/shipments/{place}") if place >= 0 else MISSING
        if not isinstance(row, Missing):
            self._session.remove(f"/shipments/{place}")
            self.show_shipment(min(place, len(shipments_of(self._session)) - 1))
            self.removed.emit(place, row)

    def bring_back(self, place: int, row: JSON) -> None:
        """Put a shipment that was taken off where it was."""
        place = min(place, len(shipments_of(self._session)))
        self._session.insert(f"/shipments/{place}", row)
        self.show_shipment(place)

    def step(self, by: int) -> None:
        """Go to the next or previous shipment; the caret stays in its field."""
        position = self.position + by
        if 0 <= position < len(shipments_of(self._session)):
            self.show_shipment(position)

    def show_shipment(self, position: int) -> None:
        """Show one shipment; -1 for none."""
        is_other = position != self.position
        self.position = position
        has_one = position >= 0
        self.ui.shipment_scroll_content.setVisible(has_one)
        if has_one:
            if is_other:
                self._wanted.clear()
                for binder in self.binders:
                    binder.forget()
            self.binders[0].move_to((position,))
            for rows in self.lists:
                rows.move_to((position,))
            if is_other:
                self.goods.show(position)
                self.ui.commodities_table.setCurrentIndex(self.goods.index(0, 0))
                self._show_line()
            if position not in self._fresh:
                self.check_all()
        view = self.ui.shipments_list
        if view.currentIndex().row() != position:
            view.setCurrentIndex(self._table.index(position, 0))
        if self.ui.shipment_choice.currentIndex() != position:
            self.ui.shipment_choice.setCurrentIndex(position)
        self.arrange()
        if is_other:
            self.current_changed.emit(position)

    def go_to(self, path: str) -> bool:
        """Go to the cell of the grid a path is about; False where it is about a field instead."""
        prefix = self.goods.pointer + "/"
        if not path.startswith(prefix):
            return False
        row = int(path[len(prefix) :].partition("/")[0])
        cell = self.goods.index_at(path)
        grid = self.ui.commodities_table
        grid.go_to(row, cell.column() if cell.isValid() else 0)
        self.ui.shipment_scroll.ensureWidgetVisible(grid, 20, 60)
        return cell.isValid()

    def show_in_bond(self) -> None:
        """Show the in-bond details of the first shipment that moves in bond."""
        rows = shipments_of(self._session)
        kinds = [str(row.get("type")) if isinstance(row, dict) else "" for row in rows]
        first = next((position for position, kind in enumerate(kinds) if kind in IN_BOND), self.position)
        if not 0 <= self.position < len(kinds) or kinds[self.position] not in IN_BOND:
            self.show_shipment(first)
        self.ui.shipment_scroll.ensureWidgetVisible(self.ui.in_bond_part, 20, 60)

    def pointer_of_cell(self) -> str:
        """Return where the current cell of the grid stands; the shipment where there is no line."""
        cell = self.ui.commodities_table.currentIndex()
        return self.goods.pointer_of(cell) if cell.isValid() else f"/shipments/{max(0, self.position)}"

    def _on_list_changed(self, current: QModelIndex) -> None:
        if current.isValid() and current.row() != self.position:
            self.show_shipment(current.row())

    # Lines of goods

    def _on_line_changed(self, current: QModelIndex, before: QModelIndex) -> None:
        if current.row() != before.row():
            self._show_line()
        self._show_cell_message()

    def _show_line(self) -> None:
        row = self.ui.commodities_table.currentIndex().row()
        self.ui.commodity_part.setVisible(row >= 0)
        if row >= 0:
            self.binders[1].move_to((self.position, row))
            heading = text("editor.part.commodity", number=row + 1)
            set_heading(self.ui.commodity_section_heading, heading, "strong")
            if self.position not in self._fresh:
                self.binders[1].check_all()

    def _show_cell_message(self) -> None:
        grid = self.ui.commodities_table
        current = grid.currentIndex()
        remark = self.goods.remark(current)
        if remark is None and current.isValid():
            cells = (self.goods.index(current.row(), column) for column in range(self.goods.columnCount()))
            remark = next((found for cell in cells if (found := self.goods.remark(cell)) is not None), None)
        self.ui.commodity_message.setText(remark.text if remark else "")
        set_tone(
            self.ui.commodity_message,
            {"error": "stop", "ask": "attention"}.get(remark.grade, "slate") if remark else "slate",
        )
        grid.setAccessibleDescription(remark.text if remark else text("editor.grid.keys"))

    # Following the session

    def refresh(self) -> None:
        """Show the document again; a shipment that is gone gives way to the one before it."""
        rows = shipments_of(self._session)
        pieces, weight = self._table.adding.totals(rows)
        self.ui.list_count.setText(text("editor.summary.shipments", count=len(rows)))
        self.ui.list_total.setText(text("editor.summary.in_all", pieces=pieces, weight=weight) if rows else "")
        if self.position >= len(rows) or self.position < 0:
            self.show_shipment(len(rows) - 1)
            return
        super().refresh()
        self.goods.refresh()
        if self.ui.commodities_table.currentIndex().row() < 0 and self.goods.rowCount():
            self.ui.commodities_table.setCurrentIndex(self.goods.index(0, 0))
            self._show_line()
        self.ui.commodity_part.setVisible(self.goods.rowCount() > 0)
        lines = text("editor.summary.lines", count=self.goods.rowCount())
        own = totals(rows[self.position])
        self.ui.commodities_section_summary.setText(
            text("editor.summary.totals_of_lines", lines=lines, pieces=own[0], weight=own[1])
        )

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Show what is wrong in the grid; the fields are told by the editor."""
        self._problems = problems
        self.goods.show_problems(problems)
        self._show_cell_message()

    def check_everything(self) -> None:
        """Show from now on what is wrong in every shipment."""
        self._fresh.clear()
        self.check_all()

    def arrange(self) -> None:
        """Show the parts that the type asks for, that have something in them, or that were asked for."""
        if self.position < 0:
            return
        at = f"/shipments/{self.position}"
        regime = self._session.regime
        is_ace = regime is Regime.ACE
        kind = self._session.value(f"{at}/{'type' if is_ace else 'shipmentType'}")
        asks = asked_for(regime, kind)
        parts = parts_of(regime, asks, lambda name: self._has(f"{at}/{name}"))
        for name, is_shown in parts.items():
            shown = is_shown or name in self._wanted
            getattr(self.ui, f"{name}_part").setVisible(shown)
            is_of_regime = is_ace if name != "more" else not is_ace
            getattr(self.ui, f"add_{name}").setVisible(is_of_regime and not shown)
        for box, field in self.binders[0].places:
            if field.name in _FOLLOWING and not is_ace:
                own, whole = (
                    self._session.value(self.binders[0].pointer(box)),
                    self._session.value(_FOLLOWING[field.name]),
                )
                box.set_note(text("editor.note.follows") if own == whole and own is not MISSING else "")
        if show_by_type(self.binders, asks, self._wanted):
            for columns in self.columns:
                columns.reflow()
        self.left_out.setText("\n".join(line for pointer, line in left_out_words(self._session) if _is_in(pointer, at)))
        self.left_out.setVisible(bool(self.left_out.text()))
        self.ui.add_delivery.setVisible(not is_ace)
        self.ui.add_notify.setVisible(not is_ace)
        self.ui.add_third_party.setVisible(is_ace)
        shipment = self._session.value(at)
        self.ui.shipment_section_summary.setText("" if isinstance(shipment, Missing) else control_number(shipment))

    def _has(self, pointer: str) -> bool:
        return self._session.value(pointer) is not MISSING

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn the list into a picker where there is no room for it."""
        super().resizeEvent(event)
        has_room = at_normal_size(self.width()) >= _LIST_FROM
        self.ui.list_part.setVisible(has_room)
        self.ui.shipment_choice.setVisible(not has_room)


_FOLLOWING = {
    "shipment_ca_port": "/portOfEntry",
    "release_office": "/portOfEntry",
    "shipment_eta": "/estimatedArrivalDateTime",
}


def _is_in(pointer: str, parent: str) -> bool:
    return pointer.startswith(parent + "/")
