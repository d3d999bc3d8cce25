"""A damaged database opens a window that offers what can be done, by keyboard; nothing is thrown away."""

from __future__ import annotations

import asyncio

import pytest
from fakes.window import until
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop import app as program
from desktop.assembly import DeskOptions, open_desk
from desktop.clock import SystemClock
from desktop.domain.lifecycle import Regime
from desktop.errors import DataFolderUnusable
from desktop.store import DATABASE
from desktop.store.company import CompanyFields
from desktop.ui.recovery import RecoveryDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


async def spoiled(folder, *, has_backup: bool) -> bytes:
    """Leave a damaged database in `folder`: two trips, the second of them after the backup."""
    desk = await open_desk(DeskOptions(folder=folder))
    company = await desk.store.companies.add(CompanyFields("Sample Carrier", scacs=("SMPL",)), is_practice=True)
    for number in ("SMPL0001", "SMPL0002"):
        document = {"data": "ACE_TRIP", "tripNumber": number, "note": "x" * 5000}
        await desk.store.trips.add(Regime.ACE, document, company=company.id)
        if has_backup and number == "SMPL0001":
            await desk.backups.make()
    await desk.close()
    path = folder / DATABASE
    data = bytearray(path.read_bytes())
    page = data.rindex(b"SMPL0002") // 4096 * 4096
    data[page : page + 4096] = b"\xff" * 4096
    path.write_bytes(bytes(data))
    return bytes(data)


def opened(folder):
    work = program._opened(QApplication.instance(), DeskOptions(folder=folder))
    return asyncio.get_running_loop().create_task(work)


def dialog_shown(kind):
    return next((one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()), None)


async def answer(kind, key) -> None:
    await until(lambda: dialog_shown(kind) is not None)
    shown = dialog_shown(kind)
    QTest.keyClick(shown.focusWidget() or shown, key)


@pytest.fixture
def seen(monkeypatch, expected_logs):
    expected_logs("the data are damaged")
    monkeypatch.setattr(program, "_is_seen", lambda _app: True)


def test_the_newest_good_backup_is_put_back_by_enter(run_qt, tmp_path, seen):
    async def main():
        damaged = await spoiled(tmp_path, has_backup=True)
        opening = opened(tmp_path)
        await answer(RecoveryDialog, Qt.Key.Key_Return)
        await answer(QMessageBox, Qt.Key.Key_Return)
        desk = await opening
        try:
            assert [trip.number for trip in await desk.store.trips.latest()] == ["SMPL0001"]
            held = await desk.backups.held()
            assert held is not None
            assert held.why == "restored"
            kept = [one for one in (tmp_path / "backups").iterdir() if one.name.startswith("before-restore-")]
            assert [one.read_bytes() for one in kept] == [damaged]
        finally:
            await desk.close()

    run_qt(main())


def test_without_a_backup_what_can_be_read_comes_back(run_qt, tmp_path, seen):
    async def main():
        await spoiled(tmp_path, has_backup=False)
        opening = opened(tmp_path)
        await answer(RecoveryDialog, Qt.Key.Key_Return)
        await answer(QMessageBox, Qt.Key.Key_Return)
        desk = await opening
        try:
            assert await desk.store.problems() == []
            assert await desk.backups.held() is not None
        finally:
            await desk.close()

    run_qt(main())


def test_doing_nothing_changes_nothing(run_qt, tmp_path, seen):
    async def main():
        damaged = await spoiled(tmp_path, has_backup=True)
        opening = opened(tmp_path)
        await answer(RecoveryDialog, Qt.Key.Key_Escape)
        with pytest.raises(DataFolderUnusable):
            await opening
        assert (tmp_path / DATABASE).read_bytes() == damaged

    run_qt(main())


def test_where_nobody_can_answer_nothing_is_done(run_qt, tmp_path):
    async def main():
        damaged = await spoiled(tmp_path, has_backup=True)
        with pytest.raises(DataFolderUnusable):
            await program._opened(QApplication.instance(), DeskOptions(folder=tmp_path))
        assert (tmp_path / DATABASE).read_bytes() == damaged

    run_qt(main())


def test_a_spoiled_backup_is_not_offered(run_qt, tmp_path):
    from desktop.services.recovery import Recovery

    async def main():
        await spoiled(tmp_path, has_backup=True)
        recovery = Recovery(tmp_path, SystemClock())
        (good,) = recovery.choices()
        good.path.write_bytes(good.path.read_bytes()[:-4096])
        assert recovery.choices() == []

    run_qt(main())
