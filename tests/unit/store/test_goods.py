"""The contract of remembered `Goods`."""

from __future__ import annotations

import pytest

from desktop.domain.lifecycle import Regime
from desktop.store import Gone
from desktop.store.goods import NewGoods

CHAIRS = NewGoods("sample ltd.", "Chairs", {"description": "Chairs", "quantity": 4})


class TestGoods:
    def test_goods_are_counted_kept_as_they_were_last_and_found_by_partner(self, store, clock, run) -> None:
        run(store.goods.learn("c1", Regime.ACE, [CHAIRS, NewGoods("sample ltd.", "Tables", {})]))
        later = clock.advance(60)
        run(store.goods.learn("c1", Regime.ACE, [CHAIRS._replace(description="CHAIRS", document={"quantity": 5})]))
        first, second = run(store.goods.of_partner("c1", Regime.ACE, "sample ltd."))
        assert (first.description, first.times, first.used_at, first.document) == ("CHAIRS", 2, later, {"quantity": 5})
        assert (second.description, second.times) == ("Tables", 1)
        assert run(store.goods.of_partner("c2", Regime.ACE, "sample ltd.")) == []
        assert run(store.goods.of_partner("c1", Regime.ACI, "sample ltd.")) == []
        assert run(store.goods.of_partner("c1", None, "sample ltd.", limit=1)) == [first]
        assert run(store.goods.of_partner("c1", Regime.ACE, "sample")) == []

    def test_forgotten_goods_are_not_offered_until_they_come_again(self, store, run) -> None:
        run(store.goods.learn("c1", Regime.ACE, [CHAIRS]))
        (goods,) = run(store.goods.of_name("sample ltd."))
        run(store.goods.set_active(goods.id, False))
        assert run(store.goods.of_partner("c1", Regime.ACE, "sample ltd.")) == []
        assert [one.is_active for one in run(store.goods.of_name("sample ltd."))] == [False]
        run(store.goods.learn("c1", Regime.ACE, [CHAIRS]))
        assert [one.times for one in run(store.goods.of_partner("c1", Regime.ACE, "sample ltd."))] == [2]

    def test_what_is_not_there_is_said(self, store, run) -> None:
        with pytest.raises(Gone):
            run(store.goods.set_active("nothing", False))

    def test_nothing_to_learn_writes_nothing(self, store, run) -> None:
        run(store.goods.learn("c1", Regime.ACE, []))
        assert run(store.goods.of_name("sample ltd.")) == []
