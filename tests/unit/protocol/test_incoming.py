"""Any frame is understood as far as it can be; nothing is lost and nothing raises."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import texts
from desktop.protocol.incoming import decode
from desktop.protocol.kinds import INCOMING
from desktop.protocol.messages import MODELS

GOLDEN = Path(__file__).parents[2] / "golden" / "messages"
RECEIVED = [
    "api-response-ok", "api-response-imported", "api-response-data-error", "ace-response", "aci-response",
    "aci-notice", "rns-shipment",
]  # fmt: skip


@pytest.mark.parametrize("name", RECEIVED)
def test_the_examples_are_read_and_written_without_loss(name):
    raw = (GOLDEN / f"{name}.json").read_bytes()
    got = decode(raw)
    assert got.problem == ""
    assert got.model is not None
    assert json.dumps(got.model.to_json(), sort_keys=True) == json.dumps(json.loads(raw), sort_keys=True)


@pytest.mark.parametrize(
    ("frame", "kind", "problem", "where"),
    [
        (b"", None, "not_json", ""),
        (b"\xff\x00", None, "not_json", ""),
        (b"[" * 100_000, None, "not_json", ""),
        ("PING", None, "not_json", ""),
        (b'"text"', None, "no_object", ""),
        (b"[{}]", None, "no_object", ""),
        (b"{}", None, "no_data", ""),
        (b'{"data":null}', None, "no_data", ""),
        (b'{"data":"ACE_NOTICE","x":1}', "ACE_NOTICE", "unknown_type", ""),
        (b'{"data":"API_RESPONSE"}', "API_RESPONSE", "other_shape", "/status"),
        (b'{"data":"RNS_SHIPMENT","status":{"releaseCode":{"number":4}}}', "RNS_SHIPMENT", "other_shape",
         "/status/releaseCode/number"),
        (b'{"data":"ACI_RESPONSE","errorResponses":[{},[]]}', "ACI_RESPONSE", "other_shape", "/errorResponses/1"),
    ],
)  # fmt: skip
def test_odd_frames_say_what_is_odd(frame, kind, problem, where):
    got = decode(frame)
    assert (got.kind, got.problem, got.where, got.model) == (kind, f"protocol.problem.{problem}", where, None)
    assert texts.has(got.problem)


def test_a_wrapped_message_comes_out_of_its_wrapper():
    got = decode(b'{"rnsShipment":{"cargoControlNumber":"1234PARS1"}}')
    assert got.kind == "RNS_SHIPMENT"
    assert got.value == {"data": "RNS_SHIPMENT", "cargoControlNumber": "1234PARS1"}
    assert decode(b'{"rnsShipment":7}').kind is None
    assert decode(b'{"somethingElse":{}}').kind is None


def _object_of(model):
    members = {}
    for name, field in model.model_fields.items():
        members[name] = _value_of(field.annotation)
    extra = st.dictionaries(st.text(min_size=1).map(lambda text: f"x{text}"), JSON_VALUES, max_size=2)
    return st.tuples(st.fixed_dictionaries({}, optional=members), extra).map(lambda both: {**both[0], **both[1]})


def _value_of(annotation):
    text = str(annotation)
    for model in sorted(ALL_MODELS, key=lambda one: -len(one.__name__)):
        if f".{model.__name__}" in text:
            inner = _object_of(model)
            if "list[" in text:
                return st.none() | st.lists(inner, max_size=3)
            return (st.none() | inner | st.text()) if "str |" in text else st.none() | inner
    if "bool" in text:
        return st.none() | st.booleans()
    if "int | float" in text:
        return st.none() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    if "int" in text:
        return st.none() | st.integers(-(10**30), 10**30)
    return st.none() | st.text()


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
ALL_MODELS = []


def _collect():
    from desktop.protocol import messages

    ALL_MODELS.extend(
        member
        for member in vars(messages).values()
        if isinstance(member, type) and issubclass(member, messages.Message) and member is not messages.Message
    )


_collect()


@st.composite
def accepted(draw):
    kind = draw(st.sampled_from(INCOMING))
    document = {"data": kind, **{k: v for k, v in draw(_object_of(MODELS[kind])).items() if k != "data"}}
    if kind == "API_RESPONSE":
        document["status"] = draw(st.text())
    return document


@given(accepted())
def test_reading_and_writing_any_accepted_message_loses_nothing(document):
    got = decode(json.dumps(document, ensure_ascii=False))
    assert got.problem == ""
    written = got.model.to_json()
    assert written == document
    assert json.dumps(written, sort_keys=True) == json.dumps(document, sort_keys=True)


@given(st.binary(max_size=200) | st.text(max_size=200) | JSON_VALUES.map(json.dumps))
def test_no_frame_raises(frame):
    decode(frame)
