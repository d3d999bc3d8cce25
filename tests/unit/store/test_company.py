"""The contract of `Companies`, and how data become practice or real."""

from __future__ import annotations

import pytest
from fakes.clock import NOON

from desktop.errors import DataFolderUnusable
from desktop.store import Conflict, Gone, NameTaken, OtherKind
from desktop.store.company import CompanyFields

FULL = CompanyFields("Sample Carrier", ("SMPL", "SMPX"), ("8ABC",), "sample", "c-key", "/ca.pem", "555 0100")


class TestCompanies:
    def test_a_company_is_found_as_it_was_given(self, store, run) -> None:
        made = run(store.companies.add(FULL, is_practice=False))
        assert run(store.companies.by_id(made.id)) == made
        assert (made.name, made.scacs, made.carrier_codes) == ("Sample Carrier", ("SMPL", "SMPX"), ("8ABC",))
        assert (made.address, made.company_key, made.ca_file, made.phone) == ("sample", "c-key", "/ca.pem", "555 0100")
        assert (made.is_practice, made.version, made.created_at, made.removed_at) == (False, 1, NOON, None)
        assert run(store.companies.by_name("sample carrier")) == made
        assert run(store.companies.by_name("nobody")) is None

    def test_an_edit_upon_an_older_version_changes_nothing(self, store, clock, run) -> None:
        made = run(store.companies.add(FULL, is_practice=True))
        later = clock.advance(1)
        edited = run(store.companies.edit(made.id, CompanyFields("New Sample"), version=1))
        assert (edited.name, edited.version, edited.scacs, edited.updated_at) == ("New Sample", 2, (), later)
        assert edited.is_practice
        with pytest.raises(Conflict):
            run(store.companies.edit(made.id, FULL, version=1))
        assert run(store.companies.by_id(made.id)) == edited

    def test_names_are_unique_until_a_company_is_removed(self, store, run) -> None:
        made = run(store.companies.add(CompanyFields("b Sample"), is_practice=True))
        other = run(store.companies.add(CompanyFields("A Sample"), is_practice=True))
        assert run(store.companies.all()) == [other, made]
        with pytest.raises(NameTaken):
            run(store.companies.add(CompanyFields("B SAMPLE"), is_practice=True))
        with pytest.raises(NameTaken):
            run(store.companies.edit(other.id, CompanyFields("B sample"), version=1))
        run(store.companies.edit(made.id, CompanyFields("B Sample"), version=1))
        run(store.companies.remove(made.id))
        assert run(store.companies.all()) == [other]
        assert run(store.companies.by_id(made.id)).removed_at == NOON
        run(store.companies.edit(other.id, CompanyFields("B Sample"), version=1))

    def test_what_is_not_there_is_said(self, store, run) -> None:
        made = run(store.companies.add(FULL, is_practice=True))
        run(store.companies.remove(made.id))
        for work in (
            store.companies.remove(made.id),
            store.companies.edit(made.id, FULL, version=2),
            store.companies.edit("nothing", FULL, version=1),
            store.companies.by_id("nothing"),
        ):
            with pytest.raises(Gone):
                run(work)

    @pytest.mark.parametrize("is_practice", [True, False])
    def test_the_first_company_decides_for_ever(self, store, open_at, run, is_practice) -> None:
        assert run(store.kind()) is None
        run(store.companies.add(FULL, is_practice=is_practice))
        kind = "practice" if is_practice else "real"
        assert run(store.kind()) == kind
        with pytest.raises(OtherKind):
            run(store.companies.add(CompanyFields("Other"), is_practice=not is_practice))
        assert len(run(store.companies.all())) == 1
        store.close_now()
        open_at(kind=kind)
        for read_only in (False, True):
            with pytest.raises(DataFolderUnusable) as refused:
                open_at(kind="real" if is_practice else "practice", read_only=read_only)
            assert refused.value.code == f"store.is_{kind}"

    def test_data_opened_for_practice_take_no_real_company(self, open_at, run) -> None:
        store = open_at(kind="practice")
        assert run(store.kind()) == "practice"
        with pytest.raises(OtherKind) as refused:
            run(store.companies.add(FULL, is_practice=False))
        assert refused.value.code == "store.company_real"
