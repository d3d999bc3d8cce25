"""The contract of `Library`."""

from __future__ import annotations

import pytest

from desktop.store import Conflict, Gone


class TestLibrary:
    def test_an_item_is_found_as_it_was_given(self, store, company, run) -> None:
        made = run(
            store.library.save(
                "driver", {"lastName": "One"}, {"expiries": {}}, key="D1", title="Sample Driver One", company=company.id
            )
        )
        assert run(store.library.get(made.id)) == made
        assert (made.kind, made.key, made.version, made.is_active) == ("driver", "D1", 1, True)
        assert (made.document, made.local, made.company) == ({"lastName": "One"}, {"expiries": {}}, company.id)

    def test_a_save_upon_an_older_version_changes_nothing(self, store, clock, run) -> None:
        made = run(store.library.save("truck", {"number": "1"}, {}, key="1", title="1"))
        later = clock.advance(1)
        saved = run(
            store.library.save("truck", {"number": "2"}, {}, key="2", title="2", subtitle="s", item=made.id, version=1)
        )
        assert (saved.id, saved.version, saved.key, saved.subtitle, saved.updated_at) == (made.id, 2, "2", "s", later)
        with pytest.raises(Conflict):
            run(store.library.save("truck", {}, {}, key="3", title="3", item=made.id, version=1))
        assert run(store.library.get(made.id)) == saved

    def test_lists_hold_one_kind_by_title_of_a_company_and_of_all(self, store, company, run) -> None:
        async def save(title: str, **more):
            return await store.library.save("partner", {"name": title}, {}, key=title, title=title, **more)

        mine, shared = run(save("b Sample 100%", company=company.id)), run(save("A Sample"))
        run(store.library.save("truck", {}, {}, key="1", title="1"))
        assert run(store.library.items("partner")) == [shared, mine]
        assert run(store.library.items("partner", company=company.id)) == [shared, mine]
        assert run(store.library.items("partner", company="nobody")) == [shared]
        assert run(store.library.items("partner", search="sample 100%")) == [mine]
        assert run(store.library.items("partner", search="%")) == [mine]
        assert run(store.library.items("partner", limit=1)) == [shared]

    def test_one_put_aside_is_kept_and_taken_up_again(self, store, company, run) -> None:
        first = run(store.library.save("truck", {}, {}, key="T1", title="T1", company=company.id))
        second = run(store.library.save("truck", {}, {}, key="t1", title="T1"))
        aside = run(store.library.set_active(first.id, is_active=False))
        assert (aside.is_active, aside.version) == (False, 2)
        assert run(store.library.items("truck")) == [second]
        assert run(store.library.items("truck", active_only=False)) == [aside, second]
        assert run(store.library.by_key("truck", "T1")) == [second, aside]
        assert run(store.library.by_key("truck", "T1", company="nobody")) == [second]
        assert run(store.library.set_active(first.id, is_active=True)).is_active

    def test_what_is_not_there_is_said(self, store, run) -> None:
        for work in (
            store.library.get("nothing"),
            store.library.set_active("nothing", is_active=True),
            store.library.save("truck", {}, {}, key="", title="", item="nothing", version=1),
        ):
            with pytest.raises(Gone):
                run(work)
