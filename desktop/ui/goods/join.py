"""Joins remembered goods to the editors of trips, and the library's pages to the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QBoxLayout, QWidget

from desktop.services.goods import Goods
from desktop.texts import text
from desktop.ui.binding.choice import Choice
from desktop.ui.binding.picker import Picker
from desktop.ui.desk import Desk
from desktop.ui.editors import tab_order
from desktop.ui.editors.trip import TripEditor
from desktop.ui.goods.line import GoodsLine
from desktop.ui.goods.memory import GoodsMemory, GoodsSource
from desktop.ui.goods.picker import GoodsPicker
from desktop.ui.goods.renewal import Renewal
from desktop.ui.pieces import single_shot
from desktop.ui.toast import Toast, announce

if TYPE_CHECKING:
    from desktop.ui.shell import Shell

_PAUSE_MS = 300  # a name is looked up once somebody has stopped typing it


class Remembering(QObject):
    """Offers remembered goods in the grid of one editor.

    Attributes:
        memory: what is known for the partners of its shipments.
        line: the line below the grid.
    """

    def __init__(self, desk: Desk, editor: TripEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        self._page = editor.shipments
        self._grid = self._page.ui.commodities_table
        self.memory = GoodsMemory(desk, editor.session, self)
        self.line = GoodsLine(self._page.ui.shipment_scroll_content)
        self._put_in_place()
        self._grid.make_goods_picker = self._picker
        self._grid.left_out.connect(self._on_left_out)
        self.memory.known.connect(self._show_line)
        self.line.chosen.connect(self._on_line_chosen)
        self._page.current_changed.connect(self._show_line)
        self._wait = single_shot(editor, _PAUSE_MS, self._show_line)
        leave = editor.session.subscribe(lambda _paths, _structure: self._wait.start(), None, None)
        self.destroyed.connect(leave)
        self._show_line()

    def _put_in_place(self) -> None:
        message = self._page.ui.commodity_message
        found = _layout_of(message)
        if found is not None:
            found.layout.insertWidget(found.place + 1, self.line)
            tab_order.chain(self._page)

    def _show_line(self, *_: object) -> None:
        self.line.show_goods(self.memory.of(self._page.position))

    def _picker(self, parent: QWidget) -> Picker | None:
        position = self._grid.goods.position
        if not self.memory.of(position):
            return None
        made = GoodsPicker(parent)
        made.set_source(GoodsSource(self.memory, position))
        made.chosen.connect(self._on_chosen)
        made.forgotten.connect(self._on_forgotten)
        return made

    def _on_chosen(self, choice: Choice) -> None:
        if isinstance(choice.payload, Goods):
            self._grid.goods.fill(self._grid.currentIndex().row(), choice.payload.document, choice.payload.description)

    def _on_line_chosen(self, goods: Goods) -> None:
        """Fill the current line where nothing describes it yet, else a new one."""
        model = self._grid.goods
        current = self._grid.currentIndex()
        has_words = current.isValid() and bool(model.index(current.row(), 0).data())
        row = model.add(current.row() + 1 if current.isValid() else None) if has_words or not current.isValid() else -1
        row = current.row() if row < 0 else row
        model.fill(row, goods.document, goods.description)
        self._grid.go_to(row, 1)

    def _on_forgotten(self, goods: Goods) -> None:
        gone = self.memory.alike(goods)
        self.memory.forget(goods)
        words = text("goods.forgot", description=goods.description)
        self._say(words, lambda: self.memory.recall(gone))

    def _on_left_out(self, count: int) -> None:
        self._say(text("goods.too_wide", count=count), None)

    def _say(self, words: str, undo: Callable[[], object] | None) -> None:
        toast = self._editor.window().findChild(Toast)
        if isinstance(toast, Toast):
            toast.say(words, action=text("goods.undo") if undo else "", on_action=undo)
        else:
            announce(self._editor, words)


class _Place(NamedTuple):
    layout: QBoxLayout
    place: int


def _layout_of(widget: QWidget) -> _Place | None:
    """Return the column a widget of a form stands in, and where."""
    parent = widget.parentWidget()
    for layout in parent.findChildren(QBoxLayout) if parent is not None else ():
        place = layout.indexOf(widget)
        if place >= 0:
            return _Place(layout, place)
    return None


def remember(desk: Desk, editor: QWidget) -> Remembering | None:
    """Offer remembered goods, and changes of the library, in an editor of a trip."""
    if not isinstance(editor, TripEditor):
        return None
    Renewal(editor)
    return Remembering(desk, editor)


def join(shell: Shell) -> None:
    """Offer remembered goods in every editor that opens from now on."""

    def on_editor(editor: QWidget) -> None:
        remember(shell.desk, editor)

    shell.act.on_editor.append(on_editor)
