"""Looks for a secret in every form in which it might be written somewhere, and everywhere a program leaves something."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote


def forms(secret: str) -> dict[str, bytes]:
    """Return the secret as it might be written somewhere."""
    data = secret.encode()
    shifts = [base64.b64encode(b"x" * shift + data + b"yyy") for shift in range(3)]
    return {
        "raw": data,
        "hex": data.hex().encode(),
        "HEX": data.hex().upper().encode(),
        "URL": quote(secret, safe="").encode(),
        "UTF-16": secret.encode("utf-16-le"),
        "UTF-16 big": secret.encode("utf-16-be"),
        "JSON escapes": "".join(f"\\u{ord(letter):04x}" for letter in secret).encode(),
        "reversed": data[::-1],
        **{f"base64 {shift}": text[4:-8] for shift, text in enumerate(shifts)},
    }


def places(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every file below a folder, with its name as part of what is searched."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield str(path), path.name.encode() + b"\0" + path.read_bytes()


def found_in(secret: str, data: bytes) -> list[str]:
    return [form for form, wanted in forms(secret).items() if wanted in data]


def processes() -> bytes:
    """Return what any user of this computer can read of its processes."""
    seen = b""
    for process in Path("/proc").glob("[0-9]*"):
        for part in ("cmdline", "environ"):
            try:
                seen += (process / part).read_bytes()
            except OSError:
                continue  # it ended meanwhile
    return seen
