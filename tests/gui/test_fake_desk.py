"""The desk in memory takes what the seam promises: a test on it proves something about the real one."""

import inspect

import pytest
from fakes.desk import FakeDesk

from desktop.ui import asks as seam
from desktop.ui.backups.asks import KeepsBackups
from desktop.ui.desk import Desk
from desktop.ui.inbox.asks import Inbox
from desktop.ui.labels.asks import Labels
from desktop.ui.printing.asks import MakesSheets

SERVICES = {
    "lookups": seam.Lookups,
    "inbox": Inbox,
    "editing": seam.Editing,
    "submit": seam.Submit,
    "companies": seam.Companies,
    "library": seam.Library,
    "link": seam.Link,
    "sheets": MakesSheets,
    "labels": Labels,
    "changes": seam.Changes,
    "backups": KeepsBackups,
}


def methods(protocol):
    return {name: member for name, member in vars(protocol).items() if inspect.isfunction(member) and name[0] != "_"}


@pytest.mark.parametrize("service", list(SERVICES))
def test_each_service_has_the_methods_and_arguments_of_the_seam(service):
    fake = getattr(FakeDesk(), service)
    for name, promised in methods(SERVICES[service]).items():
        made = getattr(fake, name)
        wanted = [
            argument
            for argument in list(inspect.signature(promised).parameters.values())[1:]
            if argument.kind is not inspect.Parameter.POSITIONAL_ONLY
        ]
        has = inspect.signature(made).parameters
        takes_any = any(argument.kind is inspect.Parameter.VAR_KEYWORD for argument in has.values())
        missing = [argument.name for argument in wanted if argument.name not in has and not takes_any]
        assert missing == [], f"{service}.{name}"
        assert inspect.iscoroutinefunction(made) == inspect.iscoroutinefunction(promised), f"{service}.{name}"


def test_nothing_of_the_seam_is_missing():
    fake = FakeDesk()
    for name, member in vars(Desk).items():
        if isinstance(member, property):
            assert hasattr(fake, name)
