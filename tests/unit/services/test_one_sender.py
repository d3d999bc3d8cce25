"""Who connects with a key, and who waits for it."""

from __future__ import annotations

import asyncio
import threading

from desktop.security.secret import Secret
from desktop.services.one_sender import OneSender

KEY = Secret("practice-canary-sender")


def never() -> None:
    raise AssertionError("nobody to wait for")


def test_row_20_the_second_waits_and_takes_over_when_the_first_has_gone(run, tmp_path) -> None:
    async def main() -> None:
        first, second = OneSender(tmp_path), OneSender(tmp_path, look_s=0.01)
        assert not await first.take(KEY, on_wait=never)
        assert not await first.take(KEY, on_wait=never), "before each connection anew"
        waits = asyncio.Event()
        taking = asyncio.get_running_loop().create_task(second.take(KEY, on_wait=waits.set))
        await waits.wait()
        assert not taking.done()
        await first.give_back()
        assert await taking
        await second.give_back()

    run(main())


def test_who_gives_up_while_it_looks_holds_nothing_after(run, tmp_path, monkeypatch) -> None:
    """The look goes on in its thread although nobody waits for it any more."""

    async def main() -> None:
        first, second = OneSender(tmp_path), OneSender(tmp_path)
        looks, may_look = asyncio.Event(), threading.Event()
        loop = asyncio.get_running_loop()
        look = second._try

        def slowly(key: Secret) -> bool:
            loop.call_soon_threadsafe(looks.set)
            assert may_look.wait(30)
            return look(key)

        monkeypatch.setattr(second, "_try", slowly)
        taking = loop.create_task(second.take(KEY, on_wait=never))
        await looks.wait()
        taking.cancel()
        await asyncio.wait([taking])
        await second.give_back()
        may_look.set()
        await loop.shutdown_default_executor()
        assert first._lease is not None
        assert first._lease.take(KEY.mark)
        first._lease.give_back()

    run(main())


def test_without_a_place_for_leases_it_connects_and_says_so(run, tmp_path, expected_logs) -> None:
    expected_logs("whether another program uses the key is not known")
    (tmp_path / "file").write_text("no folder")

    async def main() -> None:
        assert not await OneSender(tmp_path / "file").take(KEY, on_wait=never)
        assert not await OneSender(None).take(KEY, on_wait=never)
        await OneSender(None).give_back()

    run(main())
