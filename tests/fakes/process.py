"""Real processes: the commands as a user starts them, and the practice service as their far end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
MESSAGES = ROOT / "tests" / "golden" / "messages"
LIMIT_S = 60.0


@dataclass
class Ran:
    """A command that has ended."""

    code: int
    out: str
    err: str

    @property
    def value(self) -> Any:
        """Its standard output as JSON."""
        return json.loads(self.out)


def environment(home: Path) -> dict[str, str]:
    """Return the environment of a machine without keystore, screen and network."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
    return {
        **kept,
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "share"),
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
        "PYTHONWARNINGS": "error",
        "QT_QPA_PLATFORM": "offscreen",
        "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent/bus",
    }


@dataclass
class Practice:
    """The practice service as a process."""

    process: subprocess.Popen[str]
    log_file: Path
    url: str
    api_key: str
    company_key: str
    first_line: str

    @property
    def log(self) -> list[str]:
        """What it has logged so far."""
        return self.log_file.read_text(encoding="utf-8").splitlines()

    def lines(self, words: str) -> list[str]:
        """Return the log's lines in which `words` stand."""
        return [line for line in self.log if words in line]

    def wait_for(self, words: str, count: int = 1) -> None:
        """Wait until the log says `words` so often."""
        until(lambda: len(self.lines(words)) >= count, f"{words!r} in the log of the practice service: {self.log}")


def until(is_so: Callable[[], bool], what: str, limit_s: float = LIMIT_S) -> None:
    """Wait for another process: look again every 20 ms."""
    end = time.monotonic() + limit_s
    while not is_so():
        if time.monotonic() > end:
            pytest.fail(f"never came: {what}")
        subprocess.run([sys.executable, "-c", ""], check=True)  # a breath of the machine, not a sleep of ours


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A user's home."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def practice(home: Path, tmp_path: Path) -> Iterator[Callable[..., Practice]]:
    """Start practice services; each ends with the test."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: str) -> Practice:
        log_file = tmp_path / f"practice-{len(started)}.log"
        with log_file.open("w", encoding="utf-8") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "desktop.cli", "practice", *arguments],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                encoding="utf-8",
                cwd=tmp_path,
                env=environment(home),
            )
        started.append(process)
        assert process.stdout is not None
        first = process.stdout.readline()
        said = json.loads(first)
        return Practice(process, log_file, said["url"], said["apiKey"], said["companyKey"], first)

    yield start
    for process in started:
        process.send_signal(signal.SIGINT)
        process.wait(LIMIT_S)
        assert process.stdout is not None
        process.stdout.close()
        assert process.returncode == 0


@dataclass
class Commands:
    """`emanifest` on one data folder."""

    folder: Path
    home: Path
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def __call__(
        self, *arguments: str, stdin: str = "", data_dir: bool = True, env: Mapping[str, str] | None = None
    ) -> Ran:
        """Run a command to its end; `env` is its environment, where it is another than `environment`."""
        place = ["--data-dir", str(self.folder)] if data_dir else []
        done = subprocess.run(
            [sys.executable, "-m", "desktop.cli", *place, *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=LIMIT_S,
            cwd=self.home,
            env=environment(self.home) if env is None else dict(env),
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    def json(self, *arguments: str, stdin: str = "") -> Ran:
        """Run a command with JSON output."""
        return self(*arguments, "--format", "json", stdin=stdin)

    def wait_for_owner(self, process: subprocess.Popen[str]) -> None:
        """Wait until a command that was begun owns the folder and has opened its door."""

        def is_owner() -> bool:
            try:
                said = json.loads((self.folder / "owner.json").read_text(encoding="utf-8"))
            except (OSError, ValueError):
                return False
            return bool(said["pid"] == process.pid)

        until(is_owner, "a door opened by the command that was begun")

    def begin(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a command and leave it running."""
        process = subprocess.Popen(
            [sys.executable, "-m", "desktop.cli", "--data-dir", str(self.folder), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=self.home,
            env=environment(self.home),
        )
        self.started.append(process)
        return process

    def add_company(self, far: Practice, key: str | None = None) -> Ran:
        """Add the carrier of the page's two trips."""
        return self.json(
            *("company", "add", "Sample Carrier", "--scac", "AAAA", "--cbsa", "1234", "--address", far.url),
            *("--company-key", far.company_key, "--key-stdin"),
            stdin=key or far.first_line,
        )


@pytest.fixture
def folder_of(tmp_path: Path, home: Path) -> Iterator[Callable[[str], Commands]]:
    """Commands on data folders by name."""
    made: list[Commands] = []

    def commands(name: str) -> Commands:
        made.append(Commands(tmp_path / name, home))
        return made[-1]

    yield commands
    for one in made:
        for process in one.started:
            if process.poll() is None:
                process.kill()
            process.communicate()


@pytest.fixture
def emanifest(folder_of: Callable[[str], Commands]) -> Commands:
    """Commands on one data folder."""
    return folder_of("data")


@pytest.fixture
def mended_request(tmp_path: Path) -> Path:
    """The page's ACI send request without its misprint."""
    request = json.loads((MESSAGES / "aci-send-request-as-printed.json").read_text(encoding="utf-8"))
    path = tmp_path / "aci-send-request.json"
    path.write_text(json.dumps({**request, "data": "ACI_SEND_REQUEST"}), encoding="utf-8")
    return path
