"""What goes out as a table comes in again just as it was: every field of the field table, and anything else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from unit.services.tables.samples import WHOLE, file_of, full, looked_at, packed_record, strict, table_of

from desktop.domain.expiry import KINDS as PAPERS
from desktop.domain.field import Kind
from desktop.domain.fields import FIELDS
from desktop.domain.lifecycle import Regime
from desktop.services.tables import Happens
from desktop.services.tables.column import BASES, OTHER, layout
from desktop.services.tables.exporting import sheet_of
from desktop.services.tables.judging import wrong_values
from desktop.services.tables.spreading import put_together, spread, steps_of

FILES = (".csv", ".tsv", ".xlsx")
_CONTAINERS = {Kind.OBJECT, Kind.ARRAY, Kind.TEXT_ARRAY}


def came_back(suffix: str, kind: str, regime: Regime | None, *documents: Any) -> list[Any]:
    """Return documents after their way through a file."""
    records = [packed_record(one, regime=regime, number=number) for number, one in enumerate(documents)]
    rows = looked_at(table_of(file_of(suffix, kind, records), kind))
    assert [row.happens for row, _ in rows] == [Happens.NEW] * len(documents), [row.issues for row, _ in rows]
    return [json.loads(record.document) for _, record in rows if record is not None]


@pytest.mark.parametrize(("kind", "regime"), WHOLE)
def test_every_field_of_the_table_has_its_column(kind: str, regime: Regime | None) -> None:
    base = BASES[kind]
    paths = {
        path.removeprefix(base)
        for field in FIELDS
        for own, path in ((Regime.ACE, field.ace), (Regime.ACI, field.aci))
        if path and path.startswith(f"{base}/") and field.kind not in _CONTAINERS and regime in {None, own}
    }
    assert paths == {place.template for place in layout(kind).places if regime is None or regime in place.fields}
    assert len(paths) >= 7


@pytest.mark.parametrize("suffix", FILES)
@pytest.mark.parametrize(("kind", "regime"), WHOLE)
def test_a_record_with_every_field_comes_back_from_cells_alone(suffix: str, kind: str, regime: Regime | None) -> None:
    document = full(kind, regime)
    assert wrong_values(kind, regime, document) == set()
    data = file_of(suffix, kind, [packed_record(document, regime=regime)])
    assert layout(kind).label(OTHER) not in table_of(data, kind).heads
    assert strict(came_back(suffix, kind, regime, document)) == strict([document])


@pytest.mark.parametrize("suffix", FILES)
@pytest.mark.parametrize(("kind", "regime"), WHOLE)
def test_each_field_alone_comes_back(suffix: str, kind: str, regime: Regime | None) -> None:
    """One record for each field, all in one file: no cell leans on its neighbour."""
    document = full(kind, regime, lists=1)
    cells = spread(kind, regime, document).cells
    alone = []
    for pointer in cells:
        here: Any = document
        for step in steps_of(kind, pointer):
            here = here[step]
        alone.append(put_together({}, [(steps_of(kind, pointer), here)]))
    assert strict(came_back(suffix, kind, regime, *alone)) == strict(alone)


ODD = [
    *("=1+1", "'=1+1", "'", "''", "+1 519 555 0100", "-5", "@home", "\tx", "\rx", " x", "x ", "", "a\nb", "a\r\nb"),
    *(
        "0101",
        "TRUE",
        "yes",
        "1e5",
        "1,234",
        "12.50",
        "1.0",
        "2026-01-31",
        "01/02/2026",
        "Ünïcode",
        "\ud800",
        "\x00",
    ),
    *(
        'say "so"',
        "a;b,c",
        "_x0041_",
        "<b>&amp;",
        "\ufeff",
        "#N/A",
        "{}",
        "[]",
        "null",
        "MI",
        "mi",
        "Box",
        "x" * 200,
    ),
    *("’", "“quoted”", "\u2028", "\x85", "NaN", "4.27E+13"),
]
NASTY = st.sampled_from(ODD)
PLAIN = st.one_of(
    NASTY,
    st.text(max_size=12),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.none(),
)
NAMES = sorted(
    {
        step
        for field in FIELDS
        for path in (field.ace, field.aci, field.also_ace)
        for step in (path or "").split("/")
        if step not in {"", "*"}
    }
)


def anything(names: list[str]) -> st.SearchStrategy[Any]:
    keys = st.one_of(
        st.sampled_from(names), st.sampled_from(names), st.sampled_from(["foo", "a/b", "~", "", "0", "tags"])
    )
    return st.recursive(
        PLAIN,
        lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(keys, inner, max_size=5)),
        max_leaves=15,
    )


@st.composite
def records(draw: Any, kind: str, regime: Regime | None) -> Any:
    """A record in which any field may hold anything, and members that nobody knows stand anywhere."""
    document = full(kind, regime, lists=draw(st.integers(1, 2)))
    for _ in range(draw(st.integers(0, 6))):
        here: Any = document
        while True:
            key = draw(st.sampled_from(sorted(here))) if isinstance(here, dict) and here else None
            index = draw(st.integers(0, len(here) - 1)) if isinstance(here, list) and here else None
            place = key if key is not None else index
            if place is None:
                break
            if isinstance(here[place], dict | list) and draw(st.booleans()):
                here = here[place]
                continue
            if isinstance(here, dict) and draw(st.booleans()):
                here[draw(st.sampled_from(["foo", "a/b", "~x", "", "3"]))] = draw(anything(NAMES))
            elif draw(st.booleans()):
                del here[place]
            else:
                here[place] = draw(anything(NAMES))
            break
    return document


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize(("kind", "regime"), WHOLE)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_anything_comes_back(suffix: str, kind: str, regime: Regime | None, data: Any) -> None:
    documents = data.draw(st.lists(records(kind, regime), min_size=1, max_size=3))
    assert strict(came_back(suffix, kind, regime, *documents)) == strict(documents)


@pytest.mark.parametrize("suffix", FILES)
@pytest.mark.parametrize("text", ODD)
def test_odd_texts_come_back_from_every_kind_of_field(suffix: str, text: str) -> None:
    partner = {"name": text, "address": {"addressLine": text, "stateProvince": text}, "odd": text, text: "odd"}
    assert strict(came_back(suffix, "partners", None, partner, partner)) == strict([partner, partner])
    goods = [{"description": text, "weight": text, "marksAndNumbers": [text, "x"]}, {"quantity": text}, {}]
    shipment = {"shipmentControlNumber": text, "sendId": text, "goodsAstrayDateOfExit": text, "commodities": goods}
    assert strict(came_back(suffix, "shipments", Regime.ACE, shipment, {"autoSend": text})) == strict(
        [shipment, {"autoSend": text}]
    )


@pytest.mark.parametrize("kind", ["drivers", "trucks", "trailers", "partners"])
def test_what_is_kept_beside_the_document_comes_back(kind: str) -> None:
    local = {
        "expiries": {"fast": "2027-01-31", "plate": "not a day", "other": "2027-02-28"},
        "part": ["shipper"],
        "n": 1.0,
    }
    record = packed_record(full(kind, None), local=local, is_active=False)
    ((row, came),) = looked_at(table_of(file_of(".xlsx", kind, [record]), kind))
    assert row.happens is Happens.NEW
    assert came is not None
    assert strict(json.loads(came.local)) == strict(local)
    assert not came.is_active


def test_the_same_table_again_changes_nothing() -> None:
    known = [packed_record(full("drivers", None), local={"expiries": {"fast": "2027-01-31"}})]
    ((row, _),) = looked_at(table_of(file_of(".csv", "drivers", known), "drivers"), known)
    assert row.happens is Happens.SAME


@pytest.mark.parametrize(("kind", "single"), [("drivers", "driver"), ("trucks", "truck"), ("trailers", "trailer")])
def test_every_paper_a_record_may_have_has_its_own_column_in_words(kind: str, single: str) -> None:
    local = {"expiries": {what: f"2027-01-{day:02}" for day, what in enumerate(PAPERS[single], 1)}}
    record = packed_record(full(kind, None))._replace(local=json.dumps(local))
    sheet = sheet_of(kind, [record], with_private=False, tick=lambda _done, _of: None)
    assert [f"#expiry/{what}" for what in PAPERS[single]] == [one for one in sheet.columns if one.startswith("#exp")]
    heads = table_of(file_of(".csv", kind, [record]), kind).heads
    assert [head for head in heads if head.startswith("Expires: ")] == []
    ((_, came),) = looked_at(table_of(file_of(".csv", kind, [record]), kind))
    assert came is not None
    assert json.loads(came.local) == local
