"""Lays out what a Windows computer gets: our wheel, the locked packages for Windows, the parts of Qt that are used."""

from __future__ import annotations

import fnmatch
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from email.parser import HeaderParser
from pathlib import Path
from typing import Final

from bootstrap import Stop, clean_environment

PYTHON: Final = "3.13"
TAGS: Final = ("--platform", "win_amd64", "--python-version", PYTHON)
PLACE: Final = {
    "implementation_name": "cpython",
    "implementation_version": PYTHON + ".0",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_release": "10",
    "platform_system": "Windows",
    "platform_version": "10.0",
    "python_full_version": PYTHON + ".0",
    "python_version": PYTHON,
    "sys_platform": "win32",
    "extra": "",
}
SOURCE_ONLY: Final = frozenset({"font-roboto"})  # pure data, published as source alone: its wheel is built here

# Qt: everything in these folders goes; of the rest, what nothing that is used leads to
QT_FOLDERS: Final = (
    "doc",
    "glue",
    "include",
    "lib",
    "metatypes",
    "qml",
    "resources",
    "scripts",
    "support",
    "typesystems",
)
_QT_PLUGINS: Final = (
    "platforms/qwindows.dll",
    "platforms/qoffscreen.dll",  # sheets are printed from the command line without a screen
    "styles/*.dll",
    "iconengines/qsvgicon.dll",
    "imageformats/q*.dll",  # a carrier's logo may come as any picture
)
QT_LANGUAGES: Final = ("qtbase_en.qm", "qtbase_es.qm", "qtbase_fr.qm")
_QT_MODULE: Final = re.compile(r"^\s*(?:from PySide6\.(Qt\w+) import|import PySide6\.(Qt\w+))", re.MULTILINE)
_LINUX_ALONE: Final = frozenset({"QtDBus"})  # the tray of Linux desktops
_DLL_NAME: Final = re.compile(r"^\s*DLL Name: (\S+)", re.MULTILINE)

_CHAFF: Final = ("*.pyi", "*.pyx", "*.pxd", "*.c", "*.h", "py.typed")
_LICENCE: Final = re.compile(r"(?i)licen[cs]e|copying|notice|copyright|authors")
_COMMON: Final = Path("/usr/share/common-licenses")
_FULL_TEXTS: Final = {"LGPL-3.0": "LGPL-3", "GPL-3.0": "GPL-3", "GPL-2.0": "GPL-2"}


def locked_for(lock: str, place: dict[str, str]) -> str:
    """Return those requirements of a lock that the computer described by `place` gets, hashed, without markers.

    Args:
        lock: the text of a lock.
        place: the values of environment markers there (PEP 508).
    """
    from pip._vendor.packaging.markers import Marker  # on use: a bare Python may have no pip before its environment

    kept = []
    for line in lock.replace("\\\n", " ").splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        asked, *hashes = re.split(r"\s+--hash=", line.strip())
        pin, _, marker = asked.partition(";")
        if not marker.strip() or Marker(marker.strip()).evaluate(place):
            kept.append(" ".join([pin.strip(), *(f"--hash={value}" for value in hashes)]))
    return "\n".join(kept) + "\n"


def name_of(requirement: str) -> str:
    """Return the name of a pinned requirement."""
    return requirement.partition("==")[0].strip().lower()


def install_locked(lock: str, target: Path, work: Path, place: dict[str, str], tags: list[str]) -> None:
    """Install the locked packages of another computer into `target`, each checked against its hash.

    Args:
        lock: the text of the lock.
        target: an existing folder.
        work: for what is in between.
        place: as `locked_for`; pip itself would judge markers by the computer it runs on.
        tags: the words by which pip chooses wheels for that computer.

    Raises:
        Stop: one of them cannot be had for it, or its bytes are not the locked ones.
    """
    lines = locked_for(lock, place).splitlines()
    binary, source = work / "binary.txt", work / "source.txt"
    binary.write_text("\n".join(line for line in lines if name_of(line) not in SOURCE_ONLY), encoding="utf-8")
    source.write_text("\n".join(line for line in lines if name_of(line) in SOURCE_ONLY), encoding="utf-8")
    wheels = work / "wheels"
    common = ["-qq", "--disable-pip-version-check", "--no-input", "--no-deps", "--require-hashes"]
    pip = [sys.executable, "-m", "pip"]
    fetch = [*pip, "install", *common, "--implementation", "cp", "--only-binary", ":all:", *tags]
    build = [*pip, "wheel", *common, "--no-build-isolation", "-w", str(wheels), "-r", str(source)]
    for command in ([*fetch, "--target", str(target), "-r", str(binary)], build):
        if subprocess.run(command, env=clean_environment(), check=False).returncode != 0:
            raise Stop("The locked packages could not be had (see above).")
    for wheel in wheels.glob("*.whl"):
        unzip(wheel, target)
    for folder in ("bin", "share"):  # starters and manual pages of libraries
        shutil.rmtree(target / folder, ignore_errors=True)


def unzip(wheel: Path, target: Path) -> None:
    """Put the content of a pure wheel into `target`."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)  # our own, or just built from hashed source


# --- less of it ------------------------------------------------------------------------------------------------------


def qt_modules(program: Path) -> set[str]:
    """Return the Qt modules that the program imports on Windows."""
    found: set[str] = set()
    for path in program.rglob("*.py"):
        for one, other in _QT_MODULE.findall(path.read_text(encoding="utf-8")):
            found.add(one or other)
    return found - _LINUX_ALONE


def imported_dlls(path: Path) -> set[str]:
    """Return the names of the DLLs that a Windows binary loads, in lower case."""
    words = ["x86_64-w64-mingw32-objdump", "-p", str(path)]
    told = subprocess.run(words, capture_output=True, text=True, errors="replace", check=True).stdout
    return {name.lower() for name in _DLL_NAME.findall(told)}


def reached(roots: Iterable[Path], beside: dict[str, Path], imports: Callable[[Path], set[str]]) -> set[Path]:
    """Return `roots` and every file of `beside` (by lower-case name) that they lead to."""
    kept, open_ends = set(roots), list(roots)
    while open_ends:
        for name in imports(open_ends.pop()):
            found = beside.get(name)
            if found is not None and found not in kept:
                kept.add(found)
                open_ends.append(found)
    return kept


def loadable(plugins: Iterable[Path], beside: dict[str, Path], imports: Callable[[Path], set[str]]) -> list[Path]:
    """Return those plugins whose parts of Qt are there: the wheels bring some that need what is in other wheels."""
    kept = []
    for plugin in plugins:
        of_qt = {name for name in imports(plugin) if name.removeprefix("lib").startswith("qt6")}
        if of_qt <= beside.keys():
            kept.append(plugin)
    return kept


def prune(packages: Path, imports: Callable[[Path], set[str]] = imported_dlls) -> None:
    """Take out of installed packages what the program never loads: most of Qt, types, sources of extensions.

    Raises:
        Stop: a Qt module the program imports is not there.
    """
    qt = packages / "PySide6"
    for name in QT_FOLDERS:
        shutil.rmtree(qt / name, ignore_errors=True)
    modules = [qt / f"{name}.pyd" for name in sorted(qt_modules(packages / "desktop") | {"QtCore"})]
    missing = [path.stem for path in modules if not path.is_file()]
    if missing:
        raise Stop(f"PySide6 has no {', '.join(missing)}, which the program imports.")
    plugins = [path for pattern in _QT_PLUGINS for path in sorted((qt / "plugins").glob(pattern))]
    beside = {path.name.lower(): path for path in (*qt.glob("*.dll"), *(packages / "shiboken6").glob("*.dll"))}
    roots = [*modules, *loadable(plugins, beside, imports), *(packages / "shiboken6").glob("*.pyd")]
    kept = reached(roots, beside, imports)
    kept |= {qt / "translations" / name for name in QT_LANGUAGES}
    for path in sorted(qt.rglob("*")):
        if path.is_file() and path.suffix != ".py" and path not in kept:
            path.unlink()
    sweep(packages)


def sweep(packages: Path) -> None:
    """Take types, sources of extensions, compiled leftovers and empty folders out of installed packages."""
    for path in list(packages.rglob("*")):
        if path.is_file() and any(fnmatch.fnmatch(path.name, pattern) for pattern in _CHAFF):
            path.unlink()
    for path in sorted(packages.rglob("*"), reverse=True):
        if path.name == "__pycache__":
            shutil.rmtree(path, ignore_errors=True)
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()


# --- licences --------------------------------------------------------------------------------------------------------


def _about(folder: Path) -> tuple[str, str, str]:
    """Return name, version and declared licence of an installed package."""
    told = HeaderParser().parsestr((folder / "METADATA").read_text(encoding="utf-8"))
    licence = told["License-Expression"] or (told["License"] or "").strip().partition("\n")[0]
    if not licence:
        kinds = [value for key, value in told.items() if key == "Classifier" and value.startswith("License ::")]
        licence = ", ".join(kind.rpartition(" :: ")[2] for kind in kinds)
    return told["Name"], told["Version"], licence


def _texts(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and _LICENCE.search(path.relative_to(folder).as_posix()) and path.suffix != ".py":
            yield path


def collect_licences(packages: Path, target: Path, own: Path) -> list[str]:
    """Put the licence of every installed package below `target`; return a line for each part.

    Args:
        packages: the folder the packages are installed in.
        target: where the texts go; made here.
        own: the licence of this program.

    Raises:
        Stop: a package brings no licence, or one is named whose full text is not on this system.
    """
    lines = []
    for folder in sorted(packages.glob("*.dist-info"), key=lambda path: path.name.lower()):
        name, version, licence = _about(folder)
        place = target / name
        place.mkdir(parents=True, exist_ok=True)
        texts = [own] if name == "emanifest-desk" else list(_texts(folder))
        for path in texts:
            shutil.copyfile(
                path,
                place / path.name if not (place / path.name).exists() else place / f"{path.parent.name}-{path.name}",
            )
        for expression, file in _FULL_TEXTS.items():
            if expression in licence:
                if not (_COMMON / file).is_file():
                    raise Stop(f"The text of {expression} is not in {_COMMON}; Debian's base-files has it.")
                shutil.copyfile(_COMMON / file, place / f"{expression}.txt")
        if not any(place.iterdir()) or (not licence and not texts):
            raise Stop(f"{name} {version} brings no licence. Look for it and say here where it stands.")
        lines.append(f"{name} {version}: {licence or 'see its text'}")
    return lines
