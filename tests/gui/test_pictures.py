"""Nothing on any screen is cut, overlaps, lies outside or is too faint: a share of what `tests/pictures.py` measures."""

from __future__ import annotations

import pytest
from fakes.screens import dialogs, editors, pages
from pictures import Look, look_at

from desktop.domain.lifecycle import Regime
from desktop.ui.colours import Scheme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

USUAL = Look(Scheme.LIGHT, 1, (1366, 736))
LARGE = Look(Scheme.DARK, 2, (1366, 736))


@pytest.mark.parametrize(
    ("look", "share"),
    [
        (USUAL, lambda: [*pages(), *dialogs()]),
        (USUAL, lambda: editors(Regime.ACE)),
        (LARGE, lambda: [*pages(), *dialogs()]),
        (LARGE, lambda: editors(Regime.ACI)),
    ],
    ids=["usual", "usual-ace", "large", "large-aci"],
)
def test_every_word_can_be_read(run_qt, look, share):
    assert run_qt(look_at(look, share())) == []
