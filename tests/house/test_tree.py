"""The tree keeps the rules that no linter knows."""

from __future__ import annotations

import ast
import json
import re
import tomllib

from house.tree import ROOT, files, name_of, parsed, sources

import desktop

LINES = 400
METHODS = 15
# The two keys printed on the gateway's public API page, as examples.
PRINTED_KEYS = {"a-9000-3ee67a05ee8afc2d", "c-9000-2bcd8ae5954e0c48"}


def test_modules_stay_short() -> None:
    long = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in sources()}
    assert {name: lines for name, lines in long.items() if lines > LINES} == {}


def test_classes_stay_small() -> None:
    """Qt's own camelCase methods are not ours to count, and a property is an attribute."""
    large = {}
    for path in sources():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ClassDef):
                own = {
                    part.name
                    for part in node.body
                    if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef)
                    and not part.name.startswith("_")
                    and part.name == part.name.lower()
                    and not any(ast.unparse(mark).endswith(("property", ".setter")) for mark in part.decorator_list)
                }
                if len(own) > METHODS:
                    large[f"{name_of(path)}:{node.name}"] = len(own)
    assert large == {}


def test_packaging_is_no_package() -> None:
    """From the project root it would hide the library `packaging`, which many tools import."""
    assert not (ROOT / "packaging" / "__init__.py").exists()


def test_window_never_spins_a_second_loop() -> None:
    """`exec()` in a coroutine breaks every other task; `asyncClose` spins a core (measured)."""
    found = []
    for path in sources():
        for node in ast.walk(parsed(path)):
            name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
            if name in {"asyncClose", "asyncSlot"} or (name in {"exec", "exec_"} and isinstance(node, ast.Attribute)):
                found.append(f"{name_of(path)}:{node.lineno} {name}")
    assert found == []


def test_the_order_of_tab_is_asked_for_in_one_place() -> None:
    """Asked as Qt offers it, the whole window is taken for a part of the widget that was asked (`ui/panes.py`)."""
    found = {
        name_of(path)
        for path in sources()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and node.attr in {"nextInFocusChain", "previousInFocusChain"}
    }
    assert found == {"desktop/ui/panes.py"}


def test_no_gateway_key_in_the_tree() -> None:
    shape = re.compile(rb"\b[ac]-[0-9]{3,}-[0-9a-f]{16,}")
    found = {
        name_of(path): match.decode()
        for path in files()
        for match in shape.findall(path.read_bytes())
        if match.decode() not in PRINTED_KEYS
    }
    assert found == {}


def test_no_path_of_one_machine_in_the_tree() -> None:
    shape = re.compile(rb"(?<![\w.])/(?:work|opt|root|home/[a-z]+)/[\w.-]+")
    found = {
        name_of(path): match.decode()
        for path in files()
        if path.suffix in {".py", ".toml", ".md", ".lock", ".json", ".ui", ".sh", ".sql"}
        for match in shape.findall(path.read_bytes())
        if not match.startswith(b"/home/sample")
    }
    assert found == {}


def test_version_stands_in_one_place() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["dynamic"] == ["version"]
    assert project["tool"]["hatch"]["version"]["path"] == "desktop/__init__.py"
    assert re.fullmatch(r"\d+\.\d+\.\d+", desktop.__version__)
    places = [name_of(path) for path in files("desktop", "*.py") if "__version__ =" in path.read_text(encoding="utf-8")]
    assert places == ["desktop/__init__.py"]


def test_licence_is_the_one_declared() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["license"] == "Apache-2.0"
    assert "Apache License\n" in text
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_changelog_begins_with_what_is_not_released() -> None:
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] == "Unreleased"


def test_code_lists_say_where_they_come_from() -> None:
    """A code list without its source and its limits would be read as the authority's own."""
    lists = files("resources/codes", "*.json")
    assert len(lists) > 30
    for path in lists:
        content = json.loads(path.read_text(encoding="utf-8"))
        if "codes" not in content:
            assert path.name == "crossings.json", f"{name_of(path)} holds no codes"
            continue
        assert content["_source"], name_of(path)
        assert all(isinstance(source, str) and source.strip() for source in content["_source"]), name_of(path)
        assert content["_completeness"].strip(), name_of(path)
        assert content["codes"], name_of(path)
        if "copy" in content["_completeness"]:  # a copy is of a day, or at least a year
            assert re.search(r"\b20\d\d\b", content["_completeness"]), name_of(path)


def test_ci_runs_the_one_command() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert script.startswith("#!/bin/sh\n")
    assert script.rstrip().endswith("python3 packaging/bootstrap.py test")


def test_nothing_is_put_off_or_passed_over() -> None:
    """No reminder in place of work, no test that does not run, no sleeping, no silenced type without its reason."""
    words = {
        "reminder": r"#.*\b(?:TO" + r"DO|FIX" + r"ME)\b",
        "sleep": r"\btime\.sl" + r"eep\(",
        "bare ignore": r"# type: ig" + r"nore(?!\[)",
        "test that does not run": r"pytest\.(?:mark\.)?(?:sk" + r"ip|xf" + r"ail)\b",
        "stub": r"\braise NotImpl" + r"ementedError\b",
    }
    found = [
        f"{name_of(path)}:{number} {what}"
        for folder in ("desktop", "packaging", "tests")
        for path in files(folder, "*.py")
        for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        for what, shape in words.items()
        if re.search(shape, text)
    ]
    assert found == []
