"""Which carrier a person means by a name."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.errors import NotFound, UsageError
from desktop.store.records import Company


def company_called(found: Sequence[Company], name: str) -> Company:
    """Return the company called `name`: so written, else the only one that differs in upper and lower case alone.

    Raises:
        NotFound: there is none.
        UsageError: several are meant.
    """
    exact = [company for company in found if company.name == name]
    alike = exact or [company for company in found if company.name.casefold() == name.strip().casefold()]
    if not alike:
        raise NotFound("cli.company_unknown", name=name)
    if len(alike) > 1:
        raise UsageError("cli.company_ambiguous", name=name, names=", ".join(company.name for company in alike))
    return alike[0]


def company_or_only(found: Sequence[Company], name: str | None) -> Company:
    """Return the company called `name`; without a name, the only one.

    Raises:
        NotFound: there is none.
        UsageError: there are several and none was named, or several are meant.
    """
    if name is not None:
        return company_called(found, name)
    if not found:
        raise NotFound("cli.no_company")
    if len(found) > 1:
        raise UsageError("cli.which_company", names=", ".join(company.name for company in found))
    return found[0]
