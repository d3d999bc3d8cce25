"""The API key is nowhere but in its place, and a driver's private data in no log, list or message (reliability 6)."""

from __future__ import annotations

import base64
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from fakes.canary import forms, found_in, places, processes
from fakes.process import LIMIT_S, MESSAGES, Commands, Practice, environment, until

CANARY = "a-9000-3ee67a05ee8afc2d"  # printed on the page as an example: no real key
PRACTICE_CANARY = "practice-3ee67a05ee8afc2d"
ACE, ACI = "AAAA123457A", "1234923ASDF"
TRIPS = [str(MESSAGES / "ace-trip.json"), str(MESSAGES / "aci-trip.json")]
PRIVATE = ("birth", "1970-01-01", "1980-07-14", "42705555555555", "23423562")


def test_the_search_finds_a_secret_in_every_form() -> None:
    """The search itself can fail."""
    for form, written in forms(CANARY).items():
        assert form in found_in(CANARY, b"before " + written + b" after")
    assert any("base64" in form for form in found_in(CANARY, base64.b64encode(b"Api-Key: " + CANARY.encode() + b"\n")))


def test_a_real_key_leaves_no_trace(emanifest: Commands, tmp_path: Path) -> None:
    """Without a keystore it is used for one run and kept nowhere; what is said of it never holds it."""
    said: list[bytes] = []
    add = ["company", "add", "Sample Carrier", "--scac", "AAAA", "--cbsa", "1234", "--address", "wss://127.0.0.1:9/x"]
    for command in (
        [*add, "--key-stdin"],
        ["company", "edit", "Sample Carrier", "--key-stdin"],
        ["company", "test", "Sample Carrier", "--key-stdin"],
        ["send", TRIPS[0], "--hold", "--wait", "1", "--key-stdin"],
        ["send", ACE, "--wait", "1", "--key-stdin"],
        ["company", "list"],
        ["doctor"],
        ["inbox"],
        ["show", ACE],
        ["export", ACE],
    ):
        done = emanifest.json(*command, stdin=CANARY + "\n")
        said.append((done.out + done.err).encode())
        assert "Traceback" not in done.err
    for number, text in enumerate(said):
        assert found_in(CANARY, text) == [], f"output of command {number}"
    for name, data in (*places(emanifest.folder), *places(emanifest.home)):
        assert found_in(CANARY, data) == [], name


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="processes are looked at through /proc")
def test_a_key_in_use_stands_in_no_argument_environment_log_or_file(
    emanifest: Commands, practice: Callable[..., Practice]
) -> None:
    """A command that listens with a key for this run is looked at from outside, and what it leaves behind."""
    far = practice()
    emanifest.json("company", "add", "Sample Carrier", "--scac", "AAAA", "--cbsa", "1234", "--address", far.url)
    process = subprocess.Popen(
        [sys.executable, "-m", "desktop.cli", "--data-dir", str(emanifest.folder), "inbox", "--follow", "--key-stdin"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=emanifest.home,
        env=environment(emanifest.home),
    )
    assert process.stdin is not None
    process.stdin.write(far.api_key.encode() + b"\n")
    process.stdin.close()
    process.stdin = None
    far.wait_for("opened")
    for trip in TRIPS:
        assert emanifest.json("send", trip, "--hold", "--wait", "30").code == 0
    outside = processes()
    assert str(emanifest.folder).encode() in outside
    assert found_in(far.api_key, outside) == []
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=LIMIT_S)
    assert process.returncode == 0
    assert found_in(far.api_key, out + err) == []
    for name, data in (*places(emanifest.folder), *places(emanifest.home)):
        assert found_in(far.api_key, data) == [], name


def test_only_a_practice_key_is_kept_in_a_file_and_in_that_file_alone(
    emanifest: Commands, practice: Callable[..., Practice]
) -> None:
    far = practice()
    assert emanifest.add_company(far).value["has_key"]
    assert emanifest.json("send", TRIPS[0], "--hold", "--wait", "30").code == 0
    emanifest.json("company", "edit", "Sample Carrier", "--key-stdin", stdin=CANARY)
    holding = [name for name, data in places(emanifest.folder) if found_in(far.api_key, data)]
    assert len(holding) <= 1
    for name in holding:
        assert "log" not in Path(name).parts
        assert Path(name).suffix != ".db"
        if os.name == "posix":
            assert Path(name).stat().st_mode & 0o077 == 0
    assert [name for name, data in places(emanifest.folder) if found_in(CANARY, data)] == []


def test_private_data_are_in_no_log_list_or_message(emanifest: Commands, practice: Callable[..., Practice]) -> None:
    far = practice()
    emanifest.add_company(far)
    shown = b""
    for trip in TRIPS:
        sent = emanifest.json("send", trip, "--wait", "30", "--hold")
        assert sent.code == 0
        shown += (sent.out + sent.err).encode()
    bad = json.loads(Path(TRIPS[0]).read_text(encoding="utf-8"))
    bad["tripNumber"] = "AAAA999999B"
    bad["drivers"][0]["dateOfBirth"] = "1970-13-01"
    path = emanifest.home / "bad.json"
    path.write_text(json.dumps(bad), encoding="utf-8")
    emanifest("import", str(path))
    refused = emanifest.json("send", "AAAA999999B")
    assert refused.code == 1
    path.unlink()
    for command in (
        *(["show", number] for number in (ACE, ACI, "AAAA999999B")),
        *(["list", kind] for kind in ("trips", "shipments", "drivers", "trucks", "trailers", "partners")),
        ["inbox"],
        ["doctor"],
    ):
        for form in ("text", "json"):
            done = emanifest(*command, "--format", form)
            assert done.code == 0
            shown += (done.out + done.err).encode()
    logs = b"".join(data for name, data in places(emanifest.folder / "logs"))
    assert logs
    trip = json.loads(Path(TRIPS[0]).read_text(encoding="utf-8"))
    driver = trip["drivers"][0]
    for private in (*PRIVATE, driver["fastCardNumber"]):
        assert private.encode() not in shown, private
    for private in (*PRIVATE, driver["lastName"], trip["truck"]["vinNumber"], trip["truck"]["licensePlate"]["number"]):
        assert private.encode() not in logs, private


def test_files_are_for_the_users_eyes_only(emanifest: Commands, practice: Callable[..., Practice]) -> None:
    far = practice()
    emanifest.add_company(far)
    following = emanifest.begin("inbox", "--follow")
    emanifest.wait_for_owner(following)
    until(lambda: len(far.lines("opened")) == 1, "a connection")
    if os.name == "posix":
        for path in (emanifest.folder, *emanifest.folder.rglob("*")):
            assert path.stat().st_mode & 0o077 == 0, path
    following.send_signal(signal.SIGINT)
    following.communicate(timeout=LIMIT_S)
