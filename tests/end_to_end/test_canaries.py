"""One day with a canary key and canary people through the real window and the commands, with a crash, a kill and a restart.

The key is in the first frame of each connection and nowhere else; private data are in the database, on the wire, in backups
and in files that somebody asked for, and nowhere else (reliability 6.10).
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fakes.canary import forms, found_in, places, processes
from fakes.process import LIMIT_S, MESSAGES, ROOT, Commands, environment, until
from fakes.wire_tap import WireTap, wire_tap

KEY = "a-9000-3ee67a05ee8afc2d"  # printed on the page as an example: no real key
ACE = "AAAA123457A"
TYPED = "Typedcanaria"
PRIVATE = {
    "first name": "Canarina",
    "last name": "Zeichenvogel",
    "birth date": "1987-06-05",
    "document": "42709876543210",
    "plate": "KANAR77",
    "VIN": "AG12CANARY88F",
}
DATABASE = "emanifest.db"
ASKED_FOR = {"backups", "mail", DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm"}
"""Names in the data folder below which private data belong: the database, its backups, e-mails somebody wrote."""

pytestmark = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="processes are looked at in /proc")


def trip() -> str:
    """The page's trip, with canaries for people and equipment."""
    made = json.loads((MESSAGES / "ace-trip.json").read_text(encoding="utf-8"))
    driver, truck = made["drivers"][0], made["truck"]
    driver |= {"firstName": PRIVATE["first name"], "lastName": PRIVATE["last name"]}
    driver |= {"dateOfBirth": PRIVATE["birth date"], "fastCardNumber": PRIVATE["document"]}
    truck["vinNumber"], truck["licensePlate"]["number"] = PRIVATE["VIN"], PRIVATE["plate"]
    return json.dumps(made)


class Day:
    """A data folder, its window, and what everything said."""

    def __init__(self, emanifest: Commands, tap: WireTap) -> None:
        self.commands = emanifest
        self.tap = tap
        self.outputs: dict[str, bytes] = {}
        self.temp = emanifest.home / "temp"
        self.temp.mkdir()
        self.environment = environment(emanifest.home) | {"TMPDIR": str(self.temp), "COLUMNS": "200"}

    @contextmanager
    def window(self, name: str) -> Iterator[subprocess.Popen[bytes]]:
        """Start the window, and keep what it says."""
        connections = len(self.tap.taken)
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "tests/end_to_end/canary_window.py"), "--data-dir", str(self.commands.folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self.commands.home,
            env=self.environment,
        )
        assert process.stdin is not None
        said = {"key": KEY, "private": " ".join(PRIVATE.values()), "typed": TYPED, "trip": ACE}
        process.stdin.write(json.dumps(said).encode() + b"\n")
        process.stdin.close()
        process.stdin = None
        try:
            until(lambda: len(self.tap.taken) > connections and self.owner() == process.pid, "a window that connects")
            yield process
        finally:
            if process.poll() is None:
                process.kill()
            out, err = process.communicate(timeout=LIMIT_S)
            sys.stderr.buffer.write(err)
            self.outputs[name] = out + err

    def owner(self) -> int | None:
        """Return the process that owns the folder."""
        try:
            return int(json.loads((self.commands.folder / "owner.json").read_text(encoding="utf-8"))["pid"])
        except (OSError, ValueError):
            return None

    def run(self, *words: str, codes: frozenset[int] = frozenset({0})) -> None:
        """Run a command, and keep what it says."""
        place = ["--data-dir", str(self.commands.folder)]
        done = subprocess.run(
            [sys.executable, "-m", "desktop.cli", *place, *words],
            capture_output=True,
            timeout=LIMIT_S,
            cwd=self.commands.home,
            env=self.environment,
            check=False,
        )
        self.outputs[" ".join(words)] = done.stdout + done.stderr
        assert done.returncode in codes, done.stderr

    def fails_in_a_slot(self, process: subprocess.Popen[bytes]) -> None:
        """Let a slot of the window fail with all canaries in its error, and see that the window lives."""
        process.send_signal(signal.SIGUSR1)
        reports = self.commands.folder / "reports"
        until(lambda: any(reports.glob("report-*.txt")), "a report")
        assert process.poll() is None


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.timeout(300)
def test_a_day_leaves_the_key_in_first_frames_and_people_in_their_places(emanifest: Commands, tmp_path: Path) -> None:
    made = tmp_path / "asked-for"  # beside home and data: what somebody asked for by name
    made.mkdir()
    (made / "trip.json").write_text(trip(), encoding="utf-8")
    with wire_tap(KEY) as tap:
        day = Day(emanifest, tap)
        names = ("--scac", "AAAA", "--cbsa", "1234", "--company-key", tap.service.company_keys[0])
        day.run("company", "add", "Sample Carrier", *names, "--address", tap.address)
        with day.window("the first window") as window:
            day.run("import", str(made / "trip.json"))
            window.send_signal(signal.SIGUSR2)
            mail = emanifest.folder / "mail"
            until(lambda: any(mail.rglob("*.eml")), "an e-mail")
            day.run("send", ACE, "--hold", "--wait", "40")
            day.fails_in_a_slot(window)
            day.run("print", ACE, "-o", str(made / "sheet.pdf"))
            day.run("print", ACE, "--sheet", "evidence", "-o", str(made / "evidence.pdf"))
            day.run("export", ACE, "-o", str(made / "export.json"))
            day.run("backup", str(made / "data.backup"))
            for words in (["show", ACE], ["inbox"], ["doctor"]):
                day.run(*words)
            outside = processes()
            assert str(emanifest.folder).encode() in outside
            window.kill()
        with day.window("the second window") as window:
            day.run("show", ACE)
            window.send_signal(signal.SIGTERM)
            window.wait(LIMIT_S)
            assert window.returncode == 0
        _check_key(day, tap, made, outside)
        _check_people(day, made)


def _check_key(day: Day, tap: WireTap, made: Path, outside: bytes) -> None:
    assert len(tap.taken) >= 2
    for number, taken in enumerate(tap.taken):
        first, *others = taken.frames
        assert json.loads(first) == {"apiKey": KEY}, f"connection {number}"
        assert found_in(KEY, taken.request) == []
        assert found_in(KEY, b"".join(others)) == []
        assert found_in(KEY, bytes(taken.back)) == []
    assert found_in(KEY, outside) == [], "arguments and environments"
    for what, said in day.outputs.items():
        assert found_in(KEY, said) == [], what
    for folder in (day.commands.folder, day.commands.home, made):
        for name, data in places(folder):
            assert found_in(KEY, data) == [], name
    log = b"".join(data for _, data in places(day.commands.folder / "logs"))
    assert b"the key is <secret>" in log, "the canary came by, and was taken out"


def _check_people(day: Day, made: Path) -> None:
    folder = day.commands.folder
    database = b"".join(
        (folder / name).read_bytes() for name in (DATABASE, f"{DATABASE}-wal") if (folder / name).exists()
    )
    for what, secret in {**PRIVATE, "typed": TYPED}.items():
        assert secret.encode() in database, f"the canary {what} never came where it belongs"
        for name, data in (*places(folder), *places(day.commands.home)):
            if folder in Path(name).parents and Path(name).relative_to(folder).parts[0] in ASKED_FOR:
                continue
            found = [form for form, written in forms(secret).items() if written in data]
            assert found == [], f"{what} in {name}: {found}"
        for command, said in day.outputs.items():
            assert secret.encode() not in said, f"{what} in what {command} says"
    assert PRIVATE["last name"].encode() in (made / "export.json").read_bytes()
