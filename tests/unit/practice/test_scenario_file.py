"""Scenario files: good ones are read, malformed ones get a sentence with the place."""

from __future__ import annotations

import json

import pytest

from desktop import assets
from desktop.errors import UsageError
from desktop.practice import scenario_file
from desktop.practice.personality import Personality, switches
from desktop.practice.scenario import EVENTS, Director, Happening
from desktop.texts import text


def sentence(error):
    _, name = error.code.split(".")
    return text(f"practice.error.{name}.text", **error.values)


def test_reads_every_part(tmp_path):
    file = tmp_path / "own.json"
    whole = {
        "about": "my own",
        "seed": 7,
        "personality": {"redeliver": "no", "idle_close_s": 2.5},
        "steps": [
            {
                "on": "send_request",
                "match": {"regime": "ACE", "version": 1, "trip": "AAAA*"},
                "times": 2,
                "skip": 1,
                "do": [{"do": "answer", "after_s": 1, "repeat": 3}, {"do": "customs"}, {"do": "close", "code": 1012}],
            },
            {"on": "time", "at_s": 5, "do": [{"do": "send", "message": {"data": "SYSTEM_ALERT", "message": "{now}"}}]},
        ],
    }
    file.write_text(json.dumps(whole), encoding="utf-8-sig")
    scenario = scenario_file.load(str(file))
    assert (scenario.seed, scenario.personality) == (7, Personality(redeliver="no", idle_close_s=2.5))
    first, second = scenario.steps
    assert (first.on, first.times, first.skip, second.at_s) == ("send_request", 2, 1, 5)
    assert [(action.do, action.after_s, action.repeat) for action in first.do] == [
        ("answer", 1, 3),
        ("customs", 0.4, 1),
        ("close", 0.0, 1),
    ]
    assert first.do[2].values == {"code": 1012}


def test_no_scenario_is_accept():
    assert scenario_file.load(None).name == "accept"
    assert scenario_file.load(None).steps == ()


def test_an_empty_object_is_a_scenario():
    assert scenario_file.read("{}", "x").personality == Personality()


WRONG = [
    ("[]", "/", "this must be an object in braces."),
    ('{"step": []}', "/", '"step" is not known here; known are about, day, personality, seed, steps.'),
    ('{"seed": -1}', "/seed", "this value is not allowed here."),
    ('{"seed": true}', "/seed", "this value is not allowed here."),
    ('{"personality": []}', "/personality", "this must be an object in braces."),
    ('{"personality": {"redeliver": "maybe"}}', "/personality/redeliver", "this must be one of yes, no."),
    ('{"personality": {"idle_close_s": "no"}}', "/personality/idle_close_s", "this must be a number from 0 up."),
    (
        '{"personality": {"mood": 1}}',
        "/personality/mood",
        f"there is no such switch; known are {', '.join(switches())}.",
    ),
    ('{"steps": {}}', "/steps", "this must be a list in brackets."),
    ('{"steps": [1]}', "/steps/0", "this must be an object in braces."),
    (
        '{"steps": [{"on": "noon", "do": []}]}',
        "/steps/0/on",
        "this must be one of upgrade, connect, upload, send_request, time.",
    ),
    ('{"steps": [{"on": "upload"}]}', "/steps/0", '"do" is missing; it may be an empty list.'),
    ('{"steps": [{"on": "upload", "times": 0, "do": []}]}', "/steps/0/times", "this value is not allowed here."),
    ('{"steps": [{"on": "time", "at_s": NaN, "do": []}]}', "/steps/0/at_s", "this value is not allowed here."),
    ('{"steps": [{"on": "upload", "match": {"colour": 1}, "do": []}]}', "/steps/0/match", None),
    ('{"steps": [{"on": "upload", "do": ["answer"]}]}', "/steps/0/do/0", "this must be an object in braces."),
    (
        '{"steps": [{"on": "upload", "do": [{"do": "deny"}]}]}',
        "/steps/0/do/0/do",
        "this must be one of answer, import, refuse, send, garbage, close, drop, freeze.",
    ),
    ('{"steps": [{"on": "upload", "do": [{"do": ["answer"]}]}]}', "/steps/0/do/0/do", None),
    ('{"steps": [{"on": "upload", "do": [{"do": "answer", "code": 1}]}]}', "/steps/0/do/0", None),
    (
        '{"steps": [{"on": "upload", "do": [{"do": "answer", "after_s": -1}]}]}',
        "/steps/0/do/0/after_s",
        "this value is not allowed here.",
    ),
    (
        '{"steps": [{"on": "upload", "do": [{"do": "answer", "repeat": 1.5}]}]}',
        "/steps/0/do/0/repeat",
        "this value is not allowed here.",
    ),
    ('{"steps": [{"on": "upload", "do": [{"do": "refuse"}]}]}', "/steps/0/do/0", '"note" is missing.'),
    (
        '{"steps": [{"on": "upload", "do": [{"do": "refuse", "note": "x", "status": "NO"}]}]}',
        "/steps/0/do/0/status",
        None,
    ),
    ('{"steps": [{"on": "send_request", "do": [{"do": "reject"}]}]}', "/steps/0/do/0", '"reason" is missing.'),
    ('{"steps": [{"on": "send_request", "do": [{"do": "reject", "reason": "rain"}]}]}', "/steps/0/do/0/reason", None),
    ('{"steps": [{"on": "upload", "do": [{"do": "send"}]}]}', "/steps/0/do/0", 'name one of "use" and "message".'),
    ('{"steps": [{"on": "upload", "do": [{"do": "send", "use": "rns", "message": {}}]}]}', "/steps/0/do/0", None),
    ('{"steps": [{"on": "upload", "do": [{"do": "send", "use": "smoke"}]}]}', "/steps/0/do/0/use", None),
    (
        '{"steps": [{"on": "upload", "do": [{"do": "send", "message": {"a": ["{plate}"]}}]}]}',
        "/steps/0/do/0/message",
        "nothing is known by the name plate.",
    ),
    (
        '{"steps": [{"on": "upload", "do": [{"do": "send", "use": "rns", "with": {"plate": 1}}]}]}',
        "/steps/0/do/0/with",
        "nothing is known by the name plate.",
    ),
    ('{"steps": [{"on": "upload", "do": [{"do": "garbage", "kind": "odd"}]}]}', "/steps/0/do/0/kind", None),
    ('{"steps": [{"on": "upload", "do": [{"do": "garbage"}]}]}', "/steps/0/do/0", '"kind" is missing.'),
    ('{"steps": [{"on": "upload", "do": [{"do": "close", "code": 1006}]}]}', "/steps/0/do/0/code", None),
    ('{"steps": [{"on": "upgrade", "do": [{"do": "respond", "status": 599}]}]}', "/steps/0/do/0/status", None),
    ('{"steps": [{"on": "upgrade", "do": [{"do": "respond", "status": 101}]}]}', "/steps/0/do/0/status", None),
    ('{"steps": [{"on": "upgrade", "do": [{"do": "respond"}]}]}', "/steps/0/do/0", '"status" is missing.'),
    (
        '{"steps": [{"on": "upgrade", "do": [{"do": "drop"}]}]}',
        "/steps/0/do/0/do",
        "this must be one of respond.",
    ),
]


@pytest.mark.parametrize(("content", "where", "problem"), WRONG)
def test_a_malformed_scenario_gets_a_sentence_with_the_place(content, where, problem):
    with pytest.raises(UsageError) as wrong:
        scenario_file.read(content, "mine.json")
    assert wrong.value.code == "practice.scenario_wrong"
    assert wrong.value.exit_code == 2
    assert sentence(wrong.value).startswith(f"mine.json, at {where}: ")
    if problem is not None:
        assert sentence(wrong.value) == f"mine.json, at {where}: {problem}"


@pytest.mark.parametrize(("content", "line", "column"), [("", 1, 1), ('{\n  "seed": }', 2, 11), ("[" * 100_000, 1, 1)])
def test_a_file_that_is_no_json_is_named_with_line_and_column(content, line, column):
    with pytest.raises(UsageError) as wrong:
        scenario_file.read(content, "mine.json")
    assert sentence(wrong.value) == f"mine.json is not JSON: line {line}, column {column}."


@pytest.mark.parametrize("name", ["no-such-scenario", "", "\0", ".", "../codes/genders"])
def test_a_name_that_is_neither_built_in_nor_a_file_is_refused(name):
    with pytest.raises(UsageError) as missing:
        scenario_file.load(name)
    assert missing.value.code == "practice.scenario_missing"
    assert "accept, access-denied" in text("practice.error.scenario_missing.remedy", **missing.value.values)


def test_a_file_in_another_encoding_or_too_large_is_refused(tmp_path):
    latin = tmp_path / "latin.json"
    latin.write_bytes('{"about": "d\xe9lai"}'.encode("latin-1"))
    with pytest.raises(UsageError, match="scenario_not_json"):
        scenario_file.load(str(latin))
    large = tmp_path / "large.json"
    large.write_text(" " * (1024 * 1024 + 1))
    with pytest.raises(UsageError) as wrong:
        scenario_file.load(str(large))
    assert "larger than 1 MB" in sentence(wrong.value)


def test_a_directors_steps_count_what_they_match():
    scenario = scenario_file.read(
        json.dumps(
            {
                "steps": [
                    {"on": "upload", "match": {"trip": "AAAA*"}, "skip": 1, "times": 1, "do": []},
                    {"on": "upload", "match": {"version": 2}, "do": [{"do": "import"}]},
                ]
            }
        ),
        "x",
    )
    director = Director(scenario)
    trips = [("AAAA1", 1), ("BBBB1", 2), ("AAAA2", 1), ("AAAA3", 1), (None, None)]
    played = [
        [action.do for action in director.actions(Happening("upload", {"trip": trip, "version": version}))]
        for trip, version in trips
    ]
    assert played == [["answer"], ["import"], [], ["answer"], ["answer"]]


def test_the_guide_names_every_switch_action_and_fact():
    guide = assets.read_text("practice/README.md")
    for name, choices in switches().items():
        row = next(line for line in guide.splitlines() if line.startswith(f"| `{name}` |"))
        assert [word for word in choices if f"`{word}`" not in row] == []
        assert not choices or row.index(f"`{getattr(Personality(), name)}`") == row.index("`", row.index("| ", 2))
    for name in (*scenario_file.ACTIONS, *EVENTS):
        assert f"`{name}`" in guide
    for fact in scenario_file._FACTS:
        assert f"`{fact}`" in guide


def test_the_example_of_the_guide_is_a_scenario():
    example = assets.read_text("practice/README.md").split("```json\n")[1].split("```")[0]
    assert len(scenario_file.read(example, "guide").steps) == 2
