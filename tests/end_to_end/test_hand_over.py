"""A window that starts while a command owns the data: real processes, one owner after the other."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fakes.process import LIMIT_S, MESSAGES, Commands, Practice, environment, until


class Windows:
    """The window program as a user starts it, on one data folder."""

    def __init__(self, emanifest: Commands) -> None:
        self.folder = emanifest.folder
        self._home = emanifest.home
        self.started: list[subprocess.Popen[str]] = []

    def begin(self) -> subprocess.Popen[str]:
        """Start a window and leave it running."""
        process = subprocess.Popen(
            [sys.executable, "-m", "desktop", "--data-dir", str(self.folder)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=self._home,
            env=environment(self._home),
        )
        self.started.append(process)
        return process

    def owner(self) -> int | None:
        """Return the process that owns the folder, as its door says."""
        try:
            said: dict[str, Any] = json.loads((self.folder / "owner.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return int(said["pid"])

    def end(self, process: subprocess.Popen[str]) -> None:
        """Quit a window in order."""
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=LIMIT_S)
        assert process.returncode == 0, errors
        assert "Traceback" not in errors


@pytest.fixture
def windows(emanifest: Commands) -> Iterator[Windows]:
    """Windows; each ends with the test."""
    made = Windows(emanifest)
    yield made
    for process in made.started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def ends_well(process: subprocess.Popen[str]) -> None:
    _, errors = process.communicate(timeout=LIMIT_S)
    assert process.returncode == 0, errors


def test_a_listening_command_hands_over_and_reads_on_beside_the_window(
    emanifest: Commands, windows: Windows, practice: Callable[..., Practice]
) -> None:
    far = practice()
    assert emanifest.add_company(far, key=far.api_key).code == 0
    listening = emanifest.begin("inbox", "--follow", "--format", "json")
    until(lambda: windows.owner() == listening.pid, "the command as owner")
    window = windows.begin()
    until(lambda: windows.owner() == window.pid, "the window as owner")
    assert listening.poll() is None  # it reads on
    sent = emanifest.json("send", str(MESSAGES / "ace-trip.json"), "--hold", "--wait", "30")
    assert sent.value["outcome"] == "delivered"
    assert listening.stdout is not None
    assert json.loads(listening.stdout.readline())["kind"] == "API_RESPONSE"
    second = windows.begin()
    ends_well(second)  # it raised the first
    assert windows.owner() == window.pid
    listening.send_signal(signal.SIGINT)
    ends_well(listening)
    windows.end(window)
    assert windows.owner() is None


def test_a_command_in_the_middle_of_its_step_ends_it_and_the_window_hears_the_answer(
    emanifest: Commands, windows: Windows, practice: Callable[..., Practice]
) -> None:
    far = practice("--scenario", "delay")
    assert emanifest.add_company(far, key=far.api_key).code == 0
    sending = emanifest.begin("send", str(MESSAGES / "ace-trip.json"), "--hold", "--wait", "60", "--format", "json")
    until(lambda: windows.owner() == sending.pid, "the command as owner")
    window = windows.begin()
    output, errors = sending.communicate(timeout=LIMIT_S)
    said = json.loads(output)
    assert said.get("outcome") == "delivered" or said["error"]["code"] == "cli.handed_over", errors
    until(lambda: windows.owner() == window.pid, "the window as owner")
    until(lambda: emanifest.json("show", "AAAA123457A").value["delivery"] == "delivered", "the answer in the window")
    assert len(far.lines("imported")) == 1  # never twice
    windows.end(window)
