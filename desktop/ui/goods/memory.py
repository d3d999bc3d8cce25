"""What the partners of a shipment shipped before, ready while somebody types in the grid."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.domain.codes import fold
from desktop.domain.documents import JSON, is_object
from desktop.services.edit_session import EditSession
from desktop.services.goods import Goods
from desktop.services.views import Changed, Subject
from desktop.ui.binding.choice import Choice
from desktop.ui.desk import Desk
from desktop.ui.editors.goods_dialog import goods_detail

_PARTIES = ("consignee", "shipper")
_OFFERED = 9


class GoodsMemory(QObject):
    """Goods of the consignee and shipper of each shipment of one trip, read once and again when they change.

    Signals:
        known: something has been read.
    """

    known = Signal()

    def __init__(self, desk: Desk, session: EditSession, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._session = session
        self._read: dict[str, list[Goods]] = {}
        self._reading: set[str] = set()
        self._leave = desk.changes.subscribe(self._on_changes_announced)
        self.destroyed.connect(self._leave)

    def of(self, position: int) -> list[Goods]:
        """Return what the partners of a shipment shipped before, the latest first; reads what is not known yet."""
        found: dict[str, Goods] = {}
        for name in self._names(position):
            if name not in self._read:
                self._start(name)
            for goods in self._read.get(name, ()):
                before = found.get(fold(goods.description))
                if before is None or before.used_at < goods.used_at:
                    found[fold(goods.description)] = goods
        return sorted(found.values(), key=lambda goods: goods.used_at, reverse=True)

    def forget(self, goods: Goods) -> None:
        """Offer goods no more."""
        self._desk.keeper.start(self._forget(goods.description), name="forget goods")

    def recall(self, forgotten: list[Goods]) -> None:
        """Offer forgotten goods again."""
        self._desk.keeper.start(self._recall(forgotten), name="remember goods")

    def alike(self, goods: Goods) -> list[Goods]:
        """Return these goods under every partner they are known for here."""
        wanted = fold(goods.description)
        return [one for known in self._read.values() for one in known if fold(one.description) == wanted]

    async def _forget(self, description: str) -> None:
        wanted = fold(description)
        gone = [one for known in self._read.values() for one in known if fold(one.description) == wanted]
        for one in gone:
            await self._desk.goods.forget(one.id)
        self._read.clear()
        self.known.emit()

    async def _recall(self, forgotten: list[Goods]) -> None:
        for one in forgotten:
            await self._desk.goods.recall(one.id)
        self._read.clear()
        self.known.emit()

    def _names(self, position: int) -> list[str]:
        shipment: JSON = None
        rows = self._session.value("/shipments")
        if isinstance(rows, list) and 0 <= position < len(rows):
            shipment = rows[position]
        parties = [shipment.get(party) for party in _PARTIES] if is_object(shipment) else []
        names = [party.get("name") for party in parties if is_object(party)]
        return list(dict.fromkeys(name.strip() for name in names if isinstance(name, str) and name.strip()))

    def _start(self, name: str) -> None:
        if name not in self._reading:
            self._reading.add(name)
            self._desk.keeper.start(self._load(name), name="read remembered goods")

    async def _load(self, name: str) -> None:
        import shiboken6

        try:
            found = await self._desk.goods.known(self._session.company, self._session.regime, name)
        finally:
            self._reading.discard(name)
        if shiboken6.isValid(self):
            self._read[name] = found
            self.known.emit()

    def _on_changes_announced(self, changed: Changed) -> None:
        if changed.subject is Subject.LIBRARY:
            self._read.clear()


class GoodsSource:
    """Goods shipped before as choices of a picker: two lines each."""

    def __init__(self, memory: GoodsMemory, position: int) -> None:
        self._memory = memory
        self._position = position

    def find(self, words: str) -> list[Choice]:
        """Return the goods whose description holds every word."""
        wanted = fold(words).split()
        found = [
            goods for goods in self._memory.of(self._position) if all(w in fold(goods.description) for w in wanted)
        ]
        return [Choice(goods.description, "", goods_detail(goods), payload=goods) for goods in found[:_OFFERED]]

    def shown(self, value: str) -> str:
        """Return the description."""
        return value

    def exact(self, typed: str) -> str | None:  # noqa: ARG002 - a source's signature
        """Return nothing: what is typed stays as typed, and only what is marked is taken."""
        return None
