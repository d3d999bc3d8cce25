#!/usr/bin/env python3
"""Installs what build.py left under Wine, and tries it: install, tour, doctor, upgrade, uninstall.

    python3 packaging/windows/check.py [--dist DIR] [--cache DIR] [--quick]

--quick needs no installer: it stages the packages for Windows and imports every module of the program there. Needs
Debian's wine64, xvfb and the compiler of build.py; where that is allowed they are installed. What Wine is not: the look
of notices, SmartScreen, DPI of several screens and the real credential store stay to be seen on Windows itself.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import struct
import sys
import time
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import bootstrap
from bootstrap import ROOT, Stop, say
from trial import Trial, expect, until
from windows import build, runtime
from windows.wine_box import WineBox

TOOLS = {"wine": "wine", "wineserver64": "wine64", "Xvfb": "xvfb", "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64"}
PRODUCT = "eManifest Desk"
UNINSTALL = rf"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\{PRODUCT}"
RUN = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run"
OLDER = "0.0.1"
RUNS, FOREIGN = 5, 3  # exit codes of the installer
PICTURE = (1366, 736)
KEY = "c-9000-2bcd8ae5954e0c48"  # printed as an example on the gateway's own page
IMPORT_ALL = """
import importlib, pkgutil, sys, desktop
names = sorted(m.name for m in pkgutil.walk_packages(desktop.__path__, "desktop."))
failed = []
for name in names:
    if name.endswith(".__main__"):
        continue
    try:
        importlib.import_module(name)
    except BaseException as error:
        failed.append(f"{name}: {type(error).__name__}: {error}")
print(len(names), "modules"); print("\\n".join(failed)); sys.exit(bool(failed))
"""


class Check(Trial):
    """One round of checks in one Wine."""

    def __init__(self, box: WineBox, work: Path) -> None:
        super().__init__()
        self.box = box
        self.work = work
        self.program = Path()
        self.told = ""

    # Doing

    def install(self, installer: Path, *words: str) -> int:
        """Run an installer silently; return its exit code."""
        done = self.box.run(installer, "/S", *words, more={"WINEDEBUG": "fixme+shell"})
        self.told = done.stderr
        self.program = self.box.local / "Programs" / PRODUCT
        wmi = self.program / "app" / "_wmi.pyd"
        wmi.unlink(missing_ok=True)  # Wine 8 ends in it; Windows has it
        return done.returncode

    def command(self, *words: str, given: str = "") -> str:
        """Run the installed command line; return what it printed.

        Raises:
            AssertionError: it failed.
        """
        done = self.box.run(self.program / "emanifest.exe", *words, given=given)
        expect(done.returncode == 0, f"emanifest {' '.join(words)}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def data(self) -> dict[str, str]:
        """Return every file of the data folder with its hash; the moving ones of a database in use are not there."""
        folder = self.box.local / PRODUCT
        return {
            path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not path.name.endswith((".log", "-shm", "-wal"))
        }

    # The checks

    def installed(self, version: str) -> None:
        """Everything that an installation is made of is there."""
        shortcut = self.box.menu / f"{PRODUCT}.lnk"
        expect((self.program / "emanifest-desk.exe").is_file(), "the program is not there")
        expect(shortcut.is_file(), "the Start menu has no shortcut")
        found = self.box.registry(UNINSTALL, "DisplayVersion")
        expect(found == version, f"Windows lists version {found}")
        expect((self.program / "licences" / "PySide6_Essentials" / "LGPL-3.0.txt").is_file(), "no licence of Qt")
        # Wine keeps no properties of shortcuts, but tells that it was asked to; windows.yml looks at the real one
        for call in ("propertystore_SetValue", "propertystore_Commit"):
            expect(call in self.told, f"the shortcut got no name: {self.told}")
        compiled = self.program / "app" / "packages" / "desktop" / "__pycache__"
        expect(compiled.is_dir(), "nothing was compiled: the first start will be slow")

    def fill(self) -> dict[str, object]:
        """Work with the program: a carrier, its key, a trip, a start with Windows; return what can be read back."""
        self.command(
            *("company", "add", "Sample Carrier", "--scac", "SMPL", "--address", "sample", "--key-stdin"),
            given=KEY + "\n",
        )
        shutil.copyfile(ROOT / "tests" / "golden" / "messages" / "ace-trip.json", self.box.c / "trip.json")
        self.command("import", "C:\\trip.json")
        words = ["reg", "add", RUN, "/v", "emanifest-desk", "/d", "x"]
        self.box.run(*words)
        return self.seen()

    def seen(self) -> dict[str, object]:
        """Return what the program shows of its data."""
        return {
            name: json.loads(self.command("--format", "json", *words))
            for name, words in {"trips": ("list", "trips"), "companies": ("company", "list")}.items()
        }

    def doctor(self) -> None:
        """The doctor finds keystore, data, Qt, fonts and tray well."""
        done = self.box.run(self.program / "emanifest.exe", "--format", "json", "doctor")
        rows = _rows(json.loads(done.stdout))
        found = {row["name"]: row["state"] for row in rows}
        for name in ("version", "keystore", "data", "tls", "qt", "fonts", "tray"):
            expect(found.get(name) == "ok", f"of {name} the doctor says: {[row['text'] for row in rows]}")

    def tour(self) -> None:
        """The installed program takes its tour to the end and leaves pictures of a full window and the sheet."""
        folder = self.box.c / "tour"
        words = ["--practice", "--tour", self.box.inside(folder)]
        done = self.box.run(self.program / "emanifest-desk.exe", *words)
        expect(done.returncode == 0, f"the tour ended with {done.returncode}\n{done.stdout}{done.stderr}")
        pictures = sorted(folder.glob("[0-9][0-9]-*.png"))
        expect(len(pictures) >= 8, f"{len(pictures)} pictures")  # noqa: PLR2004 - as the test of the tour
        for picture in pictures:
            size = struct.unpack(">II", picture.read_bytes()[16:24])
            expect(size == PICTURE, f"{picture.name} is {size}")
        expect((folder / "sheet.pdf").read_bytes().startswith(b"%PDF"), "no sheet")
        shutil.copytree(folder, self.work / "tour", dirs_exist_ok=True)

    def printed(self) -> None:
        """The installed command line writes a sheet as PDF, without a screen."""
        self.command("print", "C:\\trip.json", "-o", "C:\\sheet.pdf")
        expect((self.box.c / "sheet.pdf").read_bytes().startswith(b"%PDF"), "no sheet")

    def portable(self, archive: Path) -> None:
        """The portable program runs from a folder with a space and letters beyond ASCII."""
        folder = self.box.c / "Été 2026"
        with zipfile.ZipFile(archive) as inside:
            inside.extractall(folder)
        program = folder / PRODUCT
        (program / "app" / "_wmi.pyd").unlink(missing_ok=True)
        tour = self.box.c / "Visite guidée"
        words = ["--practice", "--data-dir", self.box.inside(folder / "données"), "--tour", self.box.inside(tour)]
        done = self.box.run(program / "emanifest-desk.exe", *words)
        expect(done.returncode == 0, f"the tour ended with {done.returncode}\n{done.stdout}{done.stderr}")
        expect((tour / "sheet.pdf").is_file(), "no sheet")

    def start_times(self) -> str:
        """Return how long the installed command line and window take to answer here, in seconds."""
        began = time.monotonic()
        self.command("--version")
        return f"emanifest --version {time.monotonic() - began:.1f} s"

    def running(self, installer: Path) -> None:
        """While the window is open, a silent installation changes nothing and says why."""
        began = time.monotonic()
        window = self.box.begin(self.program / "emanifest-desk.exe", "--practice")
        try:
            door = self.box.local / f"{PRODUCT} Practice" / "owner.json"
            until(door.is_file, "the window did not open", window)
            say(f"        the window stood open after {time.monotonic() - began:.1f} s")
            before = _listing(self.program)
            code = self.install(installer)
            expect(code == RUNS, f"the installer ended with {code}")
            expect(_listing(self.program) == before, "files of a running program were changed")
        finally:
            self.box.run("taskkill", "/f", "/im", "emanifest-desk.exe")
            window.wait(60)

    def foreign(self, installer: Path) -> None:
        """A folder with somebody else's files is refused and left as it is."""
        folder = self.box.c / "papers"
        folder.mkdir()
        (folder / "letter.txt").write_text("mine", encoding="ascii")
        code = self.box.run(installer, "/S", f"/D={self.box.inside(folder)}").returncode
        expect(code == FOREIGN, f"the installer ended with {code}")
        expect([path.name for path in folder.iterdir()] == ["letter.txt"], "the folder was changed")

    def uninstalled(self) -> None:
        """The program, its shortcut and what it wrote into the registry are gone; the data are not."""
        before = self.data()
        expect(len(before) > 0, "there are no data to keep")
        self.box.run(self.program / "uninstall.exe", "/S")
        until(lambda: not (self.program / "uninstall.exe").exists(), "the uninstaller does not come to its end")
        until(lambda: not self.program.exists(), f"left: {[path.name for path in self.program.glob('*')]}")
        expect(not (self.box.menu / f"{PRODUCT}.lnk").exists(), "the shortcut is left")
        expect(self.box.registry(UNINSTALL, "DisplayName") is None, "Windows still lists the program")
        expect(self.box.registry(RUN, "emanifest-desk") is None, "Windows still starts the program at sign-in")
        expect(self.data() == before, "the data are not as they were")


def _listing(folder: Path) -> list[tuple[str, int]]:
    return sorted(
        (path.relative_to(folder).as_posix(), path.stat().st_size)
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    )


def _rows(told: object) -> list[dict[str, str]]:
    """Return the findings of the doctor, however deep they lie."""
    if isinstance(told, dict):
        return [told] if "state" in told else [row for value in told.values() for row in _rows(value)]
    return [row for value in told for row in _rows(value)] if isinstance(told, list) else []


def older_installer(stage: Path, work: Path, icon: Path) -> Path:
    """Make an installer of an older version from the same stage, with a module that the new one has no more."""
    folder = work / "older"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(stage, folder)
    own = folder / "app" / "packages" / "desktop"
    text = (own / "__init__.py").read_text(encoding="utf-8")
    (own / "__init__.py").write_text(re.sub(r'__version__ = ".*"', f'__version__ = "{OLDER}"', text), encoding="utf-8")
    (own / "gone.py").write_text("", encoding="utf-8")
    made = work / "older-setup.exe"
    build.make_installer(folder, made, icon, OLDER, for_checks=True, is_quick=True)
    return made


def newest_installer(dist: Path) -> Path:
    """Return the installer of this version, a released one before one for checks.

    Raises:
        Stop: there is none.
    """
    found = sorted(dist.glob(f"eManifest-Desk-{build.own_version()}-setup*.exe"), key=lambda path: len(path.name))
    if not found:
        raise Stop(f"{dist} holds no installer of this version. Run packaging/windows/build.py first.")
    return found[0]


def check_installer(check: Check, installer: Path, older: Path) -> None:
    """Do all checks of an installer, from the older version on."""
    version = build.own_version()
    with check.step("silent installation of an older version"):
        expect(check.install(older) == 0, "it did not end well")
        check.installed(OLDER)
    seen: dict[str, object] = {}
    with check.step("a carrier, its key and a trip, by the installed command line"):
        seen = check.fill()
        expect(OLDER in check.command("--version"), "it is another version")
    with check.step("upgrade keeps trips, carrier, key and data"):
        before = check.data()
        expect(check.install(installer) == 0, "it did not end well")
        check.installed(version)
        expect(check.data() == before, "the installer changed the data")
        expect(check.seen() == seen, "the program shows other data")
        expect(version in check.command("--version"), "it is another version")
        expect(not (check.program / "app" / "packages" / "desktop" / "gone.py").exists(), "an old module is left")
        expect(check.box.registry(RUN, "emanifest-desk") == "x", "the start with Windows is gone")
    with check.step("doctor"):
        check.doctor()
    with check.step("every module imports"):
        import_all(check.box, check.program / "app", check.work)
    with check.step("tour from the installed program"):
        check.tour()
    with check.step("a sheet as PDF from the command line"):
        check.printed()
    with check.step("an installation while the window is open is refused"):
        check.running(installer)
    with check.step("a folder of somebody else is refused"):
        check.foreign(installer)
    with check.step("start"):
        say(f"        {check.start_times()}")
        say(f"        installed {build.size_of(check.program) / 1e6:.0f} MB with what was compiled")
    with check.step("the portable version, in a folder with a space and letters beyond ASCII"):
        check.portable(installer.with_name(installer.name.replace("-setup", "-portable")).with_suffix(".zip"))
    with check.step("uninstallation leaves data and keys alone"):
        check.uninstalled()
    with check.step("data and key are found again after a new installation"):
        expect(check.install(installer) == 0, "it did not end well")
        expect(check.seen() == seen, "the program shows other data")
    with check.step("an installation that lacks a part is mended"):
        (check.program / "app" / runtime.DLL).unlink()
        expect(check.install(installer) == 0, "it did not end well")
        expect(check.seen() == seen, "the program shows other data")


def import_all(box: WineBox, app: Path, work: Path) -> None:
    """Import every module of the program with Python's own starter, which installations do not have.

    Raises:
        AssertionError: one does not import.
    """
    python = app / "python.exe"
    archive = next(iter([*work.parent.glob("python-*.zip"), *work.parent.glob("stand-in-*.zip")]))
    runtime.unpack(runtime.Runtime(archive, "", is_official=False), app, wanted=frozenset({"python.exe"}))
    (app / "_wmi.pyd").unlink(missing_ok=True)
    try:
        done = box.run(python, "-c", IMPORT_ALL)
    finally:
        python.unlink()
    expect(done.returncode == 0, done.stdout + done.stderr[-2000:])
    say(f"        {done.stdout.splitlines()[0]}")


def check_quickly(box: WineBox, cache: Path, work: Path) -> None:
    """Stage the packages for Windows and import every module; no installer is made.

    Raises:
        AssertionError: one does not import.
    """
    folder = cache / "quick"
    build.stage(folder, cache, runtime.official(cache) or runtime.stand_in(cache))
    import_all(box, folder / "app", work)


def main() -> int:
    """Read the command line and check; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dist", type=Path, default=ROOT / "dist", help="where build.py left its results")
    parser.add_argument("--cache", type=Path, default=build.default_cache(), help="where build.py keeps its downloads")
    parser.add_argument("--quick", action="store_true", help="only: the stage resolves, and every module imports")
    given = parser.parse_args()
    cache = given.cache.absolute()
    work = cache / "check"
    box = WineBox(cache / "wine")
    check = Check(box, work)
    try:
        missing = sorted({package for tool, package in TOOLS.items() if not _is_there(tool)})
        if missing:
            bootstrap.apt_install(missing, "The checks need a Windows to try things in.")
        if given.quick:
            build.ensure_tools()
        installer = None if given.quick else newest_installer(given.dist.absolute())
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        box.start(work)
        try:
            if installer is None:
                with check.step("the stage resolves and every module imports under the Windows runtime"):
                    check_quickly(box, cache, work)
            else:
                older = older_installer(cache / "stage", work, cache / "emanifest-desk.ico")
                check_installer(check, installer, older)
        finally:
            box.stop()
    except Stop as stop:
        print(f"\n{stop}", file=sys.stderr, flush=True)
        return 2
    return check.verdict()


def _is_there(tool: str) -> bool:
    return shutil.which(tool) is not None or Path("/usr/lib/wine", tool).exists()


if __name__ == "__main__":
    sys.exit(main())
