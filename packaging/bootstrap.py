#!/usr/bin/env python3
"""From a bare machine to the running program, or to the whole test suite, in one command.

    python3 packaging/bootstrap.py run  [-- ARGUMENTS OF emanifest-desk]
    python3 packaging/bootstrap.py test [-- ARGUMENTS OF pytest]

`run` starts the program in practice mode; on a computer without a screen it takes the tour and leaves its pictures in
build/tour. `test` runs the linters, the type checker, the import contracts and every test, on this Python and the fast
part on a newer one where there is one. With arguments of its own, `test` runs pytest alone.

Needs nothing but Python 3.11 and its standard library. The environment is `.venv` in the project root, made from the
locked requirements; what the system lacks is installed through apt where that is allowed, and named where it is not.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "packaging"
IS_WINDOWS = os.name == "nt"
MINIMUM = (3, 11)
NEWER = ("3.13", "3.12")  # newest first: the fast tests run on the first that works here
RECIPE = 1  # raised when this file makes an environment in another way

# A shared library Qt loads -> the package of Debian and Ubuntu that has it.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
}
SCREEN_LIBRARIES = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}

# A program some tests start (tray and notices; power that goes) -> the package that has it. Without, they are skipped.
TEST_PROGRAMS = {"Xvfb": "xvfb", "dbus-daemon": "dbus-daemon", "strace": "strace"}


class Stop(Exception):  # noqa: N818 - it is no error of the program but a sentence for the person at the terminal
    """What is in the way, and what to do about it."""


def say(text: str) -> None:
    """Print a line at once, so that it stands before what the next tool prints."""
    print(text, flush=True)


def clean_environment() -> dict[str, str]:
    """Return the environment without what would lead Python away from the project's own packages."""
    return {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "PYTHONHOME", "PIP_USER", "VIRTUAL_ENV"}}


def call(command: list[str], **environment: str) -> int:
    """Run a command in the project root with its output on the terminal; return its exit code."""
    return subprocess.run(command, cwd=ROOT, env={**clean_environment(), **environment}, check=False).returncode


def is_fine(command: list[str]) -> bool:
    """Tell whether a command starts and succeeds, without showing what it prints."""
    try:
        return subprocess.run(command, capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


# --- the system ------------------------------------------------------------------------------------------------------


def apt_install(packages: list[str], why: str) -> None:
    """Install Debian packages where that is allowed.

    Raises:
        Stop: it is not, or it failed; the sentence has the line to type.
    """
    line = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    apt = shutil.which("apt-get")
    if apt is None:
        raise Stop(f"{why}\nInstall what these Debian packages hold, then run this again: {' '.join(packages)}")
    if os.geteuid() == 0:
        rights = []
    elif shutil.which("sudo") and is_fine(["sudo", "-n", "true"]):
        rights = ["sudo", "-n"]
    else:
        raise Stop(f"{why}\nRun this line, then this command again:\n  sudo {line}")
    say(f"{why}\nInstalling with apt: {' '.join(packages)}")
    quiet = [*rights, "env", "DEBIAN_FRONTEND=noninteractive", apt, "-qq", "-o", "Dpkg::Use-Pty=0"]
    install = [*quiet, "install", "-y", "--no-install-recommends", *packages]
    # A bare machine has no package lists yet; where there are some, asking for them again would only take time.
    if not is_fine([*install, "--simulate"]) and call([*quiet, "update"]) != 0:
        raise Stop(f"apt-get update failed (see above). Once it works, run:\n  {' '.join(rights[:1])} {line}".rstrip())
    if call(install) != 0:
        raise Stop(f"apt-get failed (see above). Mend it, or install by hand: {' '.join(packages)}")


def has_screen() -> bool:
    """Tell whether a window can be shown here."""
    if os.environ.get("QT_QPA_PLATFORM") in {"offscreen", "minimal"}:
        return False
    return not sys.platform.startswith("linux") or any(os.environ.get(n) for n in ("DISPLAY", "WAYLAND_DISPLAY"))


def missing_libraries(wanted: dict[str, str]) -> list[str]:
    """Return the packages of those shared libraries that this system cannot load."""
    missing = []
    for library, package in wanted.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return missing


def ensure_system(*, for_screen: bool) -> None:
    """Bring what Qt needs from the system and wheels do not carry."""
    if not sys.platform.startswith("linux"):
        return
    wanted = {**QT_LIBRARIES, **(SCREEN_LIBRARIES if for_screen else {})}
    missing = missing_libraries(wanted)
    if missing:
        apt_install(missing, "Qt needs shared libraries that this system lacks.")
        missing = missing_libraries(wanted)
        if missing:
            raise Stop(f"These packages are installed, but their libraries do not load: {' '.join(missing)}")


def ensure_desktop() -> None:
    """Bring what tests play a desktop and watch writes with; where that is not allowed, say so and go on."""
    if not sys.platform.startswith("linux"):
        return
    missing = [package for program, package in TEST_PROGRAMS.items() if shutil.which(program) is None]
    missing += missing_libraries(SCREEN_LIBRARIES)
    if not missing:
        return
    try:
        apt_install(missing, "Some tests play a desktop of their own, or watch what a program writes.")
    except Stop as stop:
        say(f"{stop}\nUntil then these tests are skipped.")


# --- the environment -------------------------------------------------------------------------------------------------


def bin_folder(environment: Path) -> Path:
    """Return where an environment keeps its programs."""
    return environment / ("Scripts" if IS_WINDOWS else "bin")


def python_of(environment: Path) -> str:
    """Return the interpreter of an environment."""
    return str(bin_folder(environment) / ("python.exe" if IS_WINDOWS else "python"))


def tool_of(environment: Path, name: str) -> str:
    """Return a program of an environment."""
    return str(bin_folder(environment) / (name + (".exe" if IS_WINDOWS else "")))


def locks(*, with_tests: bool) -> list[Path]:
    """Return the lock files to install, in this order: what builds packages comes first."""
    return [HERE / "requirements-build.lock", HERE / f"requirements{'-test' if with_tests else ''}.lock"]


def recipe(python: str, *, with_tests: bool) -> dict[str, str]:
    """Return what an environment was made from; another recipe means making it again."""
    made_from = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in locks(with_tests=with_tests)}
    return {"recipe": str(RECIPE), "python": python, "root": str(ROOT), **made_from}


def read_stamp(environment: Path) -> dict[str, str]:
    """Return the recipe an environment was finished with; empty where it was never finished."""
    try:
        stamp = json.loads((environment / "made-from.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def link_project(environment: Path) -> None:
    """Make the project importable in its environment, and its commands callable, from the source tree itself."""
    import tomllib

    site = subprocess.run(
        [python_of(environment), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
        env=clean_environment(),
    ).stdout.strip()
    Path(site, "emanifest_desk.pth").write_text(str(ROOT) + "\n", encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for name, entry in {**project["scripts"], **project["gui-scripts"]}.items():
        module, _, function = entry.partition(":")
        code = f"import sys; from {module} import {function}; sys.exit({function}())"
        if IS_WINDOWS:
            script = bin_folder(environment) / f"{name}.cmd"
            script.write_text(f'@"%~dp0python.exe" -c "{code}" %*\n', encoding="utf-8")
        else:
            script = bin_folder(environment) / name
            script.write_text(f'#!/bin/sh\nexec "{python_of(environment)}" -c "{code}" "$@"\n', encoding="utf-8")
            script.chmod(0o755)


def make_environment(environment: Path, python: str, *, with_tests: bool) -> None:
    """Make `environment` from the locks with the interpreter `python`, unless it stands there already.

    Raises:
        Stop: the packages could not be had.
    """
    stamp = read_stamp(environment)
    tested, plain = (recipe(python, with_tests=kind) for kind in (True, False))
    if stamp == tested or (stamp == plain and not with_tests):
        return
    start = time.monotonic()
    if stamp != plain:  # else only the tools of the tests are to be added
        say(f"Making {environment.name} (once; a few minutes where packages must be downloaded) ...")
        shutil.rmtree(environment, ignore_errors=True)
        if call([python, "-m", "venv", str(environment)]) != 0:
            raise Stop(f"{python} could not make an environment in {environment} (see above).")
    (environment / "made-from.json").unlink(missing_ok=True)
    install = [python_of(environment), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    install += ["--no-input", "--require-hashes", "--no-deps"]
    for path, more in zip(locks(with_tests=with_tests), ([], ["--no-build-isolation"])):  # noqa: B905 - both are two
        if call([*install, *more, "-r", str(path)]) != 0:
            raise Stop(
                f"The packages of packaging/{path.name} could not be installed (see above).\n"
                "Check the network, or where pip finds packages (pip config list), and run this again."
            )
    link_project(environment)
    stamp = tested if with_tests else plain
    (environment / "made-from.json").write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    say(f"{environment.name} is ready after {time.monotonic() - start:.0f} s.")


def ensure_environment(*, with_tests: bool) -> Path:
    """Return `.venv`, made or checked."""
    if importlib.util.find_spec("ensurepip") is None:  # Debian ships it apart
        apt_install([f"python3.{sys.version_info[1]}-venv"], "This Python cannot make environments yet.")
    environment = ROOT / ".venv"
    make_environment(environment, os.path.realpath(sys.executable), with_tests=with_tests)
    return environment


# --- run -------------------------------------------------------------------------------------------------------------


def run(arguments: list[str]) -> int:
    """Start the program in practice mode, or take the tour where there is no screen."""
    takes_tour = not has_screen() and not any(a == "--tour" or a.startswith("--tour=") for a in arguments)
    ensure_system(for_screen=has_screen())
    environment = ensure_environment(with_tests=False)
    command = [python_of(environment), "-m", "desktop", "--practice", *arguments]
    if not takes_tour:
        return call(command, **({} if has_screen() else {"QT_QPA_PLATFORM": "offscreen"}))
    pictures = ROOT / "build" / "tour"
    pictures.mkdir(parents=True, exist_ok=True)
    say("There is no screen here: the program takes its tour, and draws pictures instead.")
    code = call([*command, "--tour", str(pictures)], QT_QPA_PLATFORM="offscreen")
    if code == 0:
        say(f"Done. The pictures and the printed sheet are in {pictures}")
    return code


# --- test ------------------------------------------------------------------------------------------------------------


def newer_python() -> tuple[str, str] | None:
    """Return (version, interpreter) of the newest other Python that really runs here; names on PATH may be shims."""
    here = f"3.{sys.version_info[1]}"
    for version in NEWER:
        if version == here:
            continue
        named = ["py", f"-{version}"] if IS_WINDOWS else [f"python{version}"]
        pyenv = Path(os.environ.get("PYENV_ROOT", str(Path.home() / ".pyenv")))
        for command in [named, *([str(path)] for path in sorted(pyenv.glob(f"versions/{version}*/bin/{named[0]}")))]:
            question = "import ensurepip, os, sys; print(os.path.realpath(sys.executable))"
            try:
                answer = subprocess.run(
                    [*command, "-c", question], capture_output=True, text=True, timeout=60, check=False
                )
            except (OSError, subprocess.TimeoutExpired):
                continue
            if answer.returncode == 0:
                return version, answer.stdout.strip()
    return None


def newer_environment() -> tuple[str, Path] | None:
    """Return (version, environment) of a newer Python for the fast tests, or None and say why."""
    found = newer_python()
    if found is None:
        say("No newer Python runs here; the tests ran on this one alone.")
        return None
    version, python = found
    environment = ROOT / f".venv-{version}"
    try:
        make_environment(environment, python, with_tests=True)
    except (Stop, OSError, subprocess.CalledProcessError) as problem:
        say(f"Python {version} is here, but its environment could not be made; nothing ran on it. {problem}")
        return None
    return version, environment


def pytest_command(environment: Path, *arguments: str) -> list[str]:
    """Return the command that runs tests on every core."""
    return [
        python_of(environment),
        "-m",
        "pytest",
        "-n",
        "auto",
        "--dist",
        "loadscope",
        "--no-loadscope-reorder",
        "-q",
        *arguments,
    ]


def test(arguments: list[str]) -> int:
    """Run every check; say at the end which failed."""
    ensure_system(for_screen=False)
    ensure_desktop()
    environment = ensure_environment(with_tests=True)
    offscreen = {"QT_QPA_PLATFORM": "offscreen"}
    if arguments:
        return call([python_of(environment), "-m", "pytest", *arguments], **offscreen)
    steps = [
        ("ruff check", [tool_of(environment, "ruff"), "check", "."]),
        ("ruff format", [tool_of(environment, "ruff"), "format", "--check", "."]),
        ("mypy", [python_of(environment), "-m", "mypy"]),
        ("import contracts", [tool_of(environment, "lint-imports")]),
        ("pytest", pytest_command(environment)),
    ]
    failed = []
    start = time.monotonic()

    def step(name: str, command: list[str]) -> None:
        say(f"\n=== {name} " + "=" * (100 - len(name)))
        began = time.monotonic()
        code = call(command, **offscreen)
        if code != 0:
            failed.append(name)
        say(f"--- {name}: {'passed' if code == 0 else f'FAILED ({code})'} in {time.monotonic() - began:.1f} s")

    for name, command in steps:
        step(name, command)
    newer = newer_environment()
    if newer is not None:
        step(f"pytest tests/unit on Python {newer[0]}", pytest_command(newer[1], "tests/unit"))
    took = f"{time.monotonic() - start:.0f} s"
    say(f"\nFAILED: {', '.join(failed)} ({took})" if failed else f"\nEverything passed ({took}).")
    return 1 if failed else 0


# --- start -----------------------------------------------------------------------------------------------------------


def use_newer_python() -> int:
    """Start this again with a Python that is new enough, or say which one is needed."""
    names = ["python3.13", "python3.12", "python3.11", "python3.14"]
    version = "import sys; sys.exit(sys.version_info < (3, 11))"
    for name in names:
        found = shutil.which(name)
        if found and is_fine([found, "-c", version]):
            return subprocess.run([found, *sys.argv], check=False).returncode
    say(
        "eManifest Desk needs Python 3.11 or newer; this is "
        + ".".join(str(part) for part in sys.version_info[:3])
        + ".\nInstall it (Debian 12 and Ubuntu 24.04 have it: apt-get install python3 python3-venv) and run this again."
    )
    return 2


def main() -> int:
    """Read the command line and do what it says; return the exit code."""
    if sys.version_info < MINIMUM:
        return use_newer_python()
    parser = argparse.ArgumentParser(
        prog="bootstrap.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=["run", "test"])
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="-- ARGUMENTS")
    given = parser.parse_args()
    rest = given.rest[1:] if given.rest[:1] == ["--"] else given.rest
    try:
        return run(rest) if given.command == "run" else test(rest)
    except Stop as stop:
        print(f"\n{stop}", file=sys.stderr, flush=True)
        return 2
    except OSError as problem:
        print(f"\nThe project folder could not be used: {problem}", file=sys.stderr, flush=True)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
