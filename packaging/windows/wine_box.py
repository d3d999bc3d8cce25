"""A Windows to try things in: Wine in a folder of its own, with what Windows 10 has and Wine 8 lacks."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from bootstrap import Stop

HERE: Final = Path(__file__).resolve().parent
LIMIT_S: Final = 600.0
_USER: Final = "checker"


class WineBox:
    """One Wine prefix and one screen nobody sees; nothing of it reaches the user's own Wine.

    Attributes:
        c: the folder that is drive C.
    """

    def __init__(self, folder: Path) -> None:
        self.c = folder / "drive_c"
        self._folder = folder
        self._screen: subprocess.Popen[bytes] | None = None
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        self._environment = {
            **kept,
            "WINEPREFIX": str(folder),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=",  # neither .NET nor a browser: nothing is to be asked for
            "USER": _USER,
            "LOGNAME": _USER,
        }

    @property
    def local(self) -> Path:
        """The user's local application data, as the programs inside see it."""
        (found,) = self.c.glob(f"users/{_USER}/AppData/Local")
        return found

    @property
    def menu(self) -> Path:
        """The user's Start menu."""
        (found,) = self.c.glob(f"users/{_USER}/AppData/Roaming/Microsoft/Windows/Start Menu/Programs")
        return found

    def start(self, work: Path) -> None:
        """Make the prefix anew and a screen for it.

        Raises:
            Stop: Wine or the screen did not start.
        """
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        self._start_screen()
        if self.run("wineboot", "-i").returncode != 0:
            raise Stop("Wine did not start.")
        self.run("winecfg", "-v", "win10")
        for source in sorted((HERE / "wine").glob("*.c")):
            made = work / f"{source.stem}.dll"
            command = ["x86_64-w64-mingw32-gcc", "-shared", "-s", "-o", str(made), str(source), "-ladvapi32"]
            subprocess.run(command, check=True)
            shutil.copyfile(made, self.c / "windows" / "system32" / made.name)

    def _start_screen(self) -> None:
        read, write = os.pipe()
        words = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24", "-nolisten", "tcp"]
        with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a device
            self._screen = subprocess.Popen(words, pass_fds=(write,), stdout=nowhere, stderr=nowhere)
        os.close(write)
        with os.fdopen(read) as said:
            number = said.readline().strip()
        if not number:
            raise Stop("Xvfb did not start.")
        self._environment["DISPLAY"] = f":{number}"

    def run(
        self,
        program: str | Path,
        *words: str,
        given: str = "",
        limit_s: float = LIMIT_S,
        more: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run a Windows program to its end; what it prints comes back.

        Args:
            program: a path of this system, or a name Wine knows.
            words: its arguments, as Windows takes them.
            given: its standard input.
            limit_s: seconds it has.
            more: environment beside Wine's own.
        """
        return subprocess.run(
            ["wine", str(program), *words],
            input=given,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=limit_s,
            env={**self._environment, **(more or {})},
            check=False,
        )

    def begin(self, program: Path, *words: str) -> subprocess.Popen[bytes]:
        """Start a Windows program and leave it running; who calls ends it."""
        with open(os.devnull, "r+b") as nowhere:  # noqa: PTH123 - a device
            return subprocess.Popen(
                ["wine", str(program), *words],
                stdin=nowhere,
                stdout=subprocess.PIPE,
                stderr=nowhere,
                env=self._environment,
            )

    def registry(self, key: str, name: str) -> str | None:
        """Return a text or number of the registry; None where there is none."""
        told = self.run("reg", "query", key, "/v", name)
        for line in told.stdout.splitlines():
            parts = line.strip().split("    ", 2)
            if len(parts) == 3 and parts[0] == name:  # noqa: PLR2004 - name, kind, value
                return parts[2]
        return None

    def inside(self, path: Path) -> str:
        """Return a path on drive C as Windows writes it."""
        return "C:\\" + "\\".join(path.relative_to(self.c).parts)

    def stop(self) -> None:
        """End everything that still runs in it, and its screen."""
        subprocess.run(["wineserver", "-k"], env=self._environment, check=False)
        subprocess.run(["wineserver", "-w"], env=self._environment, check=False, timeout=60)
        if self._screen is not None:
            self._screen.send_signal(signal.SIGTERM)
            self._screen.wait()
            self._screen = None
