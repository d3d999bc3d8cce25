"""The table dialog over the real program: ten thousand shipments come in, are stopped half-way, and come in again."""

import asyncio
import contextlib

import pytest
from fakes.window import until
from PySide6.QtWidgets import QApplication

from desktop.assembly import DeskOptions, open_desk
from desktop.clock import SystemClock
from desktop.services.tables.table import Happens
from desktop.ui.choices import Choices
from desktop.ui.intake.table_dialog import Step, TableDialog
from desktop.ui.intake.tables import import_table
from desktop.ui.shell import Shell
from desktop.ui.window_state import WindowState

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Pulse:
    """Measures how long the loop was held up."""

    def __init__(self) -> None:
        self.worst = 0.0
        self.where = ""
        self.now = ""

    async def beat(self) -> None:
        loop = asyncio.get_running_loop()
        last = loop.time()
        while True:
            await asyncio.sleep(0.005)
            held = loop.time() - last - 0.005
            if held > self.worst:
                self.worst, self.where = held, self.now
            last = loop.time()


@contextlib.asynccontextmanager
async def program(folder, clock=None):
    """Open a practice folder with its window."""
    desk = await open_desk(DeskOptions(folder=folder, is_practice=True, clock=clock or SystemClock()))
    state = WindowState()
    state.keep("guide.done", "yes")
    state.keep("window.place", "trips")
    shell = Shell(
        desk, state, Choices(folder, desk.clock, lambda path, data: path.write_bytes(data) and None), lambda _: None
    )
    try:
        await shell.prepare()
        shell.show()
        await shell.start()
        yield desk, shell
    finally:
        await shell.stop()
        await desk.close()
        shell.dispose()


async def asked_for():
    await until(lambda: any(isinstance(one, TableDialog) and one.isVisible() for one in QApplication.topLevelWidgets()))
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, TableDialog))


def table_of(count):
    head = "SCN (PAPS number),Shipment type (ACE),Province of loading,Shipper name,Consignee name"
    return "\n".join([head, *(f"SMPL{number:08},PAPS,ON,Sample Shipper,Sample Consignee" for number in range(count))])


@pytest.mark.timeout(240)
def test_many_shipments_come_in_are_stopped_and_come_in_again(run_qt, tmp_path, record_property):
    count = 2_000

    async def main():
        file = tmp_path / "shipments.csv"
        file.write_text(table_of(count), encoding="utf-8")
        async with program(tmp_path / "data") as (desk, shell):
            before = len(await desk.store.shipments.latest(limit=100_000))
            pulse = Pulse()
            beating = desk.keeper.start(pulse.beat(), name="pulse")
            shell.act.start(import_table(shell, kind="shipments", source=file, name=file.name), "table")
            asked = await asked_for()
            pulse.now = "reading"
            await until(lambda: asked.step is Step.COLUMNS, 60)
            pulse.now = "columns"
            asked.next.click()
            await until(lambda: asked.step is Step.PREVIEW, 120)
            pulse.now = "preview"
            assert asked.rows.preview.counts == {Happens.NEW: count}, asked.rows.says.text()
            asked.next.click()
            pulse.now = "importing"
            await until(lambda: asked.step is not Step.RUN or asked.run.bar.value() > 60, 60)
            if asked.step is Step.RUN:
                asked.reject()
                await until(lambda: asked.step is Step.PREVIEW, 60)
                assert len(await desk.store.shipments.latest(limit=100_000)) == before, "nothing kept"
                asked.next.click()
            await until(lambda: asked.step is Step.RESULT, 120)
            beating.cancel()
            assert len(await desk.store.shipments.latest(limit=100_000)) == before + count
            asked.accept()
            await asyncio.sleep(0.05)
            record_property("longest_stall_ms", round(pulse.worst * 1000))
            record_property("in", pulse.where)

    run_qt(main())
