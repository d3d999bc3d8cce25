"""Does with messages what a person asks, says so in the toast, and can take each of it back (ui design 5)."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime
from typing import Any

from desktop import texts
from desktop.services.views import InboxCard, InboxFilter
from desktop.ui.desk import Desk
from desktop.ui.inbox.card_words import until_words
from desktop.ui.inbox.model import InboxModel
from desktop.ui.toast import Toast

_MOST_UNDO = 50
Undo = Callable[[], Coroutine[Any, Any, object]]
Start = Callable[[Coroutine[Any, Any, None], str], object]


class Handling:
    """Marks, pins and puts off; the newest change is taken back first."""

    def __init__(self, desk: Desk, model: InboxModel, toast: Toast, start: Start) -> None:
        self._desk = desk
        self._model = model
        self._toast = toast
        self._start = start
        self._undo: list[Undo] = []

    def toggle_read(self, cards: Sequence[InboxCard]) -> None:
        """Mark read what is not; where all is read, mark it unread."""
        is_read = any(card.is_unread for card in cards)
        self._start(self._mark([card.id for card in cards], is_read=is_read), "inbox.mark")

    def toggle_pin(self, cards: Sequence[InboxCard]) -> None:
        """Pin what is not; where all is pinned, let go of it."""
        is_pinned = any(not card.is_pinned for card in cards)
        self._start(self._pin([card.id for card in cards], is_pinned=is_pinned), "inbox.pin")

    def snooze(self, cards: Sequence[InboxCard], until: datetime) -> None:
        """Put messages off."""
        self._start(self._snooze([card.id for card in cards], until), "inbox.snooze")

    def mark_all(self, wanted: InboxFilter) -> None:
        """Mark everything of a list read, also what has not been scrolled to."""
        self._start(self._mark_all(wanted), "inbox.mark_all")

    def undo(self) -> None:
        """Take back the newest change that was not taken back yet."""
        if self._undo:
            self._take_back(self._undo[-1])
        else:
            self._toast.say(texts.text("inbox_list.undo_none"))

    async def _mark(self, ids: list[str], *, is_read: bool) -> None:
        inbox = self._desk.inbox
        changed = await inbox.mark_read(ids, is_read)
        self._model.change(changed, is_unread=not is_read)
        self._done("read" if is_read else "unread", len(changed), lambda: inbox.mark_read(changed, not is_read),
                   changed, is_unread=is_read)  # fmt: skip

    async def _pin(self, ids: list[str], *, is_pinned: bool) -> None:
        inbox = self._desk.inbox
        changed = await inbox.pin(ids, is_pinned)
        self._model.change(changed, is_pinned=is_pinned)
        self._done("pinned" if is_pinned else "unpinned", len(changed), lambda: inbox.pin(changed, not is_pinned),
                   changed, is_pinned=not is_pinned)  # fmt: skip

    async def _snooze(self, ids: list[str], until: datetime) -> None:
        inbox = self._desk.inbox
        before = await inbox.snooze(ids, until)
        at = until_words(until, self._desk.clock.now())
        self._done("snoozed", len(before), lambda: inbox.put_back(before), at=at)

    async def _mark_all(self, wanted: InboxFilter) -> None:
        inbox = self._desk.inbox
        marked = await inbox.mark_all(wanted)
        if not marked.count:
            self._toast.say(texts.text("inbox.none_unread"))
        self._done("read", marked.count, lambda: inbox.unmark_all(marked))

    def _done(
        self, what: str, count: int, undo: Undo, ids: frozenset[str] = frozenset(), at: str = "", **before: Any
    ) -> None:
        if not count:
            return

        async def taken_back() -> None:
            await undo()
            self._model.change(ids, **before)

        self._undo.append(taken_back)
        del self._undo[:-_MOST_UNDO]
        self._toast.say(
            texts.text(f"inbox_list.done.{what}", count=count, **({"at": at} if at else {})),
            action=texts.text("inbox.undo"),
            on_action=lambda: self._take_back(taken_back),
        )

    def _take_back(self, undo: Undo) -> None:
        if undo in self._undo:
            self._undo.remove(undo)
            self._start(self._run(undo), "inbox.undo")

    async def _run(self, undo: Undo) -> None:
        await undo()
        self._toast.say(texts.text("inbox_list.undone"))
