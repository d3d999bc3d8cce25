#!/usr/bin/env python3
"""Builds the Windows installer and the portable zip, on Linux.

    python3 packaging/windows/build.py [--release] [--out DIR] [--cache DIR] [--runtime FILE]

What is built stands in `dist`: `eManifest-Desk-VERSION-setup.exe`, which installs for one user without an
administrator, and `eManifest-Desk-VERSION-portable.zip`, which runs from any folder. Where python.org
cannot be reached, a stand-in takes the place of its runtime and the names end in `-for-checks-only`; with --release
that is refused.

EMANIFEST_SIGN names a command that signs the file whose path it gets as its last word: both programs, the uninstaller
and the installer. Without it the build says that it is unsigned.

Needs Debian's nsis and gcc-mingw-w64-x86-64; where that is allowed they are installed.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import bootstrap
from bootstrap import ROOT, Stop, say
from windows import launcher, runtime, staging

HERE = Path(__file__).resolve().parent
TOOLS = {"makensis": "nsis", launcher.COMPILER: "gcc-mingw-w64-x86-64"}
NOT_FOR_USE = "-for-checks-only"
READ_ME = """eManifest Desk {version}

Start emanifest-desk.exe. The first start of the portable version takes some seconds longer.
emanifest.exe is its command line: emanifest.exe --help

Data are kept for you alone in %LOCALAPPDATA%\\eManifest Desk, wherever this folder lies; keys in the Windows
credential store. Another folder for the data: emanifest-desk.exe --data-dir FOLDER

The folder licences has the licence of every part.
"""
QT_SAYS = """The parts of eManifest Desk, each with its licence in the folder of its name:

{parts}

Qt and PySide6 are used under the LGPL, version 3. Their libraries are the separate files below app\\packages\\PySide6
and app\\packages\\shiboken6 and may be replaced by other builds of the same version. Their sources, and those of the
software Qt itself contains with its notices: https://download.qt.io and https://doc.qt.io/qt-6/licenses-used-in-qt.html

Python's licence, with those of OpenSSL, libffi, bzip2, SQLite and others inside it: Python\\LICENSE.txt.
The programs are compiled with mingw-w64 (its runtime: Zope Public License 2.1 and public domain), the installer with
NSIS (zlib/libpng licence).
"""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build left.

    Attributes:
        installer: the setup program.
        portable: the zip.
        stage: the folder that both were made of.
        version: of the program.
    """

    installer: Path
    portable: Path
    stage: Path
    version: str


def default_cache() -> Path:
    """Return where downloads and what is in between are kept: the user's cache folder."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(base) if Path(base).is_absolute() else Path.home() / ".cache") / "emanifest-desk" / "windows"


def own_version() -> str:
    """Return the version of the program, as its source says it."""
    found = re.search(r'__version__ = "([\d.]+)"', (ROOT / "desktop" / "__init__.py").read_text(encoding="utf-8"))
    if found is None:
        raise Stop("desktop/__init__.py names no version.")
    return found[1]


def stage(folder: Path, cache: Path, python: runtime.Runtime) -> None:
    """Lay out in `folder`, made anew, what a Windows computer gets.

    Raises:
        Stop: a part of it cannot be had.
    """
    shutil.rmtree(folder, ignore_errors=True)
    work = cache / "work"
    shutil.rmtree(work, ignore_errors=True)
    app, packages = folder / "app", folder / "app" / "packages"
    packages.mkdir(parents=True)
    work.mkdir(parents=True)
    version = own_version()
    runtime.unpack(python, app)
    (app / "python313._pth").write_text("python313.zip\n.\npackages\n", encoding="ascii")
    say("Taking the packages for Windows ...")
    lock = (ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8")
    staging.install_locked(lock, packages, work, staging.PLACE, list(staging.TAGS))
    wheel = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(work / "own")]
    if subprocess.run(wheel, cwd=ROOT, capture_output=True, check=False).returncode != 0:
        raise Stop("The wheel of the program could not be built.")
    (own,) = (work / "own").glob("*.whl")
    staging.unzip(own, packages)
    licences = folder / "licences"
    parts = staging.collect_licences(packages, licences, ROOT / "LICENSE")
    (licences / "Python").mkdir()
    shutil.move(app / "LICENSE.txt", licences / "Python" / "LICENSE.txt")
    told = "\n".join(["Python " + python.version + ": PSF-2.0", *parts])
    (licences / "the parts.txt").write_text(QT_SAYS.format(parts=told), encoding="utf-8", newline="\r\n")
    staging.prune(packages)
    icon = cache / "emanifest-desk.ico"
    launcher.write_icon(ROOT / "resources" / "icons" / "app.svg", icon)
    for program in launcher.compile_programs(folder, work, icon, version):
        sign(program)
    (folder / "read me.txt").write_text(READ_ME.format(version=version), encoding="utf-8", newline="\r\n")
    about = {
        "version": version,
        "python": python.version,
        "official runtime": python.is_official,
        "signed": bool(os.environ.get("EMANIFEST_SIGN")),
        "parts": parts,
    }
    (folder / "build.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    if not python.is_official:
        sentence = f"Built with {runtime.STAND_IN} in place of python.org's runtime: for checks only, not for use.\n"
        (folder / "for checks only.txt").write_text(sentence, encoding="utf-8", newline="\r\n")


def sign(path: Path) -> None:
    """Sign a file by the command in EMANIFEST_SIGN, if there is one.

    Raises:
        Stop: the command failed.
    """
    command = os.environ.get("EMANIFEST_SIGN")
    if command and subprocess.run([*shlex.split(command), str(path)], check=False).returncode != 0:
        raise Stop(f"EMANIFEST_SIGN could not sign {path.name}.")


def size_of(folder: Path) -> int:
    """Return how many bytes the files of a folder hold."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def make_installer(
    folder: Path, out: Path, icon: Path, version: str, *, for_checks: bool, is_quick: bool = False
) -> None:
    """Make the installer of a staged folder.

    Args:
        folder: what it installs.
        out: the installer.
        icon: the ICO it bears.
        version: as in 1.2.3.
        for_checks: it says so in its name.
        is_quick: packed quickly rather than small.

    Raises:
        Stop: NSIS refused.
    """
    values = {"VERSION": version, "STAGE": folder, "OUT": out, "ICON": icon, "SIZE_KB": size_of(folder) // 1024}
    words = [f"-D{name}={value}" for name, value in values.items()]
    words += ["-DCHECKS_ONLY"] * for_checks + ["-DQUICK"] * is_quick
    if os.environ.get("EMANIFEST_SIGN"):
        words.append(f"-DSIGN={os.environ['EMANIFEST_SIGN']}")
    command = ["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *words, str(HERE / "installer.nsi")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Stop(f"makensis refused:\n{done.stdout}{done.stderr}")


def make_portable(folder: Path, out: Path) -> None:
    """Make a zip whose one folder is the program."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, Path("eManifest Desk") / path.relative_to(folder))


def build(out: Path, cache: Path, *, given: Path | None = None, is_release: bool = False) -> Built:
    """Build installer and zip; return what was made.

    Raises:
        Stop: something is missing or refused.
    """
    cache.mkdir(parents=True, exist_ok=True)
    out.mkdir(parents=True, exist_ok=True)
    python = runtime.official(cache, given)
    if python is None:
        if is_release:
            raise Stop("A release takes python.org's own runtime. Fetch it elsewhere and name it with --runtime.")
        say("A stand-in takes its place: what is built is for checks only.")
        python = runtime.stand_in(cache)
    folder, version = cache / "stage", own_version()
    stage(folder, cache, python)
    name = f"eManifest-Desk-{version}{{}}{'' if python.is_official else NOT_FOR_USE}"
    built = Built(out / f"{name.format('-setup')}.exe", out / f"{name.format('-portable')}.zip", folder, version)
    say("Packing ...")
    make_installer(folder, built.installer, cache / "emanifest-desk.ico", version, for_checks=not python.is_official)
    make_portable(folder, built.portable)
    return built


def ensure_tools() -> None:
    """Bring the programs that build for Windows, and an environment of the locked packages to run in.

    Raises:
        Stop: they cannot be had.
    """
    missing = sorted({package for tool, package in TOOLS.items() if shutil.which(tool) is None})
    if missing:
        bootstrap.apt_install(missing, "Building for Windows needs a compiler and NSIS.")
    bootstrap.ensure_system(for_screen=False)


def in_environment() -> bool:
    """Tell whether this Python has what the build needs; else it is run again by one that has."""
    return all(importlib.util.find_spec(name) is not None for name in ("PySide6", "hatchling", "pip", "setuptools"))


def main() -> int:
    """Read the command line and build; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="where the results go")
    parser.add_argument("--cache", type=Path, default=default_cache(), help="where downloads are kept")
    parser.add_argument("--runtime", type=Path, help="python.org's embeddable zip, fetched before")
    parser.add_argument("--release", action="store_true", help="refuse what is not fit to be given to anybody")
    given = parser.parse_args()
    began = time.monotonic()
    try:
        ensure_tools()
        if not in_environment():
            environment = bootstrap.ensure_environment(with_tests=True)
            return subprocess.run([bootstrap.python_of(environment), __file__, *sys.argv[1:]], check=False).returncode
        built = build(given.out.absolute(), given.cache.absolute(), given=given.runtime, is_release=given.release)
    except Stop as stop:
        print(f"\n{stop}", file=sys.stderr, flush=True)
        return 2
    installed = size_of(built.stage) / 1e6
    say(f"Installed: {installed:.0f} MB in {sum(path.is_file() for path in built.stage.rglob('*'))} files")
    for path in (built.installer, built.portable):
        say(f"{path}: {path.stat().st_size / 1e6:.1f} MB, SHA-256 {runtime.sha256(path)}")
    if not os.environ.get("EMANIFEST_SIGN"):
        say("Unsigned: EMANIFEST_SIGN names no command. Windows will warn whoever starts it.")
    say(f"Done in {time.monotonic() - began:.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
