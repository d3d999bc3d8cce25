"""What would become of each row, and what is said of each cell."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from unit.services.tables.samples import (
    file_of,
    full,
    looked_at,
    packed_record,
    strict,
    table_of,
    text_table,
)

from desktop.domain.lifecycle import Regime
from desktop.services.tables import Happens
from desktop.services.tables.guessing import mapping_for
from desktop.services.tables.previewing import Known, Previewer
from desktop.services.tables.value import How
from desktop.validation.issue import Severity

SECRET = "42709876543201"


def errors(rows: Any) -> list[str]:
    return [issue.text for row, _ in rows for issue in row.issues if issue.severity is Severity.ERROR]


def document(record: Any) -> Any:
    return json.loads(record.document)


def test_each_cell_is_told_with_row_and_column() -> None:
    table = text_table(
        "shipments",
        "PAPS;Shipper name;Qty;Weight unit;Broker port",
        "AAAA754321;Sample Foods;3;LB;3801",
        f"AAAA754322;{'x' * 61};12,5;Barrels;381",
    )
    rows = looked_at(table)
    assert [row.happens for row, _ in rows] == [Happens.NEW, Happens.CANNOT]
    found = errors(rows)
    assert "Row 3, Qty: “12,5” is not a whole number. Write digits only, for example 12." in found
    assert any(line.startswith("Row 3, Shipper name: 61 characters") for line in found)
    assert any(line.startswith("Row 3, Weight unit: ") for line in found)
    assert [issue.column for issue in rows[1][0].issues] == sorted(issue.column for issue in rows[1][0].issues)


def test_what_is_missing_is_a_hint_and_keeps_nothing_out() -> None:
    ((row, record),) = looked_at(text_table("drivers", "First name,Last name", "Sample,One"))
    assert row.happens is Happens.NEW
    assert record is not None
    assert {issue.severity for issue in row.issues} <= {Severity.HINT}


def test_a_meaning_is_taken_for_its_code_and_shown() -> None:
    ((row, record),) = looked_at(text_table("shipments", "PAPS,Qty,Packaging", "AAAA754321,3,Pallet"))
    assert document(record)["commodities"] == [{"quantity": 3, "packagingUnit": "PLT"}]
    assert "Row 2, Packaging: “Pallet” is taken as PLT." in [issue.text for issue in row.issues]


def test_zeros_dropped_by_a_spreadsheet_are_asked_about() -> None:
    ((row, record),) = looked_at(text_table("shipments", "PAPS,Broker port", "AAAA754321,101"))
    assert document(record)["broker"] == {"portLocation": "0101"}
    assert row.happens is Happens.NEW
    assert any("taken as 0101" in issue.text and issue.severity is Severity.WARNING for issue in row.issues)


def test_rows_of_one_number_are_the_goods_of_one_shipment() -> None:
    table = text_table(
        "shipments",
        "PAPS,Shipper name,Description,Qty",
        "AAAA754321,Sample Foods,Books,1",
        "AAAA754322,Sample Mills,Flour,2",
        "aaaa-754321,,Pens,3",
        ",,Ink,4",
    )
    rows = looked_at(table)
    assert [row.numbers for row, _ in rows] == [(2, 4), (3,), (5,)]
    first = document(rows[0][1])
    assert [one["description"] for one in first["commodities"]] == ["Books", "Pens"]
    assert first["shipper"] == {"name": "Sample Foods"}


def test_rows_of_one_shipment_that_say_different_things_are_told() -> None:
    table = text_table("shipments", "PAPS,Shipper name", "AAAA754321,Sample Foods", "AAAA754321,Sample Mills")
    assert errors(looked_at(table)) == [
        "Row 3, Shipper name: differs from row 2 of the same shipment. Make them alike, or leave this cell empty."
    ]


def test_a_column_of_the_other_customs_counts_where_people_give_both_one_name() -> None:
    table = text_table("shipments", "Control number,Type,Marks,Province of loading", "9SMP754321,PARS,Made here,ON")
    ((row, record),) = looked_at(table, regime=Regime.ACI)
    found = document(record)
    assert found["cargoControlNumber"] == "9SMP754321"
    assert found["shipmentType"] == "PARS"
    assert found["commodities"] == [{"marksAndNumbers": "Made here"}]
    assert any("ACI has no such field" in issue.text for issue in row.issues)


def test_a_row_may_name_its_customs() -> None:
    table = text_table("shipments", "Control number,Customs", "9SMP754321,ACI", "AAAA754321,ace", "AAAA754322,CBP")
    rows = looked_at(table)
    assert [None if record is None else record.regime for _, record in rows] == [Regime.ACI, Regime.ACE, None]
    assert errors(rows) == ["Row 4, Customs: neither ACE nor ACI."]


def test_a_record_that_is_here_takes_the_tables_values_and_keeps_the_others() -> None:
    known = packed_record(
        {"number": "2013", "vinNumber": "1M8GDM9AXKP042788", "odd": {"a": [1]}},
        local={"expiries": {"plate": "2027-01-31"}},
    )
    table = text_table("trucks", "Unit #,Type,VIN,Insurance expiry", "2013,TR,,2027-05-01", "2014,TR,,")
    rows = looked_at(table, [known])
    assert [row.happens for row, _ in rows] == [Happens.CHANGE, Happens.NEW]
    record = rows[0][1]
    assert record is not None
    assert document(record) == {"number": "2013", "vinNumber": "1M8GDM9AXKP042788", "odd": {"a": [1]}, "type": "TR"}
    assert json.loads(record.local) == {"expiries": {"plate": "2027-01-31", "insurance": "2027-05-01"}}
    assert (record.id, record.version) == (known.id, 1)


def test_drivers_are_known_by_number_or_name_and_partners_by_name_and_place() -> None:
    drivers = [
        packed_record({"driverNumber": "D1", "firstName": "Sample", "lastName": "One"}, number=1),
        packed_record({"firstName": "Sample", "lastName": "Two"}, number=2),
    ]
    table = text_table(
        "drivers", "Driver number,First name,Last name,Gender", "d1,,,M", ",sample,TWO,F", ",Sample,Three,F"
    )
    assert [row.happens for row, _ in looked_at(table, drivers)] == [Happens.CHANGE, Happens.CHANGE, Happens.NEW]
    partners = [packed_record({"name": "Sample Foods", "address": {"postalCode": "48201"}})]
    table = text_table("partners", "Name,Zip,City", "SAMPLE FOODS,48201,Detroit", "Sample Foods,14201,Buffalo")
    assert [row.happens for row, _ in looked_at(table, partners)] == [Happens.CHANGE, Happens.NEW]


def test_what_stands_twice_and_what_has_no_name_cannot_come_in() -> None:
    table = text_table("trailers", "Unit #,Type", "0456,TL", "0456,TL", ",TL")
    rows = looked_at(table)
    assert [row.happens for row, _ in rows] == [Happens.NEW, Happens.CANNOT, Happens.CANNOT]
    assert errors(rows) == [
        "Row 3: the same record as row 2. Take one of the two out.",
        "Row 4: no trailer number. Fill it in.",
    ]


def test_two_records_of_one_name_here_are_not_chosen_between() -> None:
    known = [packed_record({"number": "2013"}, number=number) for number in (1, 2)]
    rows = looked_at(text_table("trucks", "Unit #", "2013"), known)
    assert [row.happens for row, _ in rows] == [Happens.CANNOT]


def test_the_id_of_an_export_tells_records_of_one_name_apart() -> None:
    known = [packed_record({"number": "2013", "type": kind}, number=number) for number, kind in enumerate(("TR", "BT"))]
    data = file_of(".csv", "trucks", known).replace(b"BT", b"PT")
    rows = looked_at(table_of(data, "trucks"), known)
    assert [row.happens for row, _ in rows] == [Happens.SAME, Happens.CHANGE]


def test_a_number_on_a_trip_is_said() -> None:
    rows = looked_at(text_table("shipments", "PAPS", "AAAA754321"), on_trips={"aaaa754321": "AAAA0001"})
    assert [row.happens for row, _ in rows] == [Happens.NEW]
    assert "Row 2: a shipment of this number is on trip AAAA0001 already." in [
        issue.text for issue in rows[0][0].issues
    ]


def test_a_shipment_of_the_other_customs_cannot_go_onto_a_trip() -> None:
    table = text_table("shipments", "CCN,Customs", "9SMP754321,ACI")
    previewer = Previewer(table, mapping_for(table, "shipments"), Regime.ACE, "", Known([], regime=Regime.ACE))
    assert [row.happens for row, _ in previewer.rows(lambda _done, _of: None)] == [Happens.CANNOT]


def test_what_is_private_is_never_repeated() -> None:
    table = text_table(
        "drivers",
        "First name,DOB,FAST,Document 1 number,Document 1,ACE ID",
        f"Sample,{SECRET}x,{SECRET}9,{'9' * 31},XXXX,{SECRET}",
        f"Sample,32/13/1970,4.2709876543201E+13,{SECRET},,",
    )
    rows = looked_at(table)
    said = " ".join(issue.text for row, _ in rows for issue in row.issues)
    assert len(errors(rows)) >= 5
    assert not any(secret in said for secret in (SECRET, "9" * 31, "32/13/1970", "4.2709876543201"))


def test_a_table_without_what_is_private_leaves_it_as_it_is_here() -> None:
    known = packed_record({**full("drivers", None), "odd": 1})
    data = file_of(".csv", "drivers", [known], with_private=False)
    for private in (b"42700000000001", b"2026-01-01", b"Sample driver_document_number", b"odd"):
        assert private not in data
    ((row, _),) = looked_at(table_of(data, "drivers"), [known])
    assert row.happens is Happens.SAME


def test_spoilt_json_in_a_cell_is_told() -> None:
    table = text_table("trucks", "Unit #;Other members (JSON);Local facts (JSON);In use", "2013;{oops;[];perhaps")
    assert len(errors(looked_at(table))) == 3


def test_goods_of_the_table_take_the_place_of_all_goods_and_keep_what_it_has_no_column_for() -> None:
    known = packed_record(
        {
            "shipmentControlNumber": "AAAA754321",
            "commodities": [{"quantity": 1, "x": 1}, {"quantity": 2}, {"quantity": 3}],
        },
        regime=Regime.ACE,
    )
    table = text_table("shipments", "PAPS,Qty", "AAAA754321,7", "AAAA754321,8")
    ((row, record),) = looked_at(table, [known])
    assert row.happens is Happens.CHANGE
    assert document(record)["commodities"] == [{"quantity": 7, "x": 1}, {"quantity": 8}]


def test_saying_how_numbers_are_written_settles_a_doubt() -> None:
    table = text_table("shipments", "PAPS;Weight", "AAAA754321;1,234")
    mapping = mapping_for(table, "shipments")
    assert looked_at(table, mapping=mapping)[0][0].happens is Happens.CANNOT
    ((_, record),) = looked_at(table, mapping=replace(mapping, how=How(",")))
    assert strict(document(record)["commodities"]) == strict([{"weight": 1.234}])
