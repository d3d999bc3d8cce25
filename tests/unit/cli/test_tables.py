"""Tables through the commands: in whole or not at all, out without what is private, every fault with its cell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.cli import main

DRIVERS = "Driver number,First name,Last name,DOB,Gender\nD1,Sample,One,1970-01-31,Male\nD2,Sample,Two,1980-07-14,F\n"


@pytest.fixture
def given(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    """Run a command beside the test's files; returns its exit code, output and messages."""
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> tuple[int, str, str]:
        code = main(["--data-dir", str(tmp_path / "data"), *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_a_table_is_looked_at_brought_in_and_known_again(given) -> None:
    Path("drivers.csv").write_text(DRIVERS)
    code, out, _ = given("import", "drivers.csv", "--dry-run")
    assert (code, out.splitlines()) == (
        0,
        [
            "drivers.csv: row 2: Sample One: new",
            "drivers.csv: row 3: Sample Two: new",
            "drivers.csv: 2 new, 0 changed, 0 here already",
            "Dry run: nothing was written.",
        ],
    )
    assert "Sample" not in given("list", "drivers")[1]
    assert given("import", "drivers.csv")[:2] == (0, "drivers.csv: 2 new, 0 changed, 0 here already\n")
    assert given("import", "drivers.csv")[:2] == (0, "drivers.csv: 0 new, 0 changed, 2 here already\n")
    assert "Sample Two" in given("list", "drivers")[1]


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".xlsx"])
def test_what_goes_out_comes_in_the_same_and_what_is_private_only_when_asked(given, suffix: str) -> None:
    Path("drivers.csv").write_text(DRIVERS)
    given("import", "drivers.csv")
    assert given("export", "drivers", "-o", f"out{suffix}")[:2] == (0, f"out{suffix}: 2 records\n")
    assert given("import", f"out{suffix}")[:2] == (0, f"out{suffix}: 0 new, 0 changed, 2 here already\n")
    code, out, _ = given("--format", "json", "export", "drivers", "-o", "all.csv", "--with-private")
    assert (code, json.loads(out)) == (0, {"kind": "drivers", "file": "all.csv", "count": 2})
    assert "1970-01-31" in Path("all.csv").read_text(encoding="utf-8-sig")
    if suffix != ".xlsx":
        assert "1970-01-31" not in Path(f"out{suffix}").read_text(encoding="utf-8-sig")


def test_a_faulty_cell_keeps_all_out_and_is_named_on_standard_error_and_in_json(given) -> None:
    Path("s.csv").write_text("PAPS,Qty\nAAAA754321,3\nAAAA754322,a dozen\n")
    code, out, err = given("import", "s.csv")
    assert (code, out) == (1, "Nothing was brought in.\n")
    assert err.startswith("s.csv: Row 3, Qty: “a dozen” is not a whole number.")
    code, out, _ = given("--format", "json", "import", "s.csv")
    (problem,) = json.loads(out)["problems"]
    assert (code, problem["file"], problem["code"], problem["row"], problem["column"]) == (
        1,
        "s.csv",
        "tables.cell",
        3,
        "Qty",
    )
    assert "AAAA754321" not in given("list", "shipments")[1]


def test_what_is_private_is_in_no_message(given) -> None:
    Path("d.csv").write_text("First name,DOB,FAST\nSample,31.31.1970,4270987654\n")
    code, out, err = given("import", "d.csv")
    assert code == 1
    assert "1970" not in out + err
    assert "4270987654" not in out + err


def test_a_table_nobody_can_tell_is_asked_about_and_told(given) -> None:
    Path("x.csv").write_text("Unit,Plate\n2013,SMP1\n")
    code, _, err = given("import", "x.csv")
    assert code == 2
    assert "--kind" in err or "--kind" in given("import", "x.csv")[1]
    assert given("import", "x.csv", "--kind", "trailers")[:2] == (0, "x.csv: 1 new, 0 changed, 0 here already\n")


@pytest.mark.parametrize(
    ("name", "content"), [("x.xlsx", b"PK\x03\x04"), ("x.csv", b""), ("x.xls", b"\xd0\xcf\x11\xe0")]
)
def test_what_is_no_table_exits_with_2(given, name: str, content: bytes) -> None:
    Path(name).write_bytes(content)
    assert given("import", name)[0] == 2
    assert given("import", "missing.csv")[0] == 2


def test_shipments_go_onto_a_trip(given) -> None:
    trip = {"data": "ACI_TRIP", "tripNumber": "9SMP000001", "shipments": []}
    Path("trip.json").write_text(json.dumps(trip))
    Path("s.csv").write_text("PARS,Shipper name\n9SMP754321,Sample Foods\n")
    assert given("import", "trip.json")[0] == 0
    assert given("import", "s.csv", "--trip", "9SMP000001")[0] == 0
    shipments = json.loads(given("export", "9SMP000001")[1])["shipments"]
    assert shipments == [{"cargoControlNumber": "9SMP754321", "shipper": {"name": "Sample Foods"}}]
    assert given("import", "s.csv", "--trip", "9SMP000002")[0] == 1


@pytest.mark.parametrize(
    "words",
    [
        ("export", "drivers"),
        ("export", "9SMP000001", "--with-private"),
        ("import", "x.csv", "--kind", "drivers", "--trip", "9SMP000001"),
        ("import", "x.csv", "--kind", "trips"),
        ("export", "drivers", "-o", "drivers.doc"),
    ],
)
def test_wrong_usage(given, words: tuple[str, ...]) -> None:
    Path("d.csv").write_text(DRIVERS)
    given("import", "d.csv")
    assert given(*words)[0] == 2


def test_a_column_nobody_knows_is_named_and_not_lost_in_silence(given) -> None:
    Path("d.csv").write_text("Driver number,Shoe size,Last name,Nothing in it,\nD1,44,Sample,,5\n")
    code, out, err = given("--format", "json", "import", "--dry-run", "--kind", "drivers", "d.csv")
    warnings = json.loads(out)["warnings"]
    assert (code, [(one["code"], one["row"], one["column"]) for one in warnings]) == (
        0,
        [("tables.left_out", 1, "Shoe size"), ("tables.left_out", 1, "Column 5")],
    )
    assert err.startswith("d.csv: Shoe size: ")
    assert given("import", "--kind", "drivers", "d.csv")[2] == err


def test_a_line_break_in_a_cell_or_number_makes_no_line_that_passes_for_ours(given) -> None:
    Path("d.csv").write_text('Driver number,First name,Last name\nD1,"Sample\nd.csv: 9 new, 0 changed",One\n')
    out = given("import", "--dry-run", "d.csv")[1].splitlines()
    assert out[0] == "d.csv: row 2: Sample d.csv: 9 new, 0 changed One: new"
    assert len(out) == 3
    Path("t.json").write_text(json.dumps({"data": "ACE_TRIP", "tripNumber": "AAAA1\nt.json: trip AAAA2"}))
    assert given("import", "t.json")[1] == "t.json: trip AAAA1 t.json: trip AAAA2\n"
