"""Who hears what, with lines that break at the worst moment."""

from __future__ import annotations

import pytest

from desktop.practice.mailbox import Mailbox
from desktop.practice.personality import Personality


class Line:
    """A connection that breaks after so many frames."""

    def __init__(self, holds: int = 99) -> None:
        self.heard: list[str | bytes] = []
        self.holds = holds

    async def send(self, frame):
        if len(self.heard) >= self.holds:
            return False
        self.heard.append(frame)
        return True


def mailbox(**personality):
    return Mailbox(lambda: Personality(**personality))


def test_a_line_that_breaks_while_it_gets_what_waited_loses_nothing(run):
    async def main():
        box = mailbox()
        for frame in ("1", "2", "3"):
            await box.post(frame)
        broken, good = Line(holds=1), Line()
        assert await box.join(broken) == 1
        assert not box.is_open
        assert await box.join(good) == 2
        assert (broken.heard, good.heard) == (["1"], ["2", "3"])

    run(main())


@pytest.mark.parametrize(("redeliver", "kept"), [("yes", ["x"]), ("no", [])])
def test_a_line_that_breaks_at_a_message_is_forgotten(run, redeliver, kept):
    async def main():
        box = mailbox(redeliver=redeliver)
        broken = Line(holds=0)
        await box.join(broken)
        assert not await box.post("x", asker=broken)
        assert not box.is_open
        assert list(box.waiting) == kept

    run(main())


def test_another_line_takes_over_for_a_broken_one(run):
    async def main():
        box = mailbox()
        broken, good = Line(holds=0), Line()
        await box.join(broken)
        await box.join(good)
        assert await box.post("x", asker=broken)
        assert good.heard == ["x"]

    run(main())


@pytest.mark.parametrize(("http_queue", "collected"), [("shared", []), ("own", ["x", "y"])])
def test_an_open_socket_drains_what_http_would_collect_or_does_not(run, http_queue, collected):
    async def main():
        box = mailbox(http_queue=http_queue)
        await box.join(Line())
        await box.post("x")
        await box.post("y")
        assert box.collect() == collected
        assert box.collect() == []

    run(main())


@pytest.mark.parametrize("http_queue", ["shared", "own"])
def test_http_collects_what_came_since_oldest_first(run, http_queue):
    async def main():
        box = mailbox(http_queue=http_queue, redeliver="no")
        assert box.collect() == []
        for frame in ("1", "2", "3"):
            await box.post(frame)
        assert box.collect(2) == ["1", "2"]
        assert box.collect() == ["3"]

    run(main())


def test_what_waits_is_bounded(run):
    async def main():
        box = mailbox()
        for number in range(10_001):
            await box.post(str(number))
        assert len(box.waiting) == 10_000
        assert box.waiting[0] == "1"

    run(main())
