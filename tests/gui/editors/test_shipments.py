"""Shipments come, go, come back and are made like others, by keyboard and without losing the field."""

from __future__ import annotations

from fakes.desk import FakeDesk
from fakes.window import opened, until
from gui.editors.editor_bench import Bench, example
from PySide6.QtCore import Qt

from desktop.domain.lifecycle import Regime

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_another_shipment_like_this_one(run_qt):
    async def main():
        async with Bench(example(Regime.ACE)) as bench:
            bench.editor.open_shipment(0)
            bench.box("shipper_name").setFocus()
            bench.key(Qt.Key.Key_D, CONTROL | SHIFT)
            first, second = bench.session.value("/shipments")
            assert "shipmentControlNumber" not in second
            assert {**second, "shipmentControlNumber": first["shipmentControlNumber"], "sendId": "001"} == first
            assert bench.focus_name() == "shipment_control_number"
            assert bench.editor.current_shipment() == 1
            assert bench.session.undo() is not None
            assert len(bench.session.value("/shipments")) == 1

    run_qt(main())


def test_paging_keeps_the_field(run_qt):
    async def main():
        async with Bench(example(Regime.ACI)) as bench:
            bench.editor.open_shipment(0)
            bench.editor.shipments.duplicate()
            bench.box("consignee_name").setFocus()
            bench.key(Qt.Key.Key_PageUp, CONTROL)
            assert (bench.editor.current_shipment(), bench.focus_name()) == (0, "consignee_name")
            bench.key(Qt.Key.Key_PageDown, CONTROL)
            assert (bench.editor.current_shipment(), bench.focus_name()) == (1, "consignee_name")

    run_qt(main())


def test_a_shipment_taken_off_is_offered_back_where_it_was(run_qt):
    async def main():
        async with opened(FakeDesk()) as it:
            trip = it.desk.stored[0]
            await it.shell.act.open(trip.id)
            editor = it.window.editor
            await until(lambda: editor is not None)
            editor.open_shipment(0)
            whole = editor.session.value("/shipments")
            editor.shipments.ui.remove_shipment.click()
            assert editor.session.value("/shipments") == whole[1:]
            editor.session.set("/tripNumber", "AAAA555555")
            toast = it.window.toast
            assert toast.isVisible()
            editor.shipments.bring_back(0, whole[0])
            assert editor.session.value("/shipments") == whole, "what was typed meanwhile stays"
            assert editor.session.value("/tripNumber") == "AAAA555555"

    run_qt(main())
