"""Which carrier is meant by a name, or by none."""

from __future__ import annotations

import pytest

from desktop.errors import NotFound, UsageError
from desktop.services.choice import company_called, company_or_only


def test_the_name_as_written_goes_before_the_one_that_is_alike(world, run) -> None:
    found = [world.company, run(world.add_company("Second Sample"))]
    assert company_called(found, "Second Sample") is found[1]
    assert company_called(found, " second SAMPLE ") is found[1]
    assert company_or_only(found, "second sample") is found[1]
    with pytest.raises(NotFound):
        company_called(found, "Third Sample")


def test_without_a_name_only_one_may_be_meant(world, run) -> None:
    assert company_or_only([world.company], None) is world.company
    with pytest.raises(NotFound):
        company_or_only([], None)
    with pytest.raises(UsageError) as refused:
        company_or_only([world.company, run(world.add_company("Second Sample"))], None)
    assert refused.value.code == "cli.which_company"
