"""Nothing that a keeper started outlives its end."""

from __future__ import annotations

import asyncio

from desktop.tasks import TaskKeeper


def test_what_begins_while_others_are_ended_ends_too(run) -> None:
    """Ending announces a change, and somebody begins to count what is left: in data that are about to be closed."""
    ended: list[str] = []
    keeper = TaskKeeper(lambda name, error: ended.append(f"{name} failed: {error!r}"))

    async def last(name: str, left: int) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(name)
            if left:
                keeper.start(last(f"{name}+", left - 1), name=f"{name}+")

    async def main() -> None:
        keeper.start(last("first", 2), name="first")
        await keeper.stop()
        assert ended == ["first", "first+", "first++"]
        assert len(asyncio.all_tasks()) == 1

    run(main())
