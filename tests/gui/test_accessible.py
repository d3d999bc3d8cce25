"""Every screen by keyboard and by ear: names, roles, remarks, Tab, access keys (ui design 8)."""

from __future__ import annotations

import asyncio
from collections import defaultdict

import pytest
from fakes import walks
from fakes.screens import Screen, ScreensDesk, dialogs, editors, pages, visiting
from fakes.window import opened
from PySide6.QtWidgets import QApplication

from desktop.domain.lifecycle import Regime

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CHECKS = {
    "name": walks.nameless,
    "remark": walks.undescribed,
    "key": walks.clashing,
    "tab": walks.by_tab,  # the last: it moves the focus
}
SHARES = {
    "pages": pages,
    "dialogs": dialogs,
    "ace": lambda: editors(Regime.ACE),
    "aci": lambda: editors(Regime.ACI),
}


async def _visit(screens: list[Screen]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    async with opened(ScreensDesk(is_practice=True)) as it:
        for screen in screens:
            async with visiting(it, screen) as widget:
                await asyncio.sleep(0)
                for name, check in CHECKS.items():
                    found[name] += [f"{screen.name}: {fault}" for fault in check(widget)]
                popup = QApplication.activePopupWidget()
                if popup is not None:
                    popup.close()
    return dict(found)


@pytest.mark.parametrize("share", SHARES)
def test_every_control_has_a_name_a_role_and_its_remark_and_tab_comes_to_it(run_qt, share):
    found = run_qt(_visit(SHARES[share]()))
    assert {name: faults for name, faults in found.items() if faults} == {}
