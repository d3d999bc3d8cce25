"""Makes the two programs of the Windows installation, and the icon they bear."""

from __future__ import annotations

import struct
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bootstrap import Stop
from windows.runtime import DLL

HERE: Final = Path(__file__).resolve().parent
COMPILER: Final = "x86_64-w64-mingw32-gcc"
RESOURCES: Final = "x86_64-w64-mingw32-windres"
PROGRAMS: Final = {
    "emanifest-desk.exe": ("desktop", "eManifest Desk", ["-mwindows", "-DIS_WINDOW=1"]),
    "emanifest.exe": ("desktop.cli", "eManifest Desk, command line", ["-DIS_WINDOW=0"]),
}
SIZES: Final = (16, 20, 24, 32, 40, 48, 64, 96, 128, 256)
"""What Windows shows at 100 to 400 %; in pixels."""


def drawn(svg: Path, size: int) -> bytes:
    """Return a drawing as PNG, `size` pixels wide and high."""
    from PySide6.QtCore import QBuffer, QIODevice, QRectF
    from PySide6.QtGui import QColor, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(str(svg))
    if not renderer.isValid():
        raise Stop(f"{svg} cannot be drawn.")
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(QColor(0, 0, 0, 0))
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, Qt takes the name
    return bytes(buffer.data().data())


def icon_file(pictures: dict[int, bytes]) -> bytes:
    """Return PNG pictures, by size in pixels, as a Windows icon (ICO with PNG entries, Windows Vista and later)."""
    head = struct.pack("<HHH", 0, 1, len(pictures))
    at = len(head) + 16 * len(pictures)
    entries, bodies = b"", b""
    for size, picture in sorted(pictures.items()):
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), at + len(bodies))
        bodies += picture
    return head + entries + bodies


def write_icon(svg: Path, path: Path, sizes: Sequence[int] = SIZES) -> None:
    """Draw an icon of every size Windows asks for."""
    path.write_bytes(icon_file({size: drawn(svg, size) for size in sizes}))


def compile_programs(folder: Path, work: Path, icon: Path, version: str) -> list[Path]:
    """Compile both programs into `folder`; return them.

    Args:
        folder: where they go.
        work: for what is in between.
        icon: the ICO they bear.
        version: as in 1.2.3.

    Raises:
        Stop: a compiler refused.
    """
    made = []
    for name, (module, what, kind) in PROGRAMS.items():
        script, resource = work / f"{name}.rc", work / f"{name}.o"
        script.write_text(_resources(icon, version, name, what), encoding="utf-8")
        program = folder / name
        words = [f'-DMODULE=L"{module}"', f'-DPYTHON_DLL=L"app\\\\{DLL}"', *kind]
        source = [str(HERE / "launcher.c"), str(resource), "-o", str(program)]
        for command in (
            [RESOURCES, "-c", "65001", "-I", str(HERE), "-i", str(script), "-o", str(resource)],
            [COMPILER, "-std=c11", "-Wall", "-Wextra", "-Werror", "-municode", "-O2", "-s", *words, *source],
        ):
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode != 0:
                raise Stop(f"{name} could not be compiled:\n{done.stderr}")
        made.append(program)
    return made


def _resources(icon: Path, version: str, name: str, what: str) -> str:
    numbers = ",".join([*version.split("."), "0"])
    values = {
        "CompanyName": "eManifest Desk",
        "FileDescription": what,
        "FileVersion": version,
        "InternalName": name,
        "LegalCopyright": "Apache-2.0; see the folder licences",
        "OriginalFilename": name,
        "ProductName": "eManifest Desk",
        "ProductVersion": version,
    }
    told = "\n".join(f'      VALUE "{key}", "{value}\\0"' for key, value in values.items())
    return (
        f'1 ICON "{icon.as_posix()}"\n'
        '1 24 "launcher.manifest"\n'
        f"1 VERSIONINFO FILEVERSION {numbers} PRODUCTVERSION {numbers} FILEOS 0x4 FILETYPE 0x1\n"
        'BEGIN\n  BLOCK "StringFileInfo" BEGIN\n    BLOCK "040904b0" BEGIN\n'
        f"{told}\n"
        '    END\n  END\n  BLOCK "VarFileInfo" BEGIN\n    VALUE "Translation", 0x409, 1200\n  END\nEND\n'
    )
