"""The desk in memory takes what the seam promises: a test on it proves something about the real one."""

import ast
import importlib
import inspect

import pytest
from fakes.desk import FakeDesk

from desktop.ui import desk as seam
from desktop.ui.desk import Desk


def services():
    """Return the Protocol of each service of the seam; those of a screen are imported for types only."""
    homes = {
        name.name: node.module
        for node in ast.walk(ast.parse(inspect.getsource(seam)))
        if isinstance(node, ast.ImportFrom) and node.module is not None
        for name in node.names
    }
    asked = {
        name: member.fget.__annotations__["return"]
        for name, member in vars(Desk).items()
        if isinstance(member, property)
    }
    return {
        name: getattr(importlib.import_module(homes[kind]), kind)
        for name, kind in asked.items()
        if homes.get(kind, "").endswith("asks")
    }


SERVICES = services()


def methods(protocol):
    return {name: member for name, member in vars(protocol).items() if inspect.isfunction(member) and name[0] != "_"}


def test_every_service_of_the_seam_is_compared():
    assert set(vars(Desk)) >= set(SERVICES) >= {"board", "inbox", "late", "nudge", "tracker", "watching"}


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
