"""How lines of goods are filled by more than one letter: a block from a spreadsheet, goods shipped before."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from desktop.domain.amount import Amount, Point, read_amount, read_count
from desktop.domain.documents import JSON, MISSING, JSONObject, Missing, is_object, join, put, split
from desktop.domain.fields import Field, Kind
from desktop.ui.binding import value as values
from desktop.ui.binding.choice import code_source
from desktop.ui.binding.session import Editing
from desktop.ui.editors.surroundings import units_of

LOADED_ON = "commodity_loaded_on_number"
_SHORT_UNITS = {"pounds": "lb", "kilograms": "kg"}
_PLAIN = re.compile(r"[1-9]\d{0,14}(\.\d+)?", re.ASCII)
_AMOUNTS = {Kind.NUMBER, Kind.NUMBER_TEXT, Kind.INTEGER}


class Block(NamedTuple):
    """What stands on the clipboard, as rows of cells."""

    rows: list[list[str]]

    @property
    def is_many(self) -> bool:
        """Whether it is more than one cell."""
        return len(self.rows) > 1 or any(len(row) > 1 for row in self.rows)


def read_block(copied: str) -> Block:
    """Return the cells of copied text: tabs between them, a line for each row, quotes round cells with line breaks."""
    if "\t" not in copied and '"' in copied and not copied.lstrip().startswith('"'):
        return Block([[line] for line in copied.splitlines()])  # inches, not quotes
    rows = list(csv.reader(io.StringIO(copied.replace("\x00", "")), delimiter="\t"))
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    return Block([[cell.strip() for cell in row] for row in rows])


def amount_of(field: Field, typed: str) -> Amount | None:
    """Return what was typed as an amount; None where the field holds none, or the text is none."""
    if field.kind not in _AMOUNTS:
        return None
    amount = read_count(typed) if field.kind is Kind.INTEGER else read_amount(typed)
    return amount if amount.readings else None


def value_of(field: Field, typed: str, point: Point | None = None) -> JSON | Missing:
    """Return what a cell's text means for the document; what is in doubt or unsound stays as typed.

    Args:
        field: the column.
        typed: the text.
        point: what stands before the decimals, where that was said.
    """
    if field.kind is Kind.CODE:
        found = code_source(field.codes).exact(typed.strip()) if field.codes else None
        typed = values.upper(typed) if found is None else found
    amount = amount_of(field, typed)
    if amount is None:
        return values.from_text(field, typed)
    plain = amount.plain(point)
    return typed if plain is None else values.from_text(field, plain)


def shown_cell(field: Field, typed: str) -> str:
    """Return how a cell looks while nobody types in it: thousands apart, units short, codes with their name."""
    if field.name.startswith("commodity_weight_unit") and typed:
        short = _SHORT_UNITS.get(code_source(field.codes).shown(typed).partition(" ")[2], "")
        return f"{typed} {short}".strip()
    if field.kind in _AMOUNTS and _PLAIN.fullmatch(typed):
        whole, point, decimals = typed.partition(".")
        return f"{int(whole):,}{point}{decimals}"
    return code_source(field.codes).shown(typed) if field.codes and typed else typed


def doubts_of(fields: Sequence[Field], block: Block) -> tuple[str, Amount] | None:
    """Return the first amount of a block that has two readings; None where another one tells which is meant."""
    first: tuple[str, Amount] | None = None
    for row in block.rows:
        for field, typed in zip(fields, row, strict=False):
            amount = amount_of(field, typed)
            if amount is not None and amount.is_doubtful and first is None:
                first = (typed, amount)
    return first if told_by(fields, block) is None else None


def told_by(fields: Sequence[Field], block: Block) -> Point | None:
    """Return the sign before decimals that the plain amounts of a block agree on."""
    told = set(_told(fields, block))
    return told.pop() if len(told) == 1 else None


def _told(fields: Sequence[Field], block: Block) -> Iterator[Point]:
    for row in block.rows:
        for field, typed in zip(fields, row, strict=False):
            amount = amount_of(field, typed)
            if amount is not None and len(amount.readings) == 1:
                yield next(iter(amount.readings))


def pasted(
    session: Editing,
    lines: Sequence[JSON],
    at: int,
    fields: Sequence[Field],
    templates: Sequence[str],
    block: Block,
    point: Point | None,
    empty: JSONObject,
) -> list[JSON]:
    """Return the lines with a block of cells put in from the line `at`, rightwards along `fields`; lines are added.

    Args:
        session: whose trip it is: goods are loaded on its units.
        lines: the lines as they are.
        at: the first line that is filled; after the last one, for a new line.
        fields: the columns from the first one that is filled.
        templates: where each of them stands in a line, as a pointer.
        block: the cells; more columns than fields are left out.
        point: the sign before decimals.
        empty: a new line.
    """
    made: list[JSON] = list(lines)
    for offset, row in enumerate(block.rows):
        place = at + offset
        while place >= len(made):
            made.append(dict(empty))
        line: JSON = made[place] if is_object(made[place]) else {}
        for field, template, typed in zip(fields, templates, row, strict=False):
            line = _with_cell(session, line, field, template, value_of(field, typed, point))
        made[place] = line
    return made


def _with_cell(session: Editing, line: JSON, field: Field, template: str, value: JSON | Missing) -> JSON:
    if field.name == LOADED_ON:
        unit = next((unit for unit in units_of(session) if unit.number == value), None)
        if unit is not None:
            return put(line, "/loadedOn", {"type": unit.kind, "number": unit.number})
    if isinstance(value, Missing):
        parent = join(*split(template)[:-1])
        return put(line, template, MISSING) if parent == "" else line
    return put(line, template, value)


def filled(line: JSON, goods: JSONObject, description: str) -> JSONObject:
    """Return a line with its empty cells filled from goods shipped before; only the description gives way."""
    own = line if is_object(line) else {}
    typed = {name: value for name, value in own.items() if value not in ("", None)}
    return {**goods, **typed, "description": description}
