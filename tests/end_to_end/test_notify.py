"""The real program on a desktop that is played here: what it puts up as notices, what a click and its menu do."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("dbus_fast", reason="tray and notices of this system are not the D-Bus ones")

from fakes.desktop import PlayedDesktop, lacking, played_desktop
from fakes.process import MESSAGES, Commands, Practice

pytestmark = pytest.mark.skipif(bool(lacking()), reason=lacking())

TRIP = json.loads((MESSAGES / "ace-trip.json").read_text(encoding="utf-8"))
NUMBER = TRIP["tripNumber"]
SHIPMENT = TRIP["shipments"][0]["shipmentControlNumber"]
CANARY = "Canary Sample Person"
ENVELOPE = {"companyKey": "{company_key}", "dateTime": "{now}", "cbpDateTime": "{customs_time}"}


def private_words() -> set[str]:
    """Every text of the trip that is nobody's business outside the window: all but its numbers and short codes."""

    def texts(value: Any) -> set[str]:
        if isinstance(value, dict):
            return set().union(*(texts(part) for part in value.values()))
        if isinstance(value, list):
            return set().union(*(texts(part) for part in value))
        return {value} if isinstance(value, str) else set()

    return {word for word in texts(TRIP) if len(word) > 3 and word not in {NUMBER, SHIPMENT}} | {CANARY}


def accepted(number: int) -> dict[str, Any]:
    """One acceptance by customs, of a trip of its own."""
    trip = f"AAAA9{number:05}"
    request = {"data": "ACE_SEND_REQUEST", "companyKey": "{company_key}", "tripNumber": trip, "type": "TRIP"}
    result = {"shipmentsRejected": 0, "shipmentsAccepted": 1}
    return {
        "data": "ACE_RESPONSE",
        **ENVELOPE,
        "tripNumber": trip,
        "sendRequest": request,
        "processingResponse": result,
    }


def hold() -> dict[str, Any]:
    """A hold on the trip's shipment; what customs says of it names somebody."""
    status = {"shipmentControlNumber": SHIPMENT, "code": "1H", "description": f"Hold, see {CANARY}", "port": "3801"}
    return {"data": "ACE_RESPONSE", **ENVELOPE, "tripNumber": NUMBER, "shipmentStatusList": [status]}


def plays(folder: Path, *messages: dict[str, Any]) -> str:
    """Write the scenario: on the trip's upload these messages come, one after the other."""
    sent = [{"do": "send", "message": message} for message in messages]
    steps = [{"on": "upload", "match": {"trip": NUMBER}, "do": [{"do": "answer"}, *sent]}]
    path = folder / "scenario.json"
    path.write_text(json.dumps({"seed": 1, "steps": steps}), encoding="utf-8")
    return str(path)


@pytest.fixture
def begun(practice: Callable[..., Practice], emanifest: Commands) -> Callable[..., Commands]:
    """A carrier of the practice service that plays a scenario, and a trip of the carrier."""

    def begin(*arguments: str) -> Commands:
        emanifest.add_company(practice(*arguments))
        assert emanifest.json("import", str(MESSAGES / "ace-trip.json")).code == 0
        return emanifest

    return begin


async def send(desktop: PlayedDesktop, emanifest: Commands) -> None:
    """Have the running window upload the trip."""
    done = await asyncio.to_thread(emanifest.json, "send", NUMBER, "--hold")
    assert done.code == 0, (done.out, done.err, desktop.log)


def test_a_hold_amid_two_hundred_acceptances_pops_up_and_a_click_opens_it(
    run: Callable[..., Any], begun: Callable[..., Commands], tmp_path: Path, home: Path
) -> None:
    around = [accepted(number) for number in range(200)]
    emanifest = begun("--scenario", plays(tmp_path, *around[:150], hold(), *around[150:]))

    async def main() -> None:
        async with played_desktop(tmp_path, home) as desktop:
            program = desktop.start("--data-dir", str(emanifest.folder), "--minimised")
            tray = await desktop.tray()
            assert not desktop.is_anything_on_screen()
            await send(desktop, emanifest)
            told = desktop.notices.notices
            await desktop.until(lambda: told, "a notice of the hold")
            assert told[0].title == f"Hold on {NUMBER}"
            assert told[0].line.endswith("Keep the truck back.")
            assert "default" in told[0].actions
            await desktop.until(lambda: len(told) > 1, "a notice of the acceptances")
            assert told[1].title == "200 accepted"
            assert "Nothing needs you." in told[1].line
            await tray.until_it_says("202 unread")
            desktop.notices.ActionInvoked(told[0].number, "default")
            await desktop.until(desktop.is_anything_on_screen, "the window after a click")
            await tray.until_it_says("201 unread")  # the message that was opened counts as read
            left = emanifest.json("inbox", "--unread").value["items"]
            assert [item["category"] for item in left if item["category"] != "accepted"] == ["upload"]
            await tray.choose("Quit")
            await desktop.until(lambda: program.poll() is not None, "the end of the program")
            assert program.returncode == 0, desktop.log
            assert len(told) <= 3
            for notice in told:
                said = f"{notice.app} {notice.title} {notice.line} {notice.hints}"
                assert not [word for word in private_words() if word.casefold() in said.casefold()]

    run(main())


def test_the_menu_pauses_notices_and_quits_and_the_icon_raises_the_window(
    run: Callable[..., Any], begun: Callable[..., Commands], tmp_path: Path, home: Path
) -> None:
    emanifest = begun("--scenario", plays(tmp_path, hold()))

    async def main() -> None:
        async with played_desktop(tmp_path, home) as desktop:
            program = desktop.start("--data-dir", str(emanifest.folder), "--minimised")
            tray = await desktop.tray()
            await tray.choose("No notices for 15 minutes")
            await tray.until_it_says("No notices until")
            await send(desktop, emanifest)
            await tray.until_it_says("2 unread")
            assert desktop.notices.notices == []
            entries = await tray.entries()
            assert not [words for words in entries if words.startswith("No notices")]
            await tray.choose("Show notices again")
            await desktop.until(lambda: desktop.notices.notices, "what waited while notices were paused")
            assert [notice.title for notice in desktop.notices.notices] == [f"Hold on {NUMBER}"]
            assert not desktop.is_anything_on_screen()
            await tray.activate()
            await desktop.until(desktop.is_anything_on_screen, "the window")
            await tray.choose("Quit")
            await desktop.until(lambda: program.poll() is not None, "the end of the program")
            assert program.returncode == 0, desktop.log
            assert not (emanifest.folder / "owner.json").exists()

    run(main())
