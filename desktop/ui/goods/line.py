"""The line below the goods of a shipment: what its partners shipped before, one press to fill a line."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop.services.goods import Goods
from desktop.texts import text
from desktop.ui.editors.goods_dialog import goods_detail
from desktop.ui.editors.link_button import LinkButton
from desktop.ui.legible import legible
from desktop.ui.pieces import label, plain_tip

_SHOWN = 3
_LONGEST = 32


class GoodsLine(QWidget):
    """`Shipped before: Wood glue, white, in drums · Lumber, spruce`; hidden where nothing is known.

    Signals:
        chosen: the `Goods` to fill a line with.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: list[LinkButton] = []
        self._shown: list[Goods] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(4, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(label(text("goods.before"), "caption", look="muted", parent=self))
        self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_goods(self, goods: list[Goods]) -> None:
        """Offer the latest of what is known."""
        wanted = goods[:_SHOWN]
        if wanted == self._shown:
            return
        self._shown = wanted
        for made in self.buttons:
            self._row.removeWidget(made)
            made.hide()
            made.deleteLater()
        self.buttons = []
        for one in wanted:
            made = LinkButton(self)
            words = one.description if len(one.description) <= _LONGEST else one.description[: _LONGEST - 1] + "…"
            spoken = text("goods.before_take", description=one.description, detail=goods_detail(one))
            made.setText(legible(words).replace("&", "&&"))
            made.setAccessibleName(legible(spoken))
            made.setToolTip(plain_tip(spoken))
            made.clicked.connect(partial(self._on_clicked, one))
            self._row.insertWidget(self._row.count() - 1, made)
            self.buttons.append(made)
        self.setVisible(bool(wanted))

    def _on_clicked(self, goods: Goods, _is_checked: bool = False) -> None:
        self.chosen.emit(goods)
