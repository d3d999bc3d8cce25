"""Every kind of message can be read in the reader: a share of what `tests/card_pictures.py` measures."""

from __future__ import annotations

import asyncio

import pytest
from card_pictures import gathered, look_at
from fakes.messages import EVERY
from pictures import Look

from desktop.ui.colours import Scheme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LONG = ("ace-combined", "aci-refused-linked", "ace-refused-shipment_on_file", "rns-other_office", "api-sync_error")
SHARE = tuple(dict.fromkeys((*LONG, *list(EVERY)[::5])))


@pytest.fixture(scope="module")
def messages():
    with asyncio.Runner() as runner:
        found = runner.run(gathered(SHARE))
    return {name: found[name] for name in SHARE}


@pytest.mark.parametrize(
    "look",
    [Look(Scheme.LIGHT, 1, (1366, 736)), Look(Scheme.DARK, 1, (1366, 736)), Look(Scheme.LIGHT, 2, (1366, 736))],
    ids=str,
)
def test_every_word_of_every_kind_can_be_read(run_qt, messages, look):
    assert run_qt(look_at(look, messages)) == []


def test_every_message_says_what_happened_and_no_two_steps_are_the_same(messages):
    for name, one in messages.items():
        assert one.happened, name
        words = [step.text for step in one.steps]
        assert len(words) == len(set(words)), name
        assert all(step.button for step in one.steps if step.does), name
