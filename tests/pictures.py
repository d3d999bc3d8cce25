"""Pictures of every screen, and what can be found wrong with them by measuring.

    python tests/pictures.py [--language=fr] OUT [NAME ...]

makes OUT/LOOK/NAME.png from the real window with sample data: every page, editor tab and dialog of
`tests/fakes/screens.py`, ACE and ACI, light and dark, letters of 100 % and 200 %, in a window of 1366×736 and of
2560×1440; with names, only screens that begin so. Forms longer than the window are pictured whole as NAME-whole.png.
OUT/faults.txt lists what is cut, overlaps, lies outside or is too faint; with any, the exit code is 1.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import NamedTuple

from fakes import contrast
from fakes.screens import Screen, ScreensDesk, dialogs, editors, pages, visiting
from fakes.window import Opened, opened
from PySide6.QtGui import QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication, QDialog, QScrollArea, QWidget

from desktop import texts
from desktop.domain.lifecycle import Regime
from desktop.ui import fonts, theme, translation
from desktop.ui.colours import Scheme
from desktop.ui.room import cramped


class Look(NamedTuple):
    """One way to show every screen.

    Attributes:
        scheme: the colours.
        scale: size of letters, 1 is 100 %.
        size: of the window.
    """

    scheme: Scheme
    scale: int
    size: tuple[int, int]

    def __str__(self) -> str:
        return f"{self.scheme}-{self.scale * 100}-{self.size[0]}x{self.size[1]}"


LOOKS = [
    Look(scheme, scale, size)
    for scheme, scale, size in product((Scheme.LIGHT, Scheme.DARK), (1, 2), ((1366, 736), (2560, 1440)))
]


def every_screen() -> list[Screen]:
    """Return pages, editors of both regimes, and dialogs."""
    return [*pages(), *editors(Regime.ACE), *editors(Regime.ACI), *dialogs()]


@contextmanager
def letters(scale: int) -> Iterator[None]:
    """Set the system's letters to a size of `scale` for as long as this lasts."""
    usual = fonts.window_font

    def enlarged() -> QFont:
        font = usual()
        font.setPointSizeF(font.pointSizeF() * scale)
        return font

    fonts.window_font = enlarged
    try:
        yield
    finally:
        fonts.window_font = usual


def picture(it: Opened, widget: QWidget) -> QImage:
    """Return the window as it is seen, with the dialog over it."""
    made = it.window.grab().toImage()
    if isinstance(widget, QDialog):
        painter = QPainter(made)
        painter.drawPixmap(it.window.mapFromGlobal(widget.pos()), widget.grab())
        painter.end()
    return made


def wholes(widget: QWidget) -> Iterator[QImage]:
    """Yield forms that are longer than the window, whole."""
    for area in widget.findChildren(QScrollArea):
        inner = area.widget()
        if area.isVisible() and inner is not None and inner.height() > area.height() + 8:
            yield inner.grab().toImage()


async def look_at(look: Look, screens: list[Screen], out: Path | None = None) -> list[str]:
    """Show screens in one look; keep pictures in `out`, return what is wrong with them."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    found = []
    with letters(look.scale):
        theme.apply(app, look.scheme)
        async with opened(ScreensDesk(is_practice=True), size=look.size) as it:
            theme.apply(app, look.scheme)
            for screen in screens:
                async with visiting(it, screen) as widget:
                    await it.settle(4)
                    image = picture(it, widget)
                    faults = [str(one) for one in cramped(widget)]
                    faults += contrast.faint(widget, widget.grab().toImage())
                    found += [f"{look} {screen.name}: {fault}" for fault in dict.fromkeys(faults)]
                    if out is not None:
                        _keep(out / str(look), screen.name, image, list(wholes(widget)))
    theme.apply(app, Scheme.LIGHT)
    return found


def _keep(folder: Path, name: str, image: QImage, whole: list[QImage]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    image.save(str(folder / f"{name}.png"))
    for number, one in enumerate(whole):
        one.save(str(folder / f"{name}-whole{number or ''}.png"))


def main(arguments: list[str]) -> int:
    """Make all pictures; return the exit code."""
    import qasync

    if not arguments:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    tongue = next((word.partition("=")[2] for word in arguments if word.startswith("--language=")), texts.ENGLISH)
    arguments = [word for word in arguments if not word.startswith("--")]
    out, names = Path(arguments[0]), tuple(arguments[1:])
    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    translation.install(app, tongue)
    screens = [screen for screen in every_screen() if not names or screen.name.startswith(names)]
    found: list[str] = []
    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
        for look in LOOKS:
            found += runner.run(look_at(look, screens, out))
            sys.stdout.write(f"{look}: {len(screens)} screens, {len(found)} faults so far\n")
            sys.stdout.flush()
    (out / "faults.txt").write_text("".join(f"{fault}\n" for fault in found), encoding="utf-8")
    return 1 if found else 0


if __name__ == "__main__":
    code = main(sys.argv[1:])
    sys.stdout.flush()
    os._exit(code)  # Qt's objects are taken apart in no order worth waiting for
