"""Tables come in whole or not at all, and what goes out comes in again."""

from __future__ import annotations

import asyncio
import csv
import json
from pathlib import Path
from typing import Any

import pytest
from unit.services.tables.samples import LIBRARY, full, strict
from unit.services.world import golden

from desktop.domain.lifecycle import Regime
from desktop.errors import EnvironmentFailure, UsageError
from desktop.services.changes import Changes
from desktop.services.library import words_of
from desktop.services.tables import Happens, Tables
from desktop.services.tables.service import SINGLE
from desktop.services.tables.workbook import workbook_bytes
from desktop.services.views import Subject
from desktop.store import Conflict, open_store
from desktop.store.bulk import Packed, PackedTrip
from desktop.store.records import NewTrip

ROWS = 10_000


@pytest.fixture
def tables(store, clock) -> Tables:
    return Tables(store, Changes(), clock)


def csv_of(count: int, change: str = "") -> str:
    lines = (
        f"AAAA{100_000 + row},PAPS,ON,Sample Foods,Sample Mills {change},Books,{row % 7 + 1},BOX,{100 + row % 50}.5,LB"
        for row in range(count)
    )
    return "PAPS,Type,Province of loading,Shipper,Consignee,Description,Qty,Packaging,Weight,Weight unit\n" + "\n".join(
        lines
    )


async def shipments(store) -> list[Packed]:
    return await store.bulk.lone_shipments()


async def all_trips(store) -> list[PackedTrip]:
    return await store.bulk.trips()


async def brought(tables: Tables, source: str | Path, **more: Any):
    """A table brought in the way its heads suggest."""
    table = await tables.read(source, kind=more.pop("kind", "shipments"))
    return await tables.bring_in(await tables.preview(table, tables.guess(table, table.kind), **more))


def test_a_cancelled_import_keeps_nothing_and_works_again(run, tables, store) -> None:
    async def work() -> None:
        table = await tables.read(csv_of(500), kind="shipments")
        preview = await tables.preview(table, tables.guess(table, "shipments"))
        seen: list[int] = []
        asked: list[int] = []

        def half() -> bool:
            asked.append(1)
            return len(asked) > 6

        done = await tables.bring_in(preview, progress=lambda count, _of: seen.append(count), cancelled=half)
        await asyncio.sleep(0)
        assert done.is_cancelled
        assert max(seen) >= 100
        assert await shipments(store) == []
        assert await store.import_mappings.find("shipments", table.heads) is None
        done = await tables.bring_in(preview)
        assert (done.added, done.changed, done.same, len(set(done.ids))) == (500, 0, 0, 500)
        found = await shipments(store)
        assert [one.key for one in found] == [f"AAAA{100_000 + row}" for row in range(500)]
        assert (await brought(tables, csv_of(500))).same == 500
        changed = await brought(tables, csv_of(500, "again"))
        assert (changed.added, changed.changed) == (0, 500)
        assert [one.version for one in await shipments(store)] == [2] * 500

    run(work())


def test_a_cell_that_cannot_come_in_keeps_everything_out_until_its_row_is_taken_out(run, tables, store) -> None:
    async def work() -> None:
        table = await tables.read(csv_of(3).replace(",2,BOX", ",two,BOX"), kind="shipments")
        preview = await tables.preview(table, tables.guess(table, "shipments"))
        assert not preview.can_bring_in
        with pytest.raises(UsageError, match="faulty"):
            await tables.bring_in(preview)
        assert await shipments(store) == []
        rest = preview.without_faulty()
        assert rest.can_bring_in
        assert not rest.issues or all(issue.row != 3 for issue in rest.issues)
        assert (await tables.bring_in(rest)).added == 2

    run(work())


def test_what_was_changed_since_the_preview_keeps_everything_out(run, tables, store) -> None:
    async def work() -> None:
        await brought(tables, "Unit #,Type\n2013,TR\n2014,TR", kind="trucks")
        table = await tables.read("Unit #,Type\n2013,BT\n2014,BT\n2015,BT", kind="trucks")
        preview = await tables.preview(table, tables.guess(table, "trucks"))
        (one, *_) = await store.library.items("truck", search="2014")
        await store.library.save("truck", {"number": "2014"}, {}, key="2014", title="2014", item=one.id, version=1)
        with pytest.raises(Conflict):
            await tables.bring_in(preview)
        assert [item.document for item in await store.library.items("truck")] == [
            {"number": "2013", "type": "TR"},
            {"number": "2014"},
        ]

    run(work())


def test_records_go_to_the_carrier_and_everybody_hears_of_them(run, tables, store, world) -> None:
    heard: list[Any] = []
    tables._changes.subscribe(heard.append)

    async def work() -> None:
        done = await brought(tables, "Unit #\n2013", kind="trucks", company=world.company.id)
        (item,) = await store.library.items("truck")
        assert (item.company, item.key, item.title, done.ids) == (world.company.id, "2013", "2013", (item.id,))
        assert [item.id for item in await store.library.items("truck", search="2013")] == [item.id]
        assert [(one.subject, one.ids) for one in heard] == [(Subject.LIBRARY, {item.id})]

    run(work())


def test_how_columns_were_understood_is_remembered_for_such_heads(run, tables) -> None:
    async def work() -> None:
        table = await tables.read("Firm,Where\nSample Foods,48201", kind="partners")
        mapping = tables.guess(table, "partners")
        assert mapping.columns == ("", "")
        with pytest.raises(UsageError, match="nothing_mapped"):
            await tables.preview(table, mapping)
        chosen = mapping.with_column(0, "/name").with_column(1, "/address/postalCode")
        await tables.bring_in(await tables.preview(table, chosen))
        again = await tables.read("Firm,Where\nSample Mills,14201", kind="partners")
        found = tables.guess(again, "partners")
        assert (found.columns, found.is_remembered) == (chosen.columns, True)
        other = await tables.read("Firm,Where,What\nSample Mills,14201,x", kind="partners")
        assert tables.guess(other, "partners").columns == ("", "", "")

    run(work())


def test_shipments_onto_an_open_trip_are_one_step_that_undo_takes_back(run, world) -> None:
    async def work() -> None:
        tables = Tables(world.store, world.changes, world.clock, lambda: world.editing)
        trip = await world.trip()
        session = await world.editing.open(trip.id)
        before = session.document
        first = before["shipments"][0]["shipmentControlNumber"]
        source = f"PAPS,Shipper name\n{first},Sample Changed\nSMPL999999,Sample New"
        done = await brought(tables, source, trip_id=trip.id, regime=Regime.ACI)
        assert (done.added, done.changed, done.ids) == (1, 1, (trip.id,))
        after = session.document["shipments"]
        assert len(after) == len(before["shipments"]) + 1
        assert after[0]["shipper"]["name"] == "Sample Changed"
        assert {**after[0], "shipper": None} == {**before["shipments"][0], "shipper": None}
        assert after[-1] == {"shipmentControlNumber": "SMPL999999", "shipper": {"name": "Sample New"}}
        assert (await world.store.trips.get(trip.id)).document == session.document
        session.undo()
        assert session.document == before
        assert await shipments(world.store) == []
        await session.close()

    run(work())


def test_shipments_onto_a_trip_nobody_has_open_are_saved(run, world) -> None:
    async def work() -> None:
        tables = Tables(world.store, world.changes, world.clock, lambda: world.editing)
        trip = await world.trip()
        count = len(trip.document["shipments"])
        assert (await brought(tables, "PAPS\nSMPL999999", trip_id=trip.id)).added == 1
        assert not world.editing.is_open(trip.id)
        assert len((await world.store.trips.get(trip.id)).document["shipments"]) == count + 1
        table = await tables.read("PAPS\nSMPL999998", kind="shipments")
        preview = await tables.preview(table, tables.guess(table, "shipments"), trip_id=trip.id)
        assert (await tables.bring_in(preview, cancelled=lambda: True)).is_cancelled
        assert len((await world.store.trips.get(trip.id)).document["shipments"]) == count + 1

    run(work())


def test_a_shipment_of_the_trip_changed_since_the_preview_keeps_everything_out(run, world) -> None:
    async def work() -> None:
        tables = Tables(world.store, world.changes, world.clock, lambda: world.editing)
        trip = await world.trip()
        number = trip.document["shipments"][0]["shipmentControlNumber"]
        table = await tables.read(f"PAPS,Shipper name\n{number},Sample Changed", kind="shipments")
        preview = await tables.preview(table, tables.guess(table, "shipments"), trip_id=trip.id)
        session = await world.editing.open(trip.id)
        session.set("/shipments/0/shipper/name", "Sample Typed")
        with pytest.raises(Conflict):
            await tables.bring_in(preview)
        assert session.value("/shipments/0/shipper/name") == "Sample Typed"
        await session.close()

    run(work())


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".xlsx", ".XLSX"])
def test_everything_goes_out_and_comes_into_another_folder_the_same(
    run, tables, store, clock, tmp_path, suffix
) -> None:
    other = open_store(tmp_path / "other", kind=None, clock=clock)
    there = Tables(other, Changes(), clock)

    async def work() -> None:
        for kind in LIBRARY:
            for number in (1, 2):
                document = {**full(kind, None, lists=number), "odd": {"number": number, "text": "=1+1"}}
                key, title, subtitle = words_of(SINGLE[kind], document)
                await store.library.save(
                    SINGLE[kind],
                    document,
                    {"expiries": {"plate": "2027-01-31"}},
                    key=key,
                    title=title,
                    subtitle=subtitle,
                )
            path = tmp_path / f"{kind}{suffix}"
            assert await tables.export(kind, path, with_private=True) == 2
            assert (await brought(there, path, kind="")).added == 2
            assert (await brought(tables, path, kind="")).same == 2
            here, gone = await store.bulk.library(SINGLE[kind]), await other.bulk.library(SINGLE[kind])
            assert sorted(strict(json.loads(one.document)) for one in here) == sorted(
                strict(json.loads(one.document)) for one in gone
            )
            assert [json.loads(one.local) for one in gone] == [{"expiries": {"plate": "2027-01-31"}}] * 2
        for name, regime in (("ace-trip", Regime.ACE), ("aci-trip", Regime.ACI)):
            await store.trips.add_all([NewTrip(regime, golden(name))])
            await store.shipments.save_lone(regime, full("shipments", regime, lists=3))
        path = tmp_path / f"shipments{suffix}"
        count = await tables.export("shipments", path)
        assert (await brought(there, path)).added == count
        on_trips = [shipment for trip in await all_trips(store) for shipment in json.loads(trip.document)["shipments"]]
        lone = [json.loads(one.document) for one in await shipments(store)]
        assert sorted(map(strict, on_trips + lone)) == sorted(
            strict(json.loads(one.document)) for one in await shipments(other)
        )

    try:
        run(work())
    finally:
        other.close_now()


def test_what_was_exported_comes_into_the_same_folder_without_a_second_shipment(run, tables, store, tmp_path) -> None:
    """Shipments on trips are known again by their ids; one that was changed belongs onto its trip, not beside it."""
    path = tmp_path / "all.csv"

    async def look() -> Any:
        table = await tables.read(path, kind="shipments")
        return await tables.preview(table, tables.guess(table, "shipments"))

    async def work() -> None:
        for name, regime in (("ace-trip", Regime.ACE), ("aci-trip", Regime.ACI)):
            await store.trips.add_all([NewTrip(regime, golden(name))])
        count = await tables.export("shipments", path)
        preview = await look()
        assert (preview.counts[Happens.SAME], len(preview.rows)) == (count, count)
        assert (await tables.bring_in(preview)).ids == ()
        assert await shipments(store) == []
        text = path.read_text(encoding="utf-8-sig")
        number = golden("ace-trip")["shipments"][0]["shipmentControlNumber"]
        path.write_text(text.replace(number, f"{number}9"), encoding="utf-8")
        changed = await look()
        assert changed.counts[Happens.CANNOT] == 1
        assert not changed.can_bring_in
        assert any("Open that trip" in issue.text for issue in changed.issues)

    run(work())


def test_an_export_that_is_stopped_or_cannot_be_written_leaves_no_file(run, tables, tmp_path) -> None:
    async def work() -> None:
        await brought(tables, csv_of(100))
        path = tmp_path / "shipments.csv"
        with pytest.raises(UsageError, match="stopped"):
            await tables.export("shipments", path, cancelled=lambda: True)
        with pytest.raises(EnvironmentFailure):
            await tables.export("shipments", tmp_path / "no folder" / "shipments.csv")
        with pytest.raises(UsageError, match="file_kind"):
            await tables.export("shipments", tmp_path / "shipments.doc")
        assert [one.name for one in tmp_path.iterdir()] == ["data"]
        path.write_text("old")
        with pytest.raises(UsageError, match="stopped"):
            await tables.export("shipments", path, cancelled=lambda: True)
        assert path.read_text() == "old"

    run(work())


def test_an_export_of_nothing_has_the_heads_to_begin_with(run, tables, tmp_path) -> None:
    async def work() -> None:
        path = tmp_path / "drivers.csv"
        assert await tables.export("drivers", path, with_private=True) == 0
        heads = path.read_text(encoding="utf-8-sig").strip()
        assert heads.startswith("Driver number,First name,")
        assert "Birth date" in heads

    run(work())


def test_a_preview_can_be_stopped_and_tells_how_far_it_is(run, tables) -> None:
    async def work() -> None:
        table = await tables.read(csv_of(200), kind="shipments")
        seen: list[tuple[int, int]] = []
        await tables.preview(table, tables.guess(table, "shipments"), progress=lambda done, of: seen.append((done, of)))
        await asyncio.sleep(0)
        assert seen[0] == (0, 200)
        assert seen[-1] == (200, 200)
        assert len(seen) >= 8
        with pytest.raises(UsageError, match="stopped"):
            await tables.preview(table, tables.guess(table, "shipments"), cancelled=lambda: True)

    run(work())


def test_every_choice_has_words_and_a_place(tables) -> None:
    for kind in (*LIBRARY, "shipments"):
        choices = tables.choices(kind, Regime.ACI)
        assert len({choice.pointer for choice in choices}) == len({choice.label for choice in choices}) == len(choices)
    assert "/shipmentControlNumber" not in {choice.pointer for choice in tables.choices("shipments", Regime.ACI)}


@pytest.mark.parametrize(("suffix", "rows"), [(".csv", ROWS), (".xlsx", 2000)])
def test_thousands_of_shipments_come_in_are_stopped_half_way_and_come_in_again(
    run, tables, store, tmp_path, suffix, rows
) -> None:
    async def work() -> None:
        path = tmp_path / f"many{suffix}"
        if suffix == ".csv":
            path.write_text(csv_of(rows))
        else:
            heads, *lines = csv.reader(csv_of(rows).splitlines())
            path.write_bytes(workbook_bytes("many", heads, lines, text=[True] * len(heads)))
        table = await tables.read(path)
        assert (table.kind, len(table.rows)) == ("shipments", rows)
        preview = await tables.preview(table, tables.guess(table, "shipments"))
        assert preview.counts == {Happens.NEW: rows}
        asked: list[int] = []

        def half_way() -> bool:
            asked.append(1)
            return len(asked) > rows // 50  # it is asked twice for each fifty records

        assert (await tables.bring_in(preview, cancelled=half_way)).is_cancelled
        assert await shipments(store) == []
        assert (await tables.bring_in(preview)).added == rows
        assert len(await shipments(store)) == rows

    run(work())


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_hundreds_of_shipments_go_out_and_are_known_again(run, tables, store, tmp_path, suffix) -> None:
    async def work() -> None:
        await brought(tables, csv_of(500))
        before = await shipments(store)
        out = tmp_path / f"out{suffix}"
        assert await tables.export("shipments", out) == 500
        assert (await brought(tables, out)).same == 500
        assert await shipments(store) == before

    run(work())
