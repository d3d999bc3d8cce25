"""What becomes of a record as a whole: put aside or deleted, found twice, changed elsewhere, used on trips."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu

from desktop.services.library import TripUse
from desktop.services.views import LibraryRow
from desktop.texts import text
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.dialogs import told
from desktop.ui.editors.goods_dialog import GoodsDialog
from desktop.ui.editors.link_button import LinkButton
from desktop.ui.editors.record import RecordSession
from desktop.ui.editors.record_notice import RecordNotice
from desktop.ui.legible import legible
from desktop.ui.offer import Offer
from desktop.ui.pieces import tool_button
from desktop.ui.toast import Toast

if TYPE_CHECKING:
    from desktop.ui.editors.library_page import LibraryPage

_LISTED_TRIPS = 20


class RecordKeeping(QObject):
    """Keeps the record in the form of a library page in order.

    Attributes:
        notice: the question above the form.
        used: the line that says which trips used the record.
        goods: the line that opens what a partner shipped.
    """

    def __init__(self, desk: Desk, page: LibraryPage) -> None:
        super().__init__(page)
        self._desk = desk
        self._page = page
        self._session: RecordSession | None = None
        self._asked: tuple[str, str] = ("", "")
        self._is_shown = True
        self._uses: tuple[TripUse, ...] | None = None
        self._menu = QMenu(page)
        self._trips = QMenu(page)
        self.notice = RecordNotice(page)
        self.foot = QFrame(page)
        self.foot.setProperty("look", "foot")
        row = QHBoxLayout(self.foot)
        row.setContentsMargins(theme.STEP_12, 0, theme.STEP_12, 0)
        self.used, self.goods = LinkButton(self.foot), LinkButton(self.foot)
        self.used.setObjectName("record_used")
        self.goods.setObjectName("record_goods")
        self.used.clicked.connect(self._show_trips)
        self.goods.setText(text("library.goods.open"))
        self.goods.clicked.connect(self.show_goods)
        row.addWidget(self.used)
        row.addWidget(self.goods)
        row.addStretch(1)
        column = page.ui.record_column
        column.insertWidget(column.indexOf(page.ui.record_head) + 1, self.notice)
        column.addWidget(self.foot)
        self.foot.hide()
        made = page.ui.record_button
        _look_like(made, tool_button("more", text("library.record_more")))
        made.setMenu(self._menu)
        self._menu.aboutToShow.connect(self._fill_menu)

    # Following

    def show(self, session: RecordSession | None) -> None:
        """Keep another record, or none."""
        self._session = session
        self._uses = None
        self._asked = ("", "")
        self.notice.drop()
        self._show_foot()
        self.goods.setVisible(session is not None and session.kind == "partner")
        self._show_uses()
        self._read_uses()
        if session is not None and session.clash is not None:
            self._ask_clash(session)

    def set_shown(self, *, is_shown: bool) -> None:
        """Hide what belongs to the form while the list lies over it."""
        self._is_shown = is_shown
        self._show_foot()

    def _show_foot(self) -> None:
        has_record = self._session is not None and self._session.row is not None
        self.foot.setVisible(self._is_shown and has_record)

    def on_saved(self) -> None:
        """The record was saved, or could not be."""
        session = self._session
        if session is None:
            return
        if session.clash is not None:
            self._ask_clash(session)
            return
        row = session.row
        if row is None:
            return
        if self._uses is None:
            self._show_foot()
            self._read_uses()
        if (row.key, row.title) != self._asked:
            self._asked = (row.key, row.title)
            self._start("look for the same record", self._look_for_same, session, row)

    def _start(self, name: str, work: Callable[..., Coroutine[Any, Any, None]], *given: object) -> None:
        self._desk.keeper.start(self._do(work, given), name=name)

    async def _do(self, work: Callable[..., Coroutine[Any, Any, None]], given: tuple[object, ...]) -> None:
        await told(self._page, work(*given))

    # The same one twice

    async def _look_for_same(self, session: RecordSession, row: LibraryRow) -> None:
        found = await self._desk.library.same(row.kind, row.document, but=row.id, company=row.company or None)
        if session is not self._session or not shiboken6.isValid(self):
            return
        if not found:
            self.notice.drop()
            return
        other = found[0]
        name = other.title or other.key
        words = text("library.same.aside" if not other.is_active else "library.same.there", name=name)
        self.notice.ask(
            words,
            (
                (text("library.same.open"), partial(self._open_other, session, other)),
                (text("library.same.both"), self.notice.drop),
            ),
        )

    def _open_other(self, session: RecordSession, other: LibraryRow) -> None:
        """Go on with the one that was there; a new one that nothing used is taken back, and can be brought again."""
        self._start("go on with the other record", self._change_over, session, other)

    async def _change_over(self, session: RecordSession, other: LibraryRow) -> None:
        await session.flush()
        row = session.row
        is_new = row is not None and row.version <= _NEW_VERSIONS and not await self._desk.library.uses(row.id)
        if row is not None and is_new:
            await self._take_out(row)
        if not other.is_active:
            await self._desk.library.set_active(other.id, True)
        if shiboken6.isValid(self):
            self._page.open(await self._desk.library.item(other.id))

    # Changed elsewhere

    def _ask_clash(self, session: RecordSession) -> None:
        self.notice.ask(
            text("library.clash"),
            (
                (text("library.clash.mine"), partial(self._decide, session.keep_mine)),
                (text("library.clash.theirs"), partial(self._decide, session.take_theirs)),
            ),
            tone="stop",
        )

    def _decide(self, choose: Any) -> None:
        self.notice.drop()
        choose()

    # Putting aside and deleting

    def put_aside(self) -> None:
        """Put the record aside, or take it up again."""
        if self._session is not None and self._session.row is not None:
            self._start("put a record aside", self._set_active, self._session)

    async def _set_active(self, session: RecordSession) -> None:
        await session.flush()
        row = session.row
        if row is None:
            return
        await self._desk.library.set_active(row.id, not row.is_active)
        if not shiboken6.isValid(self):
            return
        self._page.forget(row.id)
        self._page.close_form()
        name = row.title or text("library.unnamed")
        if row.is_active:
            again = partial(self._start_active, row.id)
            self._say(text("library.toast.aside", name=name), again)
        else:
            self._say(text("library.toast.again", name=name), None)

    def _start_active(self, item_id: str) -> None:
        self._start("use a record again", self._desk.library.set_active, item_id, True)

    def delete(self) -> None:
        """Delete a record that no trip used; the toast brings it back."""
        if self._session is not None and self._session.row is not None:
            self._start("delete a record", self._delete, self._session)

    async def _delete(self, session: RecordSession) -> None:
        await session.flush()
        if session.row is not None:
            await self._take_out(session.row)
            if shiboken6.isValid(self):
                self._page.close_form()

    def erase(self) -> None:
        """Erase a driver from everything the program keeps, once the user has confirmed it."""
        if self._session is not None and self._session.row is not None:
            self._start("erase a person", self._erase, self._session)

    async def _erase(self, session: RecordSession) -> None:
        from desktop.ui.editors.erase_dialog import erase

        await session.flush()
        if session.row is not None and await erase(self._desk, session.row.id, self._page) and shiboken6.isValid(self):
            self._page.forget(session.row.id)
            self._page.close_form()

    async def _take_out(self, row: LibraryRow) -> None:
        await self._desk.library.remove(row.id)
        if shiboken6.isValid(self):
            self._page.forget(row.id)
            name = row.title or text("library.unnamed")
            self._say(text("library.toast.deleted", name=name), partial(self._bring_back, row.id))

    def _bring_back(self, item_id: str) -> None:
        self._start("bring a record back", self._desk.library.restore, item_id)

    def _say(self, words: str, undo: Any) -> None:
        toast = self._page.window().findChild(Toast)
        if isinstance(toast, Toast):
            toast.say(words, action=text("library.toast.undo") if undo else "", on_action=undo)

    # Use

    def _read_uses(self) -> None:
        session = self._session
        if session is not None and session.row is not None:
            self._desk.keeper.start(self._read(session, session.row.id), name="read where a record was used")

    async def _read(self, session: RecordSession, item_id: str) -> None:
        from desktop.errors import DesktopError

        try:
            found = await self._desk.library.uses(item_id)
        except DesktopError:  # it went meanwhile
            return
        if session is self._session and shiboken6.isValid(self):
            self._uses = found
            self._show_uses()

    def _show_uses(self) -> None:
        uses = self._uses
        self._trips.clear()
        self.used.setEnabled(bool(uses))
        if uses is None:
            self.used.setText(text("library.used.looking"))
        elif not uses:
            self.used.setText(text("library.used.never"))
        else:
            last = next((use.arrival[:10] for use in uses if use.arrival), "")
            key = "library.used" if last else "library.used.undated"
            self.used.setText(text(key, count=len(uses), day=last))
        for use in (uses or ())[:_LISTED_TRIPS]:
            name = use.number or text("library.used.unnumbered")
            action = self._trips.addAction(legible(f"{name}  {use.arrival[:16]}").replace("&", "&&"))
            action.triggered.connect(partial(self._page.trip_wanted.emit, use.trip))

    def _show_trips(self) -> None:
        self._trips.popup(self.used.mapToGlobal(self.used.rect().topLeft()))

    def show_goods(self) -> None:
        """Show what the partner shipped before."""
        session = self._session
        name = session.value("/name") if session is not None else ""
        if isinstance(name, str) and name:
            self._start("show a partner's goods", self._show_goods, name)

    async def _show_goods(self, name: str) -> None:
        from desktop.ui.dialogs import finished

        dialog = GoodsDialog(self._desk, name, await self._desk.goods.of_partner(name), self._page)
        await finished(dialog)

    # Menu

    def offers(self) -> list[Offer]:
        """Return what can be done with the record."""
        session = self._session
        if session is None or session.row is None:
            return []
        title = session.row.title
        is_active = session.row.is_active
        made = [Offer(text("library.put_aside" if is_active else "library.take_up"), self.put_aside, words=title)]
        if self._uses == ():
            made.append(Offer(text("library.delete"), self.delete, icon="trash", words=title))
        if session.kind == "driver":
            made.append(Offer(text("erase.menu"), self.erase, words=title))
        if session.kind == "partner":
            made.append(Offer(text("library.goods.open"), self.show_goods, words=title))
        return made

    def _fill_menu(self) -> None:
        self._menu.clear()
        for offer in self.offers():
            self._menu.addAction(offer.title).triggered.connect(lambda _checked=False, run=offer.run: run())
        if self._uses:
            self._menu.addAction(text("library.delete_used")).setEnabled(False)


_NEW_VERSIONS = 30
"""A record saved at most so often, every 100 ms of typing, is one that was just begun."""


def _look_like(target: Any, model: Any) -> None:
    """Dress a generated tool button like one of ours."""
    theme.set_icon(target, "more")
    target.setIconSize(model.iconSize())
    target.setMinimumSize(model.minimumSize())
    target.setToolTip(model.toolTip())
    target.setAccessibleName(model.accessibleName())
    target.setFocusPolicy(model.focusPolicy())
    target.setPopupMode(target.ToolButtonPopupMode.InstantPopup)
    model.deleteLater()
