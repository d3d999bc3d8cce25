"""Keeps the rows of a trip's shipments in step with its document, within the transaction that saves it."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from datetime import datetime

from desktop.clock import new_id, to_text
from desktop.domain.documents import JSONObject
from desktop.domain.lifecycle import Regime
from desktop.store.column import words_of
from desktop.store.derivation import nested_shipments, number_column


def derive_shipments(
    db: sqlite3.Connection, trip: str, company: str, regime: Regime, document: JSONObject, moment: datetime
) -> None:
    """Make the rows fit the document. A row follows its control number, else its place, so that ids last."""
    rows = db.execute(
        "SELECT id, number, position, words, company FROM shipments WHERE trip = ? ORDER BY position", (trip,)
    ).fetchall()
    by_number: dict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        by_number[row[1]].append(index)
    shipments = nested_shipments(document)
    taken: dict[int, int] = {}
    for position, shipment in enumerate(shipments):
        same = by_number[number_column(regime, shipment)]
        if same:
            taken[position] = same.pop(0)
    free = [index for index in range(len(rows)) if index not in set(taken.values())]
    for position in range(len(shipments)):
        if position not in taken and free:
            place = next((index for index in free if rows[index][2] == position), free[0])
            free.remove(place)
            taken[position] = place
    at = to_text(moment)
    for position, shipment in enumerate(shipments):
        number, words = number_column(regime, shipment), words_of(shipment)
        if position in taken:
            old = rows[taken[position]]
            if tuple(old[1:]) != (number, position, words, company or None):
                db.execute(
                    """UPDATE shipments SET version = version + 1, number = ?, position = ?, words = ?, company = ?,
                        updated_at = ? WHERE id = ?""",
                    (number, position, words, company or None, at, old[0]),
                )
        else:
            db.execute(
                """INSERT INTO shipments (id, version, company, regime, number, trip, position, document, words,
                    created_at, updated_at) VALUES (?, 1, ?, ?, ?, ?, ?, NULL, ?, ?, ?)""",
                (new_id(moment), company or None, regime, number, trip, position, words, at, at),
            )
    db.executemany("DELETE FROM shipments WHERE id = ?", [(rows[index][0],) for index in free])
