"""The contract of `LinkLog`; that of the delivery log stands with the outbox that writes it."""

from __future__ import annotations


class TestLinkLog:
    def test_lines_are_read_newest_first_in_pages(self, store, company, clock, run) -> None:
        lines = [run(store.link_log.add(company.id, what, "text")) for what in ("up", "down", "up")]
        assert lines[0].at == clock.now()
        assert run(store.link_log.newest()) == lines[::-1]
        assert run(store.link_log.newest(limit=2)) == [lines[2], lines[1]]
        assert run(store.link_log.newest(before=lines[1].id)) == [lines[0]]
        assert run(store.link_log.newest(company=company.id, before=lines[1].id)) == [lines[0]]
        assert run(store.link_log.newest(company="nobody")) == []
