"""Marking a long list takes several steps: what is received between two of them was never looked at."""

from __future__ import annotations

from fakes.clock import NOON

from desktop.domain.lifecycle import Category
from desktop.store import handling
from desktop.store.inbox_list import Asked
from tests.unit.store.conftest import frame, item


def test_what_comes_while_a_long_list_is_marked_stays_unread(store, company, run, monkeypatch) -> None:
    monkeypatch.setattr(handling, "_AT_ONCE", 2)

    async def hear(count: int) -> list[str]:
        frames = await store.frames.append([frame(company, NOON) for _ in range(count)])
        items = [item(id_, company, NOON, category=Category.ALERT) for id_ in frames]
        return [one.id for one in await store.inbox.add(items)]

    async def main() -> None:
        seen = await hear(5)
        late: list[str] = []
        writing = store.handling._writer.write

        async def write(work):
            found = await writing(work)
            if found and not late and isinstance(found, int):
                late.extend(await hear(1))
            return found

        monkeypatch.setattr(store.handling._writer, "write", write)
        count, at = await store.handling.mark_all(Asked())
        monkeypatch.undo()
        assert len(late) == 1
        assert count == len(seen)
        unread = [one.id for one in await store.inbox.cards(unread_only=True)]
        assert unread == late
        await store.handling.unmark_all(at)
        assert len(await store.inbox.cards(unread_only=True)) == 6

    run(main())
