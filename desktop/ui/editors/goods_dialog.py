"""What a partner shipped before: forgotten with Del, offered again with the same key."""

from __future__ import annotations

from datetime import datetime

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.codes import code_list
from desktop.domain.lifecycle import Regime
from desktop.services.goods import Goods
from desktop.texts import text
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.legible import legible
from desktop.ui.pieces import button, label, on_key


def goods_detail(goods: Goods) -> str:
    """Return what goods were, in one line: `35 BOX · 1,500 L · last 12 Nov 2026`."""
    quantity, weight = (_amount(goods.document.get(name)) for name in ("quantity", "weight"))
    units = [goods.document.get(name) for name in ("packagingUnit", "weightUnit")]
    package, unit = (one if isinstance(one, str) else "" for one in units)
    if goods.regime is Regime.ACI:
        unit = code_list("weight-units-aci").label(unit) or unit
    parts = (f"{quantity} {package}".strip(), f"{weight} {unit}".strip())
    return " · ".join((*(part for part in parts if part), text("goods.last", day=_day(goods.used_at))))


def _amount(value: object) -> str:
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return str(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    return f"{value:,.4f}".rstrip("0").rstrip(".")


def _day(moment: datetime) -> str:
    local = moment.astimezone()
    return f"{local.day} {local:%b %Y}"


class GoodsDialog(QDialog):
    """The goods remembered for one partner."""

    def __init__(self, desk: Desk, partner: str, goods: list[Goods], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._partner = partner
        self.setWindowTitle(text("goods.title"))
        self.resize(520, 420)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.STEP_16, theme.STEP_12, theme.STEP_16, theme.STEP_12)
        column.addWidget(label(text("goods.of", partner=partner), "heading"))
        self.empty = label(text("goods.none"), look="muted")
        column.addWidget(self.empty)
        self.list = QListWidget(self)
        self.list.setAccessibleName(text("goods.title"))
        self.list.setAccessibleDescription(text("goods.keys"))
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setUniformItemSizes(False)
        self.list.setSpacing(2)
        self.list.currentRowChanged.connect(self._on_row_changed)
        column.addWidget(self.list, 1)
        column.addStretch(0)  # with nothing to list the words stay together at the top
        row = QHBoxLayout()
        self.keys = label(text("goods.keys"), "caption", look="muted")
        row.addWidget(self.keys)
        row.addStretch(1)
        self.toggle = button(text("goods.forget"), name="goods_forget")
        self.toggle.clicked.connect(self._on_toggle_clicked)
        self.close_button = button(text("goods.close"), is_primary=True, name="goods_close")
        self.close_button.clicked.connect(self.accept)
        row.addWidget(self.toggle)
        row.addWidget(self.close_button)
        column.addLayout(row)
        on_key(self.list, "Del", self._on_toggle_clicked, only_with_focus=True)
        self._goods: list[Goods] = []
        self._show(goods)
        self.list.setFocus()

    def _show(self, goods: list[Goods]) -> None:
        row = max(0, self.list.currentRow())
        self._goods = goods
        self.list.clear()
        for one in goods:
            detail = goods_detail(one) if one.is_active else text("goods.forgotten", detail=goods_detail(one))
            item = QListWidgetItem(legible(f"{one.description}\n{detail}"))
            if not one.is_active:
                item.setForeground(self.palette().placeholderText())
            item.setData(Qt.ItemDataRole.AccessibleTextRole, legible(f"{one.description}, {detail}"))
            self.list.addItem(item)
        self.list.setVisible(bool(goods))
        self.empty.setVisible(not goods)
        for widget in (self.toggle, self.keys):
            widget.setVisible(bool(goods))
        if goods:
            self.list.setCurrentRow(min(row, len(goods) - 1))

    def _on_row_changed(self, row: int) -> None:
        if 0 <= row < len(self._goods):
            self.toggle.setText(text("goods.forget" if self._goods[row].is_active else "goods.recall"))

    def _on_toggle_clicked(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._goods):
            self._desk.keeper.start(self._toggle(self._goods[row]), name="forget goods")

    async def _toggle(self, goods: Goods) -> None:
        await (self._desk.goods.forget(goods.id) if goods.is_active else self._desk.goods.recall(goods.id))
        found = await self._desk.goods.of_partner(self._partner)
        if shiboken6.isValid(self):
            order = {one.id: place for place, one in enumerate(self._goods)}  # nothing moves under the cursor
            self._show(sorted(found, key=lambda one: order.get(one.id, len(order))))
