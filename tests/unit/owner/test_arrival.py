"""How a window comes to its data: at once, not at all, or after a command's step."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager

import pytest

from desktop.errors import DataFolderUnusable
from desktop.owner.arrival import arrive
from desktop.owner.door import Door
from desktop.owner.lock import OwnerLock
from desktop.store.file import write_file
from desktop.tasks import TaskKeeper


@asynccontextmanager
async def owner(folder, answer, asked):
    """Somebody owns the folder and answers `answer` to whatever is asked."""
    lock, keeper = OwnerLock(folder), TaskKeeper()
    assert lock.take()
    door = Door(folder, keeper, write=write_file, patience_s=0.2, sign_of_life_s=0.02)

    async def handle(request, _args):
        asked.append(request)
        return answer

    async def leave():
        await door.stop()
        await keeper.stop()
        lock.give_back()

    await door.serve(handle)
    try:
        yield leave
    finally:
        if lock.is_held:
            await leave()


def never():
    return False


def test_a_free_folder_is_owned_at_once(run, tmp_path):
    lock = run(arrive(tmp_path, on_wait=lambda: pytest.fail("nobody to wait for"), is_given_up=never))
    assert lock.is_held
    lock.give_back()


def test_another_window_comes_to_the_front_and_nothing_is_handed_over(run, tmp_path):
    async def main():
        asked = []
        async with owner(tmp_path, {"raised": True}, asked):
            assert await arrive(tmp_path, on_wait=lambda: pytest.fail("no wait"), is_given_up=never) is None
        assert asked == ["raise_window"]

    run(main())


def test_a_command_is_asked_to_hand_over_and_waited_for(run, tmp_path):
    async def main():
        asked, waiting = [], asyncio.Event()
        async with owner(tmp_path, {"is_window": False}, asked) as leave:
            coming = asyncio.get_running_loop().create_task(
                arrive(tmp_path, on_wait=waiting.set, is_given_up=never, look_s=0.05)
            )
            await waiting.wait()
            assert asked == ["raise_window", "hand_over"]
            assert not coming.done()
            await leave()
            lock = await coming
        assert lock.is_held
        lock.give_back()

    run(main())


def test_who_no_longer_wants_to_wait_leaves_the_command_alone(run, tmp_path):
    async def main():
        given_up = []
        async with owner(tmp_path, {"is_window": False}, []):
            assert (
                await arrive(
                    tmp_path,
                    on_wait=lambda: given_up.append(1),
                    is_given_up=lambda: bool(given_up),
                    look_s=0.01,
                )
                is None
            )
            assert not OwnerLock(tmp_path).take()

    run(main())


def test_a_window_that_was_quicker_is_raised_instead(run, tmp_path):
    """The lock never comes free for us, but a new owner stands at the door: it is asked in its turn."""

    async def main():
        asked, waiting = [], asyncio.Event()
        lock, keeper = OwnerLock(tmp_path), TaskKeeper()
        assert lock.take()
        answers = iter(({"is_window": False}, {"raised": True}))
        for answer in answers:

            async def handle(request, _args, answer=answer):
                asked.append(request)
                return answer

            door = Door(tmp_path, keeper, write=write_file, patience_s=0.2, sign_of_life_s=0.02)
            await door.serve(handle)
            if not waiting.is_set():
                coming = asyncio.get_running_loop().create_task(
                    arrive(tmp_path, on_wait=waiting.set, is_given_up=never, look_s=0.01)
                )
                await waiting.wait()
                await door.stop()
            else:
                assert await coming is None
                await door.stop()
        assert asked == ["raise_window", "hand_over", "raise_window"]
        await keeper.stop()
        lock.give_back()

    run(main())


def test_an_owner_that_does_not_answer_is_an_error(run, tmp_path):
    async def main():
        with OwnerLock(tmp_path), pytest.raises(DataFolderUnusable, match=r"owner\.no_answer"):
            await arrive(tmp_path, on_wait=lambda: None, is_given_up=never)

    run(main())
