#!/usr/bin/env python3
"""Builds the wheel and the Debian package.

    python3 packaging/linux/build.py [--out DIR] [--cache DIR]

What is built stands in `dist`: the wheel, for pip and pipx on any Linux with Python 3.11 or newer, and
`emanifest-desk_VERSION_amd64.deb`, which brings the locked packages along and needs the system's own Python (3.11 to
3.13: Debian 12 and 13, Ubuntu 24.04) and the shared libraries of its desktop. Needs binutils, dpkg-deb and gzip.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import bootstrap
from bootstrap import ROOT, Stop, clean_environment, say
from windows import build as windows_build
from windows import launcher, staging

HERE = Path(__file__).resolve().parent
NAME = "emanifest-desk"
HOME = f"usr/lib/{NAME}"
PYTHONS = ("3.11", "3.12", "3.13")
PLATFORMS = (*(f"manylinux_2_{minor}_x86_64" for minor in range(34, 16, -1)), "manylinux2014_x86_64")
PLACE = {
    **staging.PLACE,
    "os_name": "posix",
    "platform_machine": "x86_64",
    "platform_system": "Linux",
    "sys_platform": "linux",
}
TOOLS = {"readelf": "binutils", "dpkg-deb": "dpkg"}
PLUGINS = (
    "platforms/libqxcb.so",
    "platforms/libqwayland*.so",
    "platforms/libqoffscreen.so",
    "xcbglintegrations/*.so",
    "wayland-decoration-client/*.so",
    "wayland-graphics-integration-client/*.so",
    "wayland-shell-integration/*.so",
    "platformthemes/*.so",
    "platforminputcontexts/libcompose*.so",
    "platforminputcontexts/libibus*.so",
    "iconengines/libqsvgicon.so",
    "imageformats/*.so",
    "printsupport/*.so",
)
ICONS = (48, 64, 128, 256)
NEEDED = re.compile(r"\(NEEDED\)\s+Shared library: \[(\S+)\]")
CONTROL = """Package: {name}
Version: {version}
Section: misc
Priority: optional
Architecture: amd64
Maintainer: eManifest Desk <maintainers@emanifest-desk.invalid>
Installed-Size: {size}
Depends: python3 (>= 3.11), python3 (<< 3.14), ca-certificates, {libraries}
Recommends: gnome-keyring | kwalletmanager, fonts-dejavu-core
Description: ACE and ACI eManifests for cross-border carriers
 Writes ACE trips (into the USA) and ACI trips (into Canada), finds what customs
 would refuse before anything is sent, files through the BorderConnect API,
 keeps and explains every answer, and prints the sheet for the driver.
"""
POSTINST = f"""#!/bin/sh
set -e
# the first start need not do it then
[ "$1" != configure ] || python3 -m compileall -q /{HOME}/lib/python3/site-packages >/dev/null 2>&1 || true
"""
PRERM = f"""#!/bin/sh
set -e
find /{HOME} -name __pycache__ -type d -prune -exec rm -rf {{}} +
"""
STARTER = f"""#!/{HOME}/bin/python3 -I
import sys

from {{module}} import {{function}}

sys.exit({{function}}())
"""


def needed(path: Path) -> set[str]:
    """Return the names of the shared libraries that a library loads."""
    told = subprocess.run(["readelf", "-dW", str(path)], capture_output=True, text=True, check=True).stdout
    return {name.lower() for name in NEEDED.findall(told)}


def install_packages(target: Path, work: Path) -> None:
    """Install the locked packages for every Python of `PYTHONS` into one folder.

    A compiled module bears the version of its Python in its name, so that they lie side by side.

    Raises:
        Stop: one of them cannot be had.
    """
    lock = (ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8")
    words = [word for platform in PLATFORMS for word in ("--platform", platform)]
    for python in PYTHONS:
        place = {**PLACE, "python_version": python, "python_full_version": f"{python}.0"}
        one = work / python
        one.mkdir(parents=True)
        staging.install_locked(lock, one, work, place, ["--python-version", python, *words])
        shutil.copytree(one, target, dirs_exist_ok=True)
        shutil.rmtree(one)


def prune(packages: Path) -> None:
    """Take out what the program never loads on Linux: most of Qt, types, sources of extensions.

    Raises:
        Stop: a Qt module the program imports is not there.
    """
    qt = packages / "PySide6"
    for name in (*staging.QT_FOLDERS, "Qt/qml", "Qt/libexec", "Qt/metatypes", "Qt/resources", "Qt/lib/cmake"):
        if name != "lib":
            shutil.rmtree(qt / name, ignore_errors=True)
    modules = [
        qt / f"{name}.abi3.so" for name in sorted({*staging.qt_modules(packages / "desktop"), "QtCore", "QtDBus"})
    ]
    missing = [path.stem for path in modules if not path.is_file()]
    if missing:
        raise Stop(f"PySide6 has no {', '.join(missing)}, which the program imports.")
    plugins = [path for pattern in PLUGINS for path in sorted((qt / "Qt" / "plugins").glob(pattern))]
    libraries = [*qt.glob("*.so*"), *(qt / "Qt" / "lib").glob("*.so*"), *(packages / "shiboken6").glob("*.so*")]
    beside = {path.name.lower(): path for path in libraries}
    kept = staging.reached([*modules, *staging.loadable(plugins, beside, needed)], beside, needed)
    kept |= {qt / "Qt" / "translations" / name for name in staging.QT_LANGUAGES}
    for path in sorted(qt.rglob("*")):
        if path.is_file() and path.suffix != ".py" and path not in kept:
            path.unlink()
    staging.sweep(packages)


def lay_out(root: Path, work: Path, wheel: Path, version: str) -> None:
    """Lay out in `root`, made anew, what the package installs.

    Raises:
        Stop: a part of it cannot be had.
    """
    import tomllib

    shutil.rmtree(root, ignore_errors=True)
    home = root / HOME
    packages = home / "lib" / "python3" / "site-packages"
    packages.mkdir(parents=True)
    say("Taking the packages for Linux ...")
    install_packages(packages, work)
    staging.unzip(wheel, packages)
    document = root / "usr" / "share" / "doc" / NAME
    parts = staging.collect_licences(packages, document / "licences", ROOT / "LICENSE")
    prune(packages)
    # an environment of the system's Python, whichever of them that is
    (home / "pyvenv.cfg").write_text("home = /usr/bin\ninclude-system-site-packages = false\n", encoding="ascii")
    (home / "bin").mkdir()
    (home / "bin" / "python3").symlink_to("/usr/bin/python3")
    for python in PYTHONS:
        (home / "lib" / f"python{python}").symlink_to("python3")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    starters = root / "usr" / "bin"
    starters.mkdir()
    for name, entry in {**project["scripts"], **project["gui-scripts"]}.items():
        module, _, function = entry.partition(":")
        (starters / name).write_text(STARTER.format(module=module, function=function), encoding="ascii")
        (starters / name).chmod(0o755)
    share = root / "usr" / "share"
    for folder, source, target in (
        ("applications", HERE / f"{NAME}.desktop", f"{NAME}.desktop"),
        ("icons/hicolor/scalable/apps", ROOT / "resources" / "icons" / "app.svg", f"{NAME}.svg"),
    ):
        (share / folder).mkdir(parents=True)
        shutil.copyfile(source, share / folder / target)
    for size in ICONS:
        pictures = share / "icons" / "hicolor" / f"{size}x{size}" / "apps"
        pictures.mkdir(parents=True)
        (pictures / f"{NAME}.png").write_bytes(launcher.drawn(ROOT / "resources" / "icons" / "app.svg", size))
    (share / "metainfo").mkdir()
    told = (HERE / f"{NAME}.metainfo.xml").read_text(encoding="utf-8")
    today = dt.datetime.now(dt.UTC).date().isoformat()
    told = told.replace("@VERSION@", version).replace("@DATE@", today)
    (share / "metainfo" / f"{NAME}.metainfo.xml").write_text(told, encoding="utf-8")
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    copyright_ = (
        "eManifest Desk: Apache-2.0\n\nThe parts it brings along, with their licences in the folder licences:\n\n"
    )
    (document / "copyright").write_text(copyright_ + "\n".join(parts) + "\n\n" + licence, encoding="utf-8")
    changes = (ROOT / "CHANGELOG.md").read_bytes()
    (document / "changelog.gz").write_bytes(gzip.compress(changes, mtime=0))


def pack(root: Path, out: Path, version: str, *, compression: str = "xz") -> Path:
    """Make the package of a laid out folder; return it.

    Args:
        root: what it installs.
        out: the folder it goes into.
        version: as in 1.2.3.
        compression: as dpkg-deb names it.

    Raises:
        Stop: dpkg-deb refused.
    """
    control = root / "DEBIAN"
    shutil.rmtree(control, ignore_errors=True)
    wanted = {**bootstrap.QT_LIBRARIES, **bootstrap.SCREEN_LIBRARIES}
    newer = {"libglib2.0-0": "libglib2.0-0 | libglib2.0-0t64"}
    libraries = ", ".join(newer.get(package, package) for package in sorted(set(wanted.values())))
    size = windows_build.size_of(root) // 1024
    control.mkdir()
    told = CONTROL.format(name=NAME, version=version, size=size, libraries=libraries)
    (control / "control").write_text(told, encoding="utf-8")
    for name, script in (("postinst", POSTINST), ("prerm", PRERM)):
        (control / name).write_text(script, encoding="ascii")
        (control / name).chmod(0o755)
    made = out / f"{NAME}_{version}_amd64.deb"
    command = ["dpkg-deb", "--root-owner-group", f"-Z{compression}", "--build", str(root), str(made)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Stop(f"dpkg-deb refused:\n{done.stderr}")
    return made


def make_wheel(out: Path) -> Path:
    """Build the wheel of the program into `out`; return it.

    Raises:
        Stop: it could not be built.
    """
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    if subprocess.run(command, cwd=ROOT, capture_output=True, env=clean_environment(), check=False).returncode != 0:
        raise Stop("The wheel of the program could not be built.")
    return out / f"emanifest_desk-{windows_build.own_version()}-py3-none-any.whl"


def default_cache() -> Path:
    """Return where what is in between is kept: the user's cache folder."""
    return windows_build.default_cache().with_name("linux")


def main() -> int:
    """Read the command line and build; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="where the results go")
    parser.add_argument("--cache", type=Path, default=default_cache(), help="where what is in between is kept")
    given = parser.parse_args()
    began = time.monotonic()
    out, cache = given.out.absolute(), given.cache.absolute()
    try:
        missing = sorted({package for tool, package in TOOLS.items() if shutil.which(tool) is None})
        if missing:
            bootstrap.apt_install(missing, "Building the package needs tools that this system lacks.")
        bootstrap.ensure_system(for_screen=False)
        if not windows_build.in_environment():
            environment = bootstrap.ensure_environment(with_tests=True)
            return subprocess.run([bootstrap.python_of(environment), __file__, *sys.argv[1:]], check=False).returncode
        out.mkdir(parents=True, exist_ok=True)
        work, root, version = cache / "work", cache / "root", windows_build.own_version()
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        os.umask(0o022)
        wheel = make_wheel(out)
        lay_out(root, work, wheel, version)
        package = pack(root, out, version)
    except Stop as stop:
        print(f"\n{stop}", file=sys.stderr, flush=True)
        return 2
    say(f"Installed: {windows_build.size_of(root) / 1e6:.0f} MB")
    for path in (wheel, package):
        say(f"{path}: {path.stat().st_size / 1e6:.1f} MB")
    say(f"Done in {time.monotonic() - began:.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
