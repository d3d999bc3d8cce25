"""The disk takes no more while somebody types: the banner says it, nothing typed is lost, and it saves by itself after.

`EMANIFEST_PICTURES=DIR` keeps what the person sees.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from fakes.small_disk import Room, room
from gui.test_real_typing import Keys, begin, empty_window, saved
from PySide6.QtWidgets import QApplication, QLabel

from desktop import app
from desktop.assembly import DeskOptions, open_desk
from desktop.errors import EnvironmentFailure
from desktop.settings.start import Options
from desktop.ui import theme
from desktop.ui.colours import Scheme
from desktop.ui.crash import CrashHook
from desktop.ui.shell import Shell, Stop

__all__ = ["room"]

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def said(shell: Shell) -> str:
    """What the banner says."""
    shown = shell.window.banner.shown
    return "" if shown is None else f"{shown.word}. {shown.sentence}"


def heads(shell: Shell) -> list[str]:
    """What the heads of the editors say of saving."""
    return [label.text() for label in shell.window.findChildren(QLabel, "saved")]


def test_what_is_typed_on_a_full_disk_stays_and_is_saved_once_there_is_room(
    run_qt: Any, room: Room, expected_logs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected_logs("not saved: store.disk")
    expected_logs("not kept: store.disk|store.disk")
    monkeypatch.setattr("desktop.services.disk.AGAIN_S", 0.1)
    monkeypatch.setattr("desktop.services.edit_session.RETRY_SAVE_AFTER_S", 0.1)

    async def main() -> None:
        async with empty_window(room.folder) as (shell, keys):
            await begin(keys, to_canada=False)
            keys.type("aaaa123457a")
            await saved(shell, keys)
            before = said(shell)
            try:
                await type_without_room(shell, keys)
            finally:
                room.empty()
            (trip,) = shell.act.trips.trips
            await keys.until(lambda: said(shell) == before, "the banner to go")
            await keys.until(lambda: not trip.session.is_busy and trip.session.saved_at, "the save")
            stored = (await shell.desk.store.trips.get(trip.trip_id)).document
            assert (stored["truck"]["number"], stored["truck"]["vinNumber"]) == ("t2013", "AG12XXXXXXXXXF")

    async def type_without_room(shell: Shell, keys: Keys) -> None:
        room.fill()
        await keys.fill("truck_number", "t2013")
        await keys.until(lambda: said(shell).startswith("Not saved"), "the banner")
        assert "saved by itself" in said(shell)
        await keys.until(lambda: any(words.startswith("Not saved") for words in heads(shell)), "the head")
        _picture(shell)
        await keys.fill("truck_vin", "ag12xxxxxxxxxf")
        (trip,) = shell.act.trips.trips
        assert trip.session.value("/truck/number") == "t2013"
        assert trip.session.is_dirty

    run_qt(main())


def _picture(shell: Shell) -> None:
    """Keep what a person sees, where somebody asked for it."""
    folder, program = os.environ.get("EMANIFEST_PICTURES"), QApplication.instance()
    if folder and isinstance(program, QApplication):
        for scheme in (Scheme.DARK, Scheme.LIGHT):
            theme.apply(program, scheme)
            shell.window.grab().save(f"{folder}/disk-full-{scheme}.png")


def test_who_quits_with_a_full_disk_leaves_in_order(
    run_qt: Any, qapp: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last change is not saved, and that is said; connections and data are closed all the same."""
    ended: list[str] = []

    class FullShell(Shell):
        async def stop(self) -> None:
            await super().stop()
            raise EnvironmentFailure("store.disk_full")

        def dispose(self) -> None:
            ended.append("window")
            super().dispose()

    async def quits(*_: Any) -> app.Ended:
        return app.Ended(Stop.QUIT)

    monkeypatch.setattr(app, "Shell", FullShell)
    monkeypatch.setattr(app, "_work", quits)

    async def main() -> None:
        desk = await open_desk(DeskOptions(folder=tmp_path))
        close = desk.close

        async def closed() -> None:
            await close()
            ended.append("data")

        desk.close = closed  # type: ignore[method-assign]  # it is watched
        hook = CrashHook(None, desk.clock.now)
        with pytest.raises(EnvironmentFailure):
            await app._window(qapp, Options(tmp_path), desk, tmp_path, hook)
        assert ended == ["data", "window"]
        assert hook.show is None

    run_qt(main())
