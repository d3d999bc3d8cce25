"""Commands beside one another: one owns the data, the others ask it, and nobody can tell the difference."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fakes.process import LIMIT_S, MESSAGES, Commands, Practice, Ran, until

from desktop.owner.lock import OwnerLock

ACE = "AAAA123457A"
TRIP = str(MESSAGES / "ace-trip.json")
ACI_TRIP = str(MESSAGES / "aci-trip.json")
REQUEST = str(MESSAGES / "ace-send-request.json")
NOWHERE = "ws://127.0.0.1:9/api/sockets/nowhere"
FIVE_S = 5.0


def _work(commands: Commands, bad: Path) -> list[Ran]:
    """A day's commands; what they say is compared."""
    return [
        commands.json("import", ACI_TRIP, str(bad), "missing.json"),
        commands.json("send", TRIP, "--hold", "--wait", "30"),
        commands.json("send", REQUEST, "--wait", "30"),
        commands.json("send", TRIP, "--hold", "--wait", "30"),
        commands.json("send", "NOPE"),
        commands.json("send", str(bad)),
        commands.json("company", "add", "Real Carrier", "--scac", "BBBB", "--address", "suffix1"),
        commands.json("company", "add", "Second Carrier", "--scac", "BBBB", "--address", NOWHERE),
        commands.json("company", "add", "second carrier", "--scac", "BBBB", "--address", NOWHERE),
        commands.json("company", "edit", "Second Carrier", "--cbsa", "12 4"),
        commands.json("company", "edit", "Second Carrier", "--rename", "Third Carrier"),
        commands.json("--company", "Nobody", "import", TRIP),
        commands.json("send", TRIP),
        commands.json("company", "test", "Third Carrier"),
        commands.json("company", "remove", "Third Carrier"),
        commands.json("company", "test", "Sample Carrier"),
    ]


def _told(done: Ran) -> tuple[int, Any]:
    """Exit code and result, without the ids, which are new each time."""

    def without_ids(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: without_ids(part) for name, part in value.items() if name != "id"}
        return [without_ids(part) for part in value] if isinstance(value, list) else value

    return done.code, without_ids(done.value)


@pytest.mark.timeout(300)
def test_a_running_owner_gives_the_same_output_and_exit_codes(
    folder_of: Callable[[str], Commands], practice: Callable[..., Practice], tmp_path: Path
) -> None:
    """The same work once by commands that own the data, once through the door of a follower."""
    bad = tmp_path / "bad.json"
    bad.write_text('{"data":"ACE_TRIP",}', encoding="utf-8")
    alone, beside = folder_of("alone"), folder_of("beside")
    alone.add_company(practice("--port", "0"))
    ran_alone = _work(alone, bad)
    beside.add_company(practice("--port", "0"))
    following = beside.begin("inbox", "--follow")
    beside.wait_for_owner(following)
    ran_beside = _work(beside, bad)
    for one, other in zip(ran_alone, ran_beside, strict=True):
        assert _told(one) == _told(other)
    assert [done.code for done in ran_alone] == [2, 0, 0, 1, 1, 2, 1, 0, 1, 2, 0, 1, 2, 4, 0, 0]
    assert json.loads((beside.folder / "owner.json").read_text(encoding="utf-8"))["pid"] == following.pid
    following.send_signal(signal.SIGINT)
    out, err = following.communicate(timeout=LIMIT_S)
    assert (following.returncode, err) == (0, "")
    followed = [json.loads(line) for line in out.splitlines()]
    listed = beside.json("inbox").value["items"]
    assert {item["id"] for item in followed} == {item["id"] for item in listed}
    assert [item["kind"] for item in listed] == [item["kind"] for item in alone.json("inbox").value["items"]]
    assert [item["id"] for item in followed] == sorted(item["id"] for item in followed), "oldest first"


def test_a_key_for_this_run_is_refused_while_an_owner_runs(
    emanifest: Commands, practice: Callable[..., Practice]
) -> None:
    far = practice()
    emanifest.add_company(far)
    emanifest.wait_for_owner(emanifest.begin("inbox", "--follow"))
    for command in (["send", TRIP], ["inbox", "--follow"], ["company", "test", "Sample Carrier"]):
        refused = emanifest.json(*command, "--key-stdin", stdin=far.first_line)
        assert (refused.code, refused.value["error"]["code"]) == (2, "cli.owner_has_key")
        assert "eManifest Desk is running and uses its own key" in refused.value["error"]["text"]
        assert far.api_key not in refused.out + refused.err
    assert emanifest.json("list", "trips").value == {"items": []}


def test_a_key_given_to_the_keystore_reaches_a_running_owner(
    emanifest: Commands, practice: Callable[..., Practice]
) -> None:
    """It goes past the owner's door: the owner is only told that it changed."""
    far = practice()
    emanifest.add_company(far, key="practice-not-the-one")
    following = emanifest.begin("inbox", "--follow")
    emanifest.wait_for_owner(following)
    far.wait_for("refused")
    assert emanifest.json("send", TRIP, "--hold", "--wait", "20").code == 4
    edited = emanifest.json("company", "edit", "Sample Carrier", "--key-stdin", stdin=far.first_line)
    assert (edited.code, edited.value["has_key"]) == (0, True)
    far.wait_for("upload CREATE ACE_TRIP AAAA123457A: imported")
    until(lambda: emanifest.json("show", ACE).value["delivery"] == "delivered", "what waited for a key is delivered")


def test_a_second_follower_reads_beside_the_first_and_takes_its_place(
    emanifest: Commands, practice: Callable[..., Practice]
) -> None:
    far = practice()
    emanifest.add_company(far)
    first = emanifest.begin("inbox", "--follow")
    emanifest.wait_for_owner(first)
    second = emanifest.begin("--company", "Sample Carrier", "inbox", "--follow")
    assert emanifest.json("send", TRIP, "--hold", "--wait", "30").code == 0
    first.send_signal(signal.SIGINT)
    first.communicate(timeout=LIMIT_S)
    emanifest.wait_for_owner(second)
    assert emanifest.json("send", REQUEST, "--wait", "30").value["customs"] == "on_file"
    second.send_signal(signal.SIGINT)
    out, _ = second.communicate(timeout=LIMIT_S)
    assert {"API_RESPONSE", "ACE_RESPONSE"} <= {json.loads(line)["kind"] for line in out.splitlines()}
    assert second.returncode == 0


def test_what_is_queued_goes_out_with_whoever_connects_next(
    emanifest: Commands, practice: Callable[..., Practice]
) -> None:
    far = practice()
    emanifest.add_company(far)
    queued = emanifest.json("send", TRIP, "--hold")
    assert (queued.code, queued.value["outcome"]) == (0, "queued")
    assert far.lines("opened") == []
    again = emanifest.json("send", TRIP, "--hold", "--wait", "0")
    assert (again.code, again.value["outcome"]) in {(0, "queued"), (4, "no_connection")}
    following = emanifest.begin("inbox", "--follow")
    far.wait_for("upload CREATE ACE_TRIP AAAA123457A: imported")
    until(lambda: emanifest.json("show", ACE).value["delivery"] == "delivered", "delivered")
    following.send_signal(signal.SIGINT)
    following.communicate(timeout=LIMIT_S)
    assert len(far.lines("upload CREATE ACE_TRIP")) == 1


class _Mute:
    """Somebody who holds the folder and listens, and never says a word."""

    def __init__(self, folder: Path) -> None:
        self._lock = OwnerLock(folder)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._folder = folder

    def __enter__(self) -> None:
        assert self._lock.take()
        said = {"v": 1, "port": self._socket.getsockname()[1], "token": "0" * 64, "pid": 1}
        (self._folder / "owner.json").write_text(json.dumps(said), encoding="utf-8")

    def __exit__(self, *_error: object) -> None:
        self._socket.close()
        self._lock.give_back()


@pytest.mark.parametrize("command", [["import", TRIP], ["company", "add", "X"], ["inbox", "--follow"]])
def test_an_owner_that_does_not_answer_is_waited_for_five_seconds(emanifest: Commands, command: list[str]) -> None:
    emanifest("import", ACI_TRIP)
    before = (emanifest.folder / "emanifest.db").read_bytes()
    began = time.monotonic()
    with _Mute(emanifest.folder):
        done = emanifest.json(*command)
        assert (done.code, done.value["error"]["code"]) == (5, "owner.no_answer")
        assert FIVE_S <= time.monotonic() - began < 2 * FIVE_S
        assert [item["regime"] for item in emanifest.json("list", "trips").value["items"]] == ["ACI"], "reading goes on"
    assert (emanifest.folder / "emanifest.db").read_bytes() == before


@pytest.mark.parametrize("left", ['{"v":1,"port":1,"token":"x","pid":1}', "", "garbage", '{"v":99}', "[" * 5000])
def test_what_a_dead_owner_left_is_replaced(emanifest: Commands, left: str) -> None:
    emanifest("import", ACI_TRIP)
    (emanifest.folder / "owner.json").write_text(left, encoding="utf-8")
    assert emanifest.json("import", TRIP).code == 0
    assert not (emanifest.folder / "owner.json").exists()
    assert len(emanifest.json("list", "trips").value["items"]) == 2


def test_an_owner_that_dies_while_asked_leaves_it_open_what_came_of_it(
    emanifest: Commands, practice: Callable[..., Practice]
) -> None:
    far = practice("--scenario", "lost-answer")
    emanifest.add_company(far)
    following = emanifest.begin("inbox", "--follow")
    emanifest.wait_for_owner(following)
    asking = emanifest.begin("send", TRIP, "--hold", "--wait", "50", "--format", "json")
    far.wait_for("upload CREATE ACE_TRIP")
    following.kill()
    following.wait()
    out, err = asking.communicate(timeout=LIMIT_S)
    assert asking.returncode == 3, err
    assert json.loads(out)["error"]["code"] == "owner.fell_silent"
    assert emanifest.json("send", ACE, "--hold", "--wait", "2").value["outcome"] == "not_sure"
    assert len(far.lines("upload CREATE ACE_TRIP")) == 1


def test_an_owner_that_ends_in_order_answers_first_who_asked(
    emanifest: Commands, practice: Callable[..., Practice]
) -> None:
    far = practice("--scenario", "delay")
    emanifest.add_company(far)
    following = emanifest.begin("inbox", "--follow")
    emanifest.wait_for_owner(following)
    asking = emanifest.begin("send", TRIP, "--hold", "--wait", "50", "--format", "json")
    far.wait_for("upload CREATE ACE_TRIP")
    following.send_signal(signal.SIGINT)
    assert following.wait(LIMIT_S) == 0
    out, _ = asking.communicate(timeout=LIMIT_S)
    assert (asking.returncode, json.loads(out).get("outcome")) == (0, "delivered")


def test_many_commands_at_once_lose_nothing(emanifest: Commands, tmp_path: Path) -> None:
    """Ten imports begin together: each either owns the folder or asks the one that does."""
    trip = json.loads(Path(TRIP).read_text(encoding="utf-8"))
    begun: list[subprocess.Popen[str]] = []
    for place in range(10):
        file = tmp_path / f"{place}.json"
        file.write_text(json.dumps({**trip, "tripNumber": f"AAAA1{place}"}), encoding="utf-8")
        begun.append(emanifest.begin("import", str(file), "--format", "json"))
    for process in begun:
        out, err = process.communicate(timeout=LIMIT_S)
        assert process.returncode == 0, out + err
    listed = emanifest.json("list", "trips").value["items"]
    assert sorted(item["trip"] for item in listed) == [f"AAAA1{place}" for place in range(10)]
