"""The contract of `Templates`."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.domain.lifecycle import Regime
from desktop.errors import UsageError
from desktop.store import Gone
from desktop.store.company import CompanyFields
from desktop.store.template import KEPT_FOR

DOCUMENT = {"data": "ACE_TRIP", "truck": {"number": "T1"}}


class TestTemplates:
    def test_a_template_is_found_as_it_was_given(self, open_at, store, company, run, clock) -> None:
        made = run(store.templates.add(Regime.ACE, "Sample run", DOCUMENT, {"nature": "bobtail"}, company=company.id))
        assert run(store.templates.get(made.id)) == made
        assert (made.name, made.regime, made.version, made.company) == ("Sample run", Regime.ACE, 1, company.id)
        assert (made.document, made.local, made.updated_at) == (DOCUMENT, {"nature": "bobtail"}, clock.now())
        store.close_now()
        assert run(open_at().templates.all()) == [made], "it outlives a restart"

    def test_lists_are_by_name_and_by_carrier(self, store, company, run) -> None:
        other = run(store.companies.add(CompanyFields("Other Sample", scacs=("SMPO",)), is_practice=True))
        late = run(store.templates.add(Regime.ACE, "b", DOCUMENT, {}, company=company.id))
        early = run(store.templates.add(Regime.ACI, "A", DOCUMENT, {}, company=company.id))
        theirs = run(store.templates.add(Regime.ACE, "c", DOCUMENT, {}, company=other.id))
        nobodys = run(store.templates.add(Regime.ACE, "d", DOCUMENT, {}, company=""))
        assert run(store.templates.all()) == [early, late, theirs, nobodys]
        assert run(store.templates.all(company=company.id)) == [early, late]
        assert run(store.templates.all(company="")) == [nobodys]
        assert nobodys.company == ""

    def test_a_name_is_given_once_for_each_carrier_and_direction(self, store, company, run) -> None:
        first = run(store.templates.add(Regime.ACE, "Sample", DOCUMENT, {}, company=company.id))
        run(store.templates.add(Regime.ACI, "Sample", DOCUMENT, {}, company=company.id))
        run(store.templates.add(Regime.ACE, "Sample", DOCUMENT, {}, company=""))
        other = run(store.templates.add(Regime.ACE, "Other", DOCUMENT, {}, company=company.id))
        for name in ("Sample", "SAMPLE"):
            with pytest.raises(UsageError, match="name_taken"):
                run(store.templates.add(Regime.ACE, name, DOCUMENT, {}, company=company.id))
            with pytest.raises(UsageError, match="name_taken"):
                run(store.templates.rename(other.id, name))
        renamed = run(store.templates.rename(first.id, "SAMPLE"))
        assert (renamed.name, renamed.version) == ("SAMPLE", 2)

    def test_a_removed_one_can_be_brought_back_for_a_month(self, store, company, run, clock) -> None:
        made = run(store.templates.add(Regime.ACE, "Sample", DOCUMENT, {}, company=company.id))
        run(store.templates.remove(made.id))
        assert run(store.templates.all()) == []
        for gone in (store.templates.get, store.templates.remove):
            with pytest.raises(Gone):
                run(gone(made.id))
        with pytest.raises(Gone):
            run(store.templates.rename(made.id, "x"))
        assert run(store.templates.bring_back(made.id)) == made
        run(store.templates.remove(made.id))
        other = run(store.templates.add(Regime.ACE, "Sample", DOCUMENT, {}, company=company.id))
        with pytest.raises(UsageError, match="name_taken"):
            run(store.templates.bring_back(made.id))
        clock.advance((KEPT_FOR + timedelta(hours=1)).total_seconds())
        run(store.templates.remove(other.id))
        with pytest.raises(Gone):
            run(store.templates.bring_back(made.id))
        assert run(store.templates.bring_back(other.id)) == other
