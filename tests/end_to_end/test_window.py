"""The window open on real data: commands are handed to it, and it shows their result at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

import pytest
from fakes.process import MESSAGES, Commands, Practice

from desktop.assembly import DeskOptions, open_desk
from desktop.domain.lifecycle import Customs, Delivery
from desktop.owner.lock import OwnerLock
from desktop.security.secret import Secret
from desktop.store.file import write_file
from desktop.ui.choices import Choices
from desktop.ui.place import Place
from desktop.ui.shell import Shell
from desktop.ui.window_state import WindowState

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ACE = "AAAA123457A"


class Window:
    """The window program's own parts, without its `main`."""

    def __init__(self, folder: Path) -> None:
        self.lock = OwnerLock(folder)
        self.folder = folder

    async def __aenter__(self) -> Self:
        assert await asyncio.to_thread(self.lock.take)
        self.desk = await open_desk(DeskOptions(folder=self.folder, lock=self.lock))
        choices = Choices(self.folder, self.desk.clock, write_file)
        self.shell = Shell(self.desk, WindowState(self.folder / "window.json"), choices, lambda _: None)
        await self.shell.prepare()
        self.shell.show()

        async def asked(_request: str, _args: dict[str, Any]) -> dict[str, Any]:
            return {"raised": True}

        await self.desk.open_door(asked)
        await self.shell.start()
        await self.desk.start_link()
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.shell.stop()
        await self.desk.close()
        self.shell.dispose()
        self.lock.give_back()


def test_commands_are_handed_to_the_window_and_it_shows_the_result(
    run_qt: Callable[..., Any], until: Any, emanifest: Commands, practice: Callable[..., Practice]
) -> None:
    far = practice()
    emanifest.add_company(far)

    async def main() -> None:
        async with Window(emanifest.folder) as window:
            trips, inbox = window.shell.trips.model, window.shell.inbox
            held = await asyncio.to_thread(
                emanifest.json, "send", str(MESSAGES / "ace-trip.json"), "--hold", "--wait", "30"
            )
            assert (held.code, held.value["outcome"]) == (0, "delivered")
            await until(lambda: trips.rowCount() == 1 and trips.row(0).delivery is Delivery.DELIVERED)
            filed = await asyncio.to_thread(
                emanifest.json, "send", str(MESSAGES / "ace-send-request.json"), "--wait", "30"
            )
            assert (filed.code, filed.value["customs"]) == (0, "on_file")
            await until(lambda: trips.row(0).customs is Customs.ON_FILE)
            await until(lambda: inbox.shown_id)
            cards = await window.desk.inbox.cards(_all())
            assert {card.kind for card in cards} == {"API_RESPONSE", "ACE_RESPONSE"}
            refused = await asyncio.to_thread(
                emanifest, "send", ACE, "--key-stdin", "--wait", "1", stdin=far.first_line
            )
            assert refused.code == 2
            assert "eManifest Desk is running and uses its own key" in refused.err
        assert len(far.lines("opened")) == 1  # one socket: the window's

    run_qt(main())


def _all() -> Any:
    from desktop.services.views import InboxFilter

    return InboxFilter()


def test_what_is_typed_survives_the_window_being_closed_in_the_middle(
    run_qt: Callable[..., Any], until: Any, emanifest: Commands
) -> None:
    assert emanifest.json("company", "add", "Sample Carrier", "--scac", "AAAA").code == 0
    assert emanifest.json("import", str(MESSAGES / "ace-trip.json")).code == 0

    async def main() -> None:
        async with Window(emanifest.folder) as window:
            window.shell.window.go_to(Place.TRIPS)
            await until(lambda: window.shell.trips.model.rowCount() == 1)
            trip = window.shell.trips.model.row(0).id
            await window.shell.act.open(trip)
            session = await window.desk.editing.open(trip)
            session.set("/truck/vinNumber", "HALF-TYPED")
        shown = await asyncio.to_thread(emanifest, "export", ACE)
        assert '"vinNumber": "HALF-TYPED"' in shown.out

    run_qt(main())


def test_the_key_given_for_a_session_is_in_no_file(
    run_qt: Callable[..., Any], emanifest: Commands, expected_logs: Any
) -> None:
    expected_logs.may("key not read: security.no_keystore")  # where the line asks before the key is given
    emanifest.json("company", "add", "Sample Carrier", "--scac", "AAAA", "--address", "wss://127.0.0.1:9/api/sockets/x")

    async def main() -> None:
        async with Window(emanifest.folder) as window:
            row = (await window.desk.companies.all())[0]
            await window.desk.companies.give_key(row.id, Secret("a-9000-3ee67a05ee8afc2d").reveal())
            assert (await window.desk.companies.all())[0].has_key

    run_qt(main())
    found = [
        path for path in emanifest.folder.rglob("*") if path.is_file() and b"3ee67a05ee8afc2d" in path.read_bytes()
    ]
    assert found == []
