"""The text catalogue and the source agree: no text is missing, none is left over, each gets its values."""

from __future__ import annotations

import ast
import json
import re
from functools import cache
from pathlib import Path
from string import Formatter

from house.tree import ROOT, files, name_of, parsed, sources

Entry = str | dict[str, str]
PARTS = ("title", "text", "remedy")


@cache
def catalogue() -> dict[str, Entry]:
    """Return every English text by its key."""
    found = {}
    for path in files("resources/i18n/en", "*.json"):
        for name, entry in json.loads(path.read_text(encoding="utf-8")).items():
            found[f"{path.stem}.{name}"] = entry
    return found


def patterns(entry: Entry) -> list[str]:
    """Return the patterns of a text: one, or those of its plural forms."""
    return [entry] if isinstance(entry, str) else list(entry.values())


def places(entry: Entry) -> set[str]:
    """Return the names of the values a text needs."""
    needed = {name for pattern in patterns(entry) for _, name, _, _ in Formatter().parse(pattern) if name is not None}
    return needed | ({"count"} if isinstance(entry, dict) else set())


def calls(path: Path) -> list[tuple[str, ast.Call]]:
    """Return (name, call) of each call of the catalogue, `texts.text(...)` or an imported `text(...)`."""
    tree = parsed(path)
    imported = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "desktop.texts"
        for alias in node.names
        if alias.name == "text"
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            is_ours = (isinstance(function, ast.Name) and function.id in imported) or (
                isinstance(function, ast.Attribute)
                and function.attr == "text"
                and isinstance(function.value, ast.Name)
                and function.value.id == "texts"
            )
            if is_ours:
                found.append((f"{name_of(path)}:{node.lineno}", node))
    return found


def literals(node: ast.expr) -> list[str]:
    """Return the literal keys an argument can be: a string, or either side of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return literals(node.body) + literals(node.orelse)
    return []


def error_codes() -> list[tuple[str, str]]:
    """Return (place, code) of each literal code given to an error that people are told about."""
    classes = {"DesktopError"}
    grew = True
    while grew:
        known = len(classes)
        for path in sources():
            for node in ast.walk(parsed(path)):
                if isinstance(node, ast.ClassDef) and classes & {ast.unparse(b).rpartition(".")[2] for b in node.bases}:
                    classes.add(node.name)
        grew = len(classes) > known
    classes.discard("Bug")
    found = []
    for path in sources():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in classes and node.args:
                found += [(f"{name_of(path)}:{node.lineno}", code) for code in literals(node.args[0]) if "." in code]
    return found


def error_keys(code: str) -> list[str]:
    """Return the three texts of an error code: `store.newer` has `store.error.newer.title` and so on."""
    area, _, name = code.partition(".")
    return [f"{area}.error.{name}.{part}" for part in PARTS]


def test_there_is_a_catalogue() -> None:
    assert len(catalogue()) > 200
    assert all(calls(path) for path in (ROOT / "desktop" / "ui" / "times.py",))


def test_every_text_is_a_pattern_with_named_values() -> None:
    wrong = []
    for key, entry in catalogue().items():
        if isinstance(entry, dict) and not {"one", "other"} <= set(entry):
            wrong.append(f"{key}: a plural needs one and other")
        for pattern in patterns(entry):
            try:
                names = [name for _, name, _, _ in Formatter().parse(pattern) if name is not None]
            except ValueError as problem:
                wrong.append(f"{key}: {problem}")
                continue
            wrong += [f"{key}: {{{name}}}" for name in names if not name.isidentifier()]
            if not pattern.strip() and not key.endswith(".remedy"):  # good news needs none
                wrong.append(f"{key}: empty")
    assert wrong == []


def test_texts_speak_calmly() -> None:
    """A fact, then what to do: no exclamation, no bare "error occurred" (design, words)."""
    loud = re.compile(
        r"!|error occurred|something went wrong|oops|invalid input|\bfailed successfully\b", re.IGNORECASE
    )
    assert {key: entry for key, entry in catalogue().items() if any(map(loud.search, patterns(entry)))} == {}


def test_every_key_in_the_source_has_its_text_and_values() -> None:
    wrong = []
    for path in sources():
        for place, call in calls(path):
            given = {keyword.arg for keyword in call.keywords}
            for key in literals(call.args[0]) if call.args else []:
                entry = catalogue().get(key)
                if entry is None:
                    wrong.append(f"{place}: no text {key}")
                elif None not in given and places(entry) - given:
                    wrong.append(f"{place}: {key} lacks {sorted(places(entry) - given)}")
    assert wrong == []


def test_every_error_has_its_three_sentences() -> None:
    wrong = [f"{place}: {key}" for place, code in error_codes() for key in error_keys(code) if key not in catalogue()]
    assert wrong == []


def _used() -> tuple[set[str], re.Pattern[str]]:
    """Return the literal strings of the program, and a pattern of the keys it puts together."""
    strings: set[str] = set()
    shapes: set[str] = set()
    areas = {key.partition(".")[0] for key in catalogue()}
    for path in sources():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                strings.add(node.value)
                strings.update(error_keys(node.value) if "." in node.value else ())
            elif isinstance(node, ast.JoinedStr):
                shape = "".join(
                    re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in node.values
                )
                for area in areas:
                    if shape.startswith(f"{area}\\."):
                        shapes.add(shape)
                        shapes.add(f"{area}\\.error{shape.removeprefix(area)}\\.({'|'.join(PARTS)})")
    for path in files("resources", "*.json"):
        if "i18n" not in path.parts:
            strings.update(re.findall(r'"([a-z_]+\.[\w.-]+)"', path.read_text(encoding="utf-8")))
    return strings, re.compile("|".join(sorted(shapes)))


def test_no_text_is_left_over() -> None:
    """A text that nothing names was forgotten when its code went."""
    strings, shapes = _used()
    assert [key for key in catalogue() if key not in strings and not shapes.fullmatch(key)] == []
