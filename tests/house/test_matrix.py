"""Every fault we know of has a test named after it, or a word why it has none."""

from __future__ import annotations

import re
from collections import Counter

from house.tree import files

ROWS = range(1, 28)
"""Faults of sending and receiving, from sudden death (1) to a tampered update (27)."""

WITHOUT = {
    25: "a database shared by several computers: there is none, data are one file of one computer",
    27: "updates: the program does not update itself, it looks for none and fetches none",
}
_NAME = re.compile(r"^\s*(?:async )?def test_(?:row_\d\d_(?:and_)?)+\w*\(", re.MULTILINE)


def test_every_row_of_the_fault_matrix_has_a_test_of_its_name_or_a_reason() -> None:
    named: Counter[int] = Counter()
    for path in files("tests", "test_*.py"):
        for line in _NAME.findall(path.read_text(encoding="utf-8")):
            named.update(int(row) for row in re.findall(r"row_(\d\d)", line))
    assert set(named) <= set(ROWS)
    assert [row for row in ROWS if not named[row] and row not in WITHOUT] == []
    assert [row for row in WITHOUT if named[row]] == []
