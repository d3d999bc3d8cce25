"""A file may hold one message, an array of them, or one a line."""

import json
import time

import pytest

from desktop.protocol.documents_in_file import messages_in
from desktop.protocol.strict_json import UnreadableJSON


def test_one_object_an_array_and_lines():
    assert messages_in(b'{"data":"A"}') == [{"data": "A"}]
    assert messages_in(b'[{"data":"A"},7]') == [{"data": "A"}, 7]
    assert messages_in(b'{"data":"A"}\n\n{"data":"B"}\r\n') == [{"data": "A"}, {"data": "B"}]
    assert messages_in(b'\xef\xbb\xbf{"data":"A"}\n{"data":"B"}') == [{"data": "A"}, {"data": "B"}]
    assert messages_in(b"7") == [7]
    assert messages_in(b"[]") == []


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b'{"a":1}\n{"b":1,}', "protocol.json_syntax", 2),
        (b'{"data":1}\n{"b":1,"b":2}\n', "protocol.duplicate_key", 2),
        (b'{"a":1}\nx', "protocol.json_syntax", 2),
        (b'{\n"a":1,\n}', "protocol.json_syntax", 3),
        (b'{"a"\n{"b":1}', "protocol.json_syntax", 2),
        (b"[1]\n[2]", "protocol.json_syntax", 2),
        (b'{"data":"x","a":1,"a":2}', "protocol.duplicate_key", 1),
        (b'{"rnsShipment":{"a":1,"a":2}}', "protocol.duplicate_key", 1),
        (b'{"\\u0064ata":"x","a":1,"a":2}', "protocol.duplicate_key", 1),
        (b"", "protocol.empty", 0),
    ],
)
def test_faults_name_the_line_of_the_file(data, code, line):
    with pytest.raises(UnreadableJSON) as caught:
        messages_in(data)
    assert (caught.value.code, caught.value.line) == (code, line)
    assert caught.value.values["line"] == line


def test_what_is_no_message_is_read_as_plain_json_allows():
    assert messages_in(b'{"a":"b","a":"c"}') == [{"a": "c"}]


def test_ten_thousand_messages_take_seconds():
    trip = {"data": "ACE_TRIP", "shipments": [{"type": "PAPS", "weight": 1.5} for _ in range(20)]}
    data = json.dumps([trip] * 10_000, indent=1).encode()
    before = time.perf_counter()
    assert len(messages_in(data)) == 10_000
    assert time.perf_counter() - before < 30
