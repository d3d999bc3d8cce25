"""Says what would become of each record of a table. Everything here blocks: call it in a thread."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from desktop import texts
from desktop.domain.documents import JSON, JSONObject
from desktop.domain.lifecycle import Regime
from desktop.services.library import words_of
from desktop.services.tables.column import BASES, layout
from desktop.services.tables.gathering import Gathered, Gatherer, cell_issue, merged, row_issue
from desktop.services.tables.judging import judge
from desktop.services.tables.spreading import column_of, put_together
from desktop.services.tables.table import CellIssue, Happens, Mapping, PreviewRow, Table
from desktop.store.bulk import Packed
from desktop.store.column import packed, plain
from desktop.store.column import words_of as search_words
from desktop.store.derivation import number_column
from desktop.validation.issue import Severity
from desktop.validation.rule import shown
from desktop.validation.sentences import sentence

SINGLE: Final = {"drivers": "driver", "trucks": "truck", "trailers": "trailer", "partners": "partner"}
_STEP = 25


@dataclass(slots=True)
class Known:
    """What is here already.

    Attributes:
        records: what the table may change.
        on_trips: control numbers that stand on trips already, with the trip's number.
        of_trips: shipments on trips that the table names by their ids; it changes none of them.
        regime: of the trip that shipments go onto; None where they go onto none.
        by_id: the records by id, and by what people call them; made from `records`.
    """

    records: Sequence[Packed]
    on_trips: dict[str, str] = field(default_factory=dict)
    of_trips: dict[str, Packed] = field(default_factory=dict)
    regime: Regime | None = None
    by_id: dict[str, Packed] = field(default_factory=dict)
    by_name: dict[str, list[Packed]] = field(default_factory=dict)


class Previewer:
    """Looks at one table."""

    def __init__(self, table: Table, mapping: Mapping, regime: Regime, company: str, known: Known) -> None:
        self._table = table
        self._kind = mapping.kind
        self._company = company
        self._gatherer = Gatherer(table, mapping, regime)
        self._layout = layout(mapping.kind)
        self._known = known
        self._taken: dict[str, int] = {}

    def rows(self, tick: Callable[[int, int], None]) -> Iterator[tuple[PreviewRow, Packed | None]]:
        """Yield each record with what would become of it; `tick` hears how far it is, and may raise to end it."""
        self._learn()
        groups = self._gatherer.groups()
        for position, rows in enumerate(groups):
            if position % _STEP == 0:
                tick(position, len(groups))
            yield self._row(self._gatherer.gather(rows))
        tick(len(groups), len(groups))

    def _learn(self) -> None:
        known = self._known
        for record in known.records:
            known.by_id[record.id] = record
            document = json.loads(record.document)
            known.by_name.setdefault(_name(self._kind, record.regime, document), []).append(record)

    def _row(self, gathered: Gathered) -> tuple[PreviewRow, Packed | None]:
        issues = gathered.issues
        numbers = tuple(self._table.numbers[row] for row in gathered.rows)
        document = self._document(gathered, {})
        old = self._old(gathered, document, issues, numbers[0])
        if old is not None:
            document = self._document(gathered, json.loads(old.document))
        self._look_at_name(document, gathered, issues, numbers[0], old)
        self._judge(gathered, document, issues, numbers[0])
        record = self._packed(gathered, document, old)
        if old is not None and old.id in self._known.of_trips and not _is_same(record, old):
            issues.append(row_issue(numbers[0], texts.text("tables.of_trip", trip=shown(old.trip)), Severity.ERROR))
        issues.sort(key=lambda issue: (issue.row, issue.column))
        title = record.title or record.key
        if any(issue.severity is Severity.ERROR for issue in issues):
            return PreviewRow(numbers, Happens.CANNOT, title, tuple(issues)), None
        happens = Happens.NEW if old is None else Happens.SAME if _is_same(record, old) else Happens.CHANGE
        return PreviewRow(numbers, happens, title, tuple(issues)), record

    def _old(self, gathered: Gathered, document: JSONObject, issues: list[CellIssue], number: int) -> Packed | None:
        """Return the record that the table changes: the one of its id, else the only one of its name."""
        if gathered.id in self._known.by_id:
            return self._known.by_id[gathered.id]
        if gathered.id in self._known.of_trips:
            return self._known.of_trips[gathered.id]
        name = _name(self._kind, gathered.regime, document)
        found = self._known.by_name.get(name, []) if name else []
        if self._kind == "partners":
            found = _at_that_place(found, document)
        if len(found) > 1:
            issues.append(row_issue(number, texts.text("tables.several", count=len(found)), Severity.ERROR))
        return found[0] if found else None

    def _document(self, gathered: Gathered, before: JSONObject) -> JSONObject:
        document = put_together(before, gathered.leaves)
        if self._kind == "shipments" and self._known.regime is None and not gathered.id:
            document.setdefault("data", f"{gathered.regime.value}_SHIPMENT")  # it stands by itself: a message
        goods = document.get("commodities")
        if gathered.goods and isinstance(goods, list):
            del goods[len(gathered.rows) :]  # the table says of what it consists: no more than that
        return document

    def _look_at_name(
        self, document: JSONObject, gathered: Gathered, issues: list[CellIssue], number: int, old: Packed | None
    ) -> None:
        name = _name(self._kind, gathered.regime, document)
        if not name and not gathered.id and self._kind != "shipments":
            issues.append(row_issue(number, texts.text(f"tables.nameless.{SINGLE[self._kind]}"), Severity.ERROR))
        if self._kind == "shipments":
            self._look_at_shipment(name, gathered, issues, number, old)
        key = f"#{old.id}" if old is not None else f"#{gathered.id}" if gathered.id else name
        if key and key == name and self._kind == "partners":
            key = f"{name} {_postal(document)}"
        if key:
            earlier = self._taken.setdefault(key, number)
            if earlier != number:
                issues.append(row_issue(number, texts.text("tables.doubled", row=earlier), Severity.ERROR))

    def _look_at_shipment(
        self, name: str, gathered: Gathered, issues: list[CellIssue], number: int, old: Packed | None
    ) -> None:
        known = self._known
        if known.regime is not None and gathered.regime is not known.regime:
            words = texts.text("tables.other_regime", regime=known.regime.value)
            issues.append(row_issue(number, words, Severity.ERROR))
        if not name:
            issues.append(row_issue(number, texts.text("tables.nameless.shipment"), Severity.WARNING))
        elif old is None and known.regime is None and name in known.on_trips:
            words = texts.text("tables.on_trip", trip=shown(known.on_trips[name]))
            issues.append(row_issue(number, words, Severity.WARNING))

    def _judge(self, gathered: Gathered, document: JSONObject, issues: list[CellIssue], number: int) -> None:
        """Add what the rules say about the table's own cells, and what is still to be filled in."""
        complained = {(issue.row, issue.column) for issue in issues if issue.severity is Severity.ERROR}
        missing: dict[str, None] = {}
        regime = gathered.regime if self._kind == "shipments" else None
        for judged in judge(self._kind, regime, document):
            issue = judged.issue
            if judged.is_missing:
                place = self._layout.place(issue.path)
                if place is not None and issue.severity is Severity.ERROR:
                    missing[self._layout.label(column_of(issue.path)[0])] = None
                continue
            cell = gathered.cells.get(issue.path)
            if cell is None:
                continue
            row, column = cell
            place_number = self._table.numbers[row]
            severity = issue.severity
            if severity is Severity.ERROR and not judged.is_of_value:
                severity = Severity.WARNING  # what does not go together can be put right in the editor
            if (place_number, column.position) not in complained:
                issues.append(cell_issue(place_number, column, sentence(issue), severity))
        if missing:
            words = texts.text("tables.missing", fields=", ".join(missing))
            issues.append(row_issue(number, words, Severity.HINT))

    def _packed(self, gathered: Gathered, document: JSONObject, old: Packed | None) -> Packed:
        local = merged(json.loads(old.local) if old is not None else {}, gathered.local)
        active = old.is_active if gathered.active is None and old is not None else gathered.active is not False
        base = Packed(packed(document), packed(local), is_active=active, company=self._company)
        if old is not None:
            base = base._replace(id=old.id, version=old.version, company=old.company, before=old.document)
        if self._kind == "shipments":
            number = number_column(gathered.regime, document)
            return base._replace(key=number, title=number, regime=gathered.regime, words=search_words(document))
        key, title, subtitle = words_of(SINGLE[self._kind], document)
        return base._replace(
            key=plain(key),
            title=plain(title),
            subtitle=plain(subtitle),
            words=search_words(document, local, key, title, subtitle),
        )


def _is_same(record: Packed, old: Packed) -> bool:
    return (
        record.is_active == old.is_active
        and record.document == packed(json.loads(old.document))
        and record.local == packed(json.loads(old.local))
    )


def _name(kind: str, regime: Regime, document: JSONObject) -> str:
    """Return what tells a record from others, in one case; empty where nothing does."""
    if kind == "shipments":
        return number_column(regime, document).casefold()
    key, title, _ = words_of(SINGLE[kind], document)
    return f"{BASES[kind]} {key or title}".casefold() if key or title else ""


def _at_that_place(found: list[Packed], document: JSONObject) -> list[Packed]:
    """Return the partners of one name that are at the address of the table, or of which none is known."""
    wanted = _postal(document)
    if not wanted:
        return found
    there = {record.id: _postal(json.loads(record.document)) for record in found}
    exact = [record for record in found if there[record.id] == wanted]
    return exact or [record for record in found if not there[record.id]]


def _postal(document: JSON) -> str:
    address = document.get("address") if isinstance(document, dict) else None
    code = address.get("postalCode") if isinstance(address, dict) else None
    return "".join(code.casefold().split()).replace("-", "") if isinstance(code, str) else ""
