#!/usr/bin/env python3
"""Tries what build.py left, as a user would: the wheel by pip and pipx, the package on a bare Debian.

    python3 packaging/linux/check.py [--dist DIR] [--cache DIR]

The bare Debian is a folder made by debootstrap (root is needed; it is kept for the next time). In it the package is
installed by apt, taken on its tour in a real window, upgraded over an older version, and removed; data must stay.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import bootstrap
from bootstrap import ROOT, Stop, say
from linux import build
from trial import Trial, expect
from windows.build import own_version, size_of

SUITE = "bookworm"
OLDER = "0.0.1"
USER = "sample"
LIMIT_S = 900
SCREEN = ["xvfb-run", "-a", "-s", "-screen 0 1400x900x24", "sh", "-c", 'openbox >/dev/null 2>&1 & exec "$@"', "-"]
"""A window manager gives windows the focus; without one nobody does."""


class Check(Trial):
    """The checks of the wheel and the package."""

    def __init__(self, cache: Path) -> None:
        super().__init__()
        self.cache = cache
        self.debian = cache / SUITE

    # The wheel

    def try_wheel(self, wheel: Path, how: str) -> None:
        """Install the wheel by `pip` or `pipx` into a clean place, and use both its commands.

        Raises:
            AssertionError: something did not work.
        """
        place = self.cache / how
        shutil.rmtree(place, ignore_errors=True)
        home = place / "home"
        home.mkdir(parents=True)
        python = place / "bin" / "python"
        run([sys.executable, "-m", "venv", str(place)])
        programs = place / "bin"
        if how == "pip":
            run([str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", str(wheel)])
        else:
            run([str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", "pipx"])
            programs = place / "commands"
            more = {"PIPX_HOME": str(place / "pipx"), "PIPX_BIN_DIR": str(programs), "HOME": str(home)}
            run([str(place / "bin" / "pipx"), "install", "-q", str(wheel)], **more)
        quiet = {"HOME": str(home), "XDG_DATA_HOME": str(home / "share"), "QT_QPA_PLATFORM": "offscreen"}
        told = run([str(programs / "emanifest"), "--version"], **quiet)
        expect(own_version() in told, told)
        run([str(programs / "emanifest"), "doctor"], **quiet)
        tour = place / "tour"
        run([str(programs / "emanifest-desk"), "--practice", "--tour", str(tour)], **quiet)
        look_at_tour(tour)

    # The package

    def make_debian(self) -> None:
        """Have a bare Debian at hand, with a user and a screen nobody sees.

        Raises:
            Stop: it cannot be made here.
        """
        if os.geteuid() != 0:
            raise Stop("A bare Debian is made by debootstrap, which needs root.")
        if not (self.debian / "ready").exists():
            say("Making a bare Debian (once) ...")
            shutil.rmtree(self.debian, ignore_errors=True)
            told = run(["apt-get", "indextargets", "--format", "$(REPO_URI) $(CODENAME)"])
            found = [line.split()[0] for line in told.splitlines() if line.endswith(f" {SUITE}")]
            if not found:
                raise Stop(f"apt here knows no archive of Debian {SUITE}.")
            run(["debootstrap", "--variant=minbase", SUITE, str(self.debian), found[0]])
            for name in ("resolv.conf", "hosts"):
                if Path("/etc", name).exists():
                    shutil.copyfile(Path("/etc", name), self.debian / "etc" / name)
            self.root("apt-get", "update", "-qq")
            self.root(*["apt-get", "install", "-y", "-qq", "--no-install-recommends", "xvfb", "xauth", "openbox"])
            self.root("useradd", "-m", USER)
            (self.debian / "ready").touch()
        home = self.debian / "home" / USER
        for path in home.glob("*"):
            shutil.rmtree(path, ignore_errors=True)
        shutil.rmtree(home / ".local", ignore_errors=True)

    def root(self, *words: str) -> str:
        """Run a command in the bare Debian as root."""
        quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C.UTF-8"]
        return run(["chroot", str(self.debian), *quiet, *words])

    def user(self, *words: str) -> str:
        """Run a command in the bare Debian as its user."""
        quiet = ["env", "-i", f"HOME=/home/{USER}", "PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"]
        return run(["chroot", f"--userspec={USER}:{USER}", str(self.debian), *quiet, *words])

    def install(self, package: Path) -> None:
        """Install a package by apt, with what it depends on."""
        shutil.copyfile(package, self.debian / "root" / package.name)
        self.root(*["apt-get", "install", "-y", "-qq", "--no-install-recommends"], f"/root/{package.name}")

    def data(self) -> dict[str, str]:
        """Return every file the user has with its hash."""
        home = self.debian / "home" / USER
        return {
            path.relative_to(home).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(home.rglob("*"))
            if path.is_file() and not path.name.endswith((".log", "-shm", "-wal"))
        }

    def work(self) -> str:
        """Add a carrier and a trip by the installed command line; return what is listed then."""
        home = self.debian / "home" / USER
        shutil.copyfile(ROOT / "tests" / "golden" / "messages" / "ace-trip.json", home / "trip.json")
        self.user("emanifest", "company", "add", "Sample Carrier", "--scac", "SMPL", "--address", "sample")
        self.user("emanifest", "import", f"/home/{USER}/trip.json")
        return self.seen()

    def seen(self) -> str:
        """Return what the installed command line lists."""
        told = [self.user("emanifest", "--format", "json", *words.split()) for words in ("list trips", "company list")]
        return "\n".join(told)

    def tour(self) -> None:
        """Take the installed program on its tour, in a real window.

        Raises:
            AssertionError: it did not come to its end.
        """
        self.user(*SCREEN, "emanifest-desk", "--practice", "--tour", f"/home/{USER}/tour")
        look_at_tour(self.debian / "home" / USER / "tour")


def expect_files(*paths: Path) -> None:
    """Go on only where the build left its results.

    Raises:
        Stop: it did not.
    """
    for path in paths:
        if not path.is_file():
            raise Stop(f"There is no {path}. Run packaging/linux/build.py first.")


def run(command: list[str], **more: str) -> str:
    """Run a command to its end; return what it printed.

    Raises:
        AssertionError: it failed.
    """
    environment = {**bootstrap.clean_environment(), **more}
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=LIMIT_S, env=environment, stdin=subprocess.DEVNULL, check=False
    )
    expect(done.returncode == 0, f"{' '.join(command)}: {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def look_at_tour(folder: Path) -> None:
    """See that a tour left its pictures and the sheet.

    Raises:
        AssertionError: it did not.
    """
    pictures = sorted(folder.glob("[0-9][0-9]-*.png"))
    expect(len(pictures) >= 8, f"{len(pictures)} pictures")  # noqa: PLR2004 - as the test of the tour
    expect((folder / "sheet.pdf").read_bytes().startswith(b"%PDF"), "no sheet")


def older_package(cache: Path) -> Path:
    """Pack the same content as an older version, with a module that the new one has no more.

    Raises:
        Stop: dpkg-deb refused.
    """
    root = cache / "older"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(cache / "root", root, symlinks=True)
    own = root / build.HOME / "lib" / "python3" / "site-packages" / "desktop"
    text = (own / "__init__.py").read_text(encoding="utf-8")
    (own / "__init__.py").write_text(re.sub(r'__version__ = ".*"', f'__version__ = "{OLDER}"', text), encoding="utf-8")
    (own / "gone.py").write_text("", encoding="utf-8")
    return build.pack(root, cache, OLDER, compression="none")


def check_package(check: Check, package: Path, older: Path) -> None:
    """Do all checks of a package, from the older version on."""
    home = check.debian / build.HOME
    check.make_debian()
    seen = ""
    with check.step("installation of an older version on a bare Debian, by apt"):
        check.install(older)
        expect(OLDER in check.user("emanifest", "--version"), "it is another version")
        seen = check.work()
    with check.step("upgrade keeps carrier, trip and data"):
        before = check.data()
        check.install(package)
        expect(check.data() == before, "the package changed the data")
        expect(own_version() in check.user("emanifest", "--version"), "it is another version")
        expect(check.seen() == seen, "the program shows other data")
        expect(not list(home.rglob("gone*")), "an old module is left")
    with check.step("doctor"):
        check.user("emanifest", "doctor")
    with check.step("tour from the installed program, in a window"):
        check.tour()
    with check.step("desktop file and AppStream data"):
        share = check.debian / "usr" / "share"
        run(["desktop-file-validate", str(share / "applications" / "emanifest-desk.desktop")])
        known = "--override=cid-desktopapp-is-not-rdns=info"  # the project has no domain to name itself after
        run(["appstreamcli", "validate", "--no-net", known, str(share / "metainfo" / "emanifest-desk.metainfo.xml")])
        expect((share / "icons" / "hicolor" / "scalable" / "apps" / "emanifest-desk.svg").is_file(), "no icon")
        say(f"        installed {size_of(home) / 1e6:.0f} MB with what was compiled")
    with check.step("removal leaves the data alone, and nothing of the program"):
        before = check.data()
        check.root("apt-get", "purge", "-y", "-qq", "emanifest-desk")
        expect(not home.exists(), f"left: {[path.name for path in home.glob('*')]}")
        expect(check.data() == before, "the data are not as they were")


def main() -> int:
    """Read the command line and check; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dist", type=Path, default=ROOT / "dist", help="where build.py left its results")
    parser.add_argument("--cache", type=Path, default=build.default_cache(), help="where build.py laid out the package")
    given = parser.parse_args()
    dist, cache = given.dist.absolute(), given.cache.absolute()
    wheel = dist / f"emanifest_desk-{own_version()}-py3-none-any.whl"
    package = dist / f"emanifest-desk_{own_version()}_amd64.deb"
    check = Check(cache)
    try:
        tools = {
            "debootstrap": "debootstrap",
            "appstreamcli": "appstream",
            "desktop-file-validate": "desktop-file-utils",
        }
        missing = sorted(
            {name for tool, name in tools.items() if shutil.which(tool, path=os.environ["PATH"] + ":/usr/sbin") is None}
        )
        if missing:
            bootstrap.apt_install(missing, "The checks need tools that this system lacks.")
        bootstrap.ensure_system(for_screen=False)
        expect_files(wheel, package)
        for how in ("pip", "pipx"):
            with check.step(f"the wheel by {how}: command line, doctor and tour"):
                check.try_wheel(wheel, how)
        check_package(check, package, older_package(cache))
    except Stop as stop:
        print(f"\n{stop}", file=sys.stderr, flush=True)
        return 2
    return check.verdict()


if __name__ == "__main__":
    sys.exit(main())
