"""The number dialogs hold longer words, larger type and a small window: nothing is cut."""

from __future__ import annotations

import pytest
from fakes.screens import ScreensDesk, dialogs, visiting
from fakes.window import opened

from desktop import texts
from desktop.ui import theme
from desktop.ui.room import cramped

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Stretched(texts.Catalogue):
    """English with two letters more for every five."""

    def text(self, key, **values):
        said = super().text(key, **values)
        return said + "é" * round(len(said) * 0.4)


@pytest.mark.parametrize("size", [(1366, 736), (640, 360)])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_cut(run_qt, qapp, monkeypatch, size, scale) -> None:
    if scale == 1.0:
        monkeypatch.setattr(texts, "_current", Stretched())
    else:
        monkeypatch.setattr(theme, "_scale", lambda _font: scale)

    async def main() -> None:
        async with opened(ScreensDesk(is_practice=True), size=size) as it:
            for screen in dialogs():
                if screen.name.removeprefix("dialog-").startswith(("Range", "Sticker", "Used")):
                    async with visiting(it, screen) as dialog:
                        assert [str(found) for found in cramped(dialog)] == [], screen.name

    theme.apply(qapp)
    try:
        run_qt(main())
    finally:
        monkeypatch.undo()
        theme.apply(qapp)
