"""Lists stay quick when much has been received: they use their indexes and never walk through everything."""

from __future__ import annotations

import pytest

from desktop.domain.lifecycle import Category


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"before": "01JDZZZZZZZZZZZZZZZZZZZZZZ"},
        {"category": Category.ALERT},
        {"company": "c"},
        {"trip": "t"},
        {"unread_only": True},
        {"unread_only": True, "category": Category.ALERT},
    ],
)
def test_the_newest_messages_come_from_an_index_already_in_order(store, run, monkeypatch, asked) -> None:
    plans: list[str] = []

    async def explain(work):
        class Explaining:
            def execute(self, sql, values=()):
                plans.extend(row[3] for row in database.execute("EXPLAIN QUERY PLAN " + sql, values))
                return database.execute(sql, values)

        database = store._reader._connection
        return await type(store._reader).read(store._reader, lambda _: work(Explaining()))

    monkeypatch.setattr(store.inbox._reader, "read", explain)
    run(store.inbox.cards(**asked))
    monkeypatch.undo()
    assert plans
    assert not [line for line in plans if "TEMP B-TREE" in line]
    assert all("USING" in line and "INDEX" in line for line in plans)
