"""The README tells the truth about the commands."""

from __future__ import annotations

import argparse
import re
import tomllib

from house.tree import ROOT

from desktop.cli.arguments import LANGUAGES, PAPERS, SHEETS, parser

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_command_is_in_the_table_and_no_other() -> None:
    commands = next(a for a in parser()._actions if isinstance(a, argparse._SubParsersAction)).choices
    table = README.partition("| command | does |")[2].partition("| exit code |")[0]
    assert set(re.findall(r"^\| `([a-z]+)", table, re.MULTILINE)) == set(commands)


def test_every_sheet_that_can_be_printed_is_named() -> None:
    (row,) = re.findall(r"^\| `print .*$", README, re.MULTILINE)
    for name in (*SHEETS, *PAPERS, *LANGUAGES):
        assert re.search(rf"\b{name}\b", row), name


def test_the_two_commands_are_named() -> None:
    assert "python3 packaging/bootstrap.py run " in README
    assert "python3 packaging/bootstrap.py test " in README


def test_files_and_folders_it_names_exist() -> None:
    for name in re.findall(r"`((?:packaging|tests|desktop|resources|forms)/[\w/.-]*\w)`", README):
        assert (ROOT / name).exists(), name


def test_it_shows_the_layers_of_the_contracts() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    shown = README.partition("__main__ → ")[2].partition("```")[0]
    assert re.findall(r"\w+", "__main__ " + shown) == re.findall(r"\w+", " ".join(layers))
