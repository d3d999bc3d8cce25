"""In a language that needs 40 % more room nothing is cut (French does; ui design 7 and 8)."""

import pytest
from fakes.desk import FakeDesk
from fakes.window import opened

from desktop import texts
from desktop.ui.place import Place
from desktop.ui.room import cramped

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what the screenless platform lacks


class Stretched(texts.Catalogue):
    """English with two letters more for every five."""

    def text(self, key, **values):
        said = super().text(key, **values)
        extra = round(len(said) * 0.4)
        return said + "\u00e9" * extra if extra and len(said) > 1 else said


@pytest.mark.parametrize("size", [(1366, 736), (1024, 700), (640, 360)])
def test_stretched_words_fit(run_qt, monkeypatch, size):
    monkeypatch.setattr(texts, "_current", Stretched())

    async def main():
        async with opened(FakeDesk(is_practice=True), size=size) as it:
            for place in (Place.TRIPS, Place.INBOX, Place.SETTINGS):
                it.window.go_to(place)
                await it.settle()
                assert [str(found) for found in cramped(it.window)] == []
                assert (it.window.width(), it.window.height()) == size

    run_qt(main())
