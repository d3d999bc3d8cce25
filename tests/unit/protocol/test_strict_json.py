"""The strict reader takes what RFC 8259 allows and loses nothing; everything else is refused with its place."""

import pytest

from desktop import texts
from desktop.protocol.strict_json import UnreadableJSON, read, read_file_text

GOOD = [
    (b"[]", []),
    (b"{}", {}),
    (b" \t\r\n[ 1 , -0 ]\n", [1, 0]),
    (b'"\\u0041\\n\\/"', "A\n/"),
    (b'"\\ud83d\\ude00"', "\U0001f600"),
    ('"é€"'.encode(), "é€"),
    (b"1.50", 1.5),
    (b"1E-3", 0.001),
    (b"null", None),
    (b"true", True),
    (b"123456789012345678901234567890", 123456789012345678901234567890),
    (b'{"a":{"a":1},"b":[{"a":2},{"a":3}]}', {"a": {"a": 1}, "b": [{"a": 2}, {"a": 3}]}),
    (b"[" * 200 + b"]" * 200, None),
]


@pytest.mark.parametrize(("text", "value"), GOOD[:-1], ids=[str(case[0][:20]) for case in GOOD[:-1]])
def test_reads_what_json_allows(text, value):
    read_value = read(text)
    assert read_value == value
    assert type(read_value) is type(value)


def test_reads_200_levels():
    assert isinstance(read(GOOD[-1][0]), list)


BAD = [
    (b"", "protocol.empty", 0, 0),
    (b" \n", "protocol.empty", 0, 0),
    (b"[1,]", "protocol.json_syntax", 1, 4),
    (b'{"a":\n  tru}', "protocol.json_syntax", 2, 6),
    (b"[1] x", "protocol.json_syntax", 1, 5),
    (b"{'a':1}", "protocol.json_syntax", 1, 2),
    (b'{"a":01}', "protocol.json_syntax", 1, 7),
    (b"[NaN]", "protocol.json_syntax", 1, 2),
    (b"[-Infinity]", "protocol.json_syntax", 1, 3),
    (b'["\x01"]', "protocol.json_syntax", 1, 3),
    (b'["\\ud800"]', "protocol.json_syntax", 1, 9),
    (b'"open', "protocol.json_syntax", 1, 5),
    (b"\xef\xbb\xbf{}", "protocol.json_syntax", 1, 1),
    (b'{\n"a":"\xff"}', "protocol.not_utf8", 2, 6),
    (b"\xff\xfe{\x00}\x00", "protocol.not_utf8", 1, 1),
    (b'{"a":[1,\n1e999]}', "protocol.not_finite", 2, 1),
    (b'{"a":"1e999","b":-1e999}', "protocol.not_finite", 1, 18),
    (b"1" * 4301, "protocol.not_finite", 1, 4301),
    (b"[" + b"-" + b"1" * 4300 + b"]", "protocol.not_finite", 1, 2),
    (b"[" * 100_000, "protocol.too_deep", 1, 201),
    (b"[" * 202 + b"]" * 202, "protocol.too_deep", 1, 201),
    (b'{"a":1,\n "a":2}', "protocol.duplicate_key", 2, 2),
    (b'{"x":[{"a":1},{"a":2}],"a":{"a":1},\n  "\\u0078":1}', "protocol.duplicate_key", 2, 3),
]


@pytest.mark.parametrize(("text", "code", "line", "column"), BAD, ids=[f"{n} {case[1]}" for n, case in enumerate(BAD)])
def test_refuses_with_code_and_place(text, code, line, column):
    with pytest.raises(UnreadableJSON) as caught:
        read(text)
    assert caught.value.code == code
    assert (caught.value.line, caught.value.column) == (line, pytest.approx(column, abs=1))
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("code", sorted({case[1] for case in BAD} | {"protocol.too_large"}))
def test_every_refusal_has_title_text_and_remedy(code):
    values = {"line": 1, "column": 2, "what": "w", "name": "n", "size": 3, "limit": 2}
    name = code.removeprefix("protocol.")
    for part in ("title", "text", "remedy"):
        assert texts.text(f"protocol.error.{name}.{part}", **values)


def test_size_limit_counts_bytes():
    assert read("é" * 0 + '"é"', max_bytes=4) == "é"
    with pytest.raises(UnreadableJSON) as caught:
        read('"éé"', max_bytes=4)
    assert caught.value.code == "protocol.too_large"
    assert caught.value.values["size"] == 6


def test_text_with_half_a_character_is_refused():
    with pytest.raises(UnreadableJSON) as caught:
        read('{"a":\n"\ud800"}')
    assert (caught.value.code, caught.value.line, caught.value.column) == ("protocol.not_utf8", 2, 2)


def test_a_byte_order_mark_is_passed_over_in_files_only():
    assert read_file_text(b'\xef\xbb\xbf{"a":1}') == {"a": 1}


def test_repeated_names_may_be_let_through():
    assert read(b'{"a":1,"a":2}', may_repeat_names=True) == {"a": 2}
