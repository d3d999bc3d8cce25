"""The catalogue in several languages at once."""

import asyncio
import json

from desktop import texts


def test_a_sheet_speaks_its_language_and_nobody_else_hears_it():
    """Two tasks at once: each in its own language, the rest of the program in its own."""

    async def said(tongue):
        with texts.speaking(tongue):
            await asyncio.sleep(0)
            return texts.language(), texts.text("sheet.page", page=1, pages=2)

    async def main():
        both = await asyncio.gather(said("fr"), said("en"))
        return [*both, (texts.language(), texts.text("sheet.page", page=1, pages=2))]

    assert asyncio.run(main()) == [("fr", "Page 1 de 2"), ("en", "Page 1 of 2"), ("en", "Page 1 of 2")]


def test_what_a_language_lacks_is_said_in_english():
    with texts.speaking("xx"):
        assert texts.text("sheet.page", page=1, pages=2) == "Page 1 of 2"
        assert texts.has("window.place.settings")


def test_a_language_begins_with_one_text(monkeypatch, tmp_path):
    """Spanish of Mexico is prepared: what its folder has is said in it, the rest in English, text by text."""
    folder = tmp_path / "i18n" / "es-MX"
    folder.mkdir(parents=True)
    (folder / "window.json").write_text('{"place.settings": "Ajustes"}', encoding="utf-8")
    ours, read_ours = texts.assets.has, texts.assets.read_json

    def read(name):
        file = tmp_path / name
        return json.loads(file.read_text(encoding="utf-8")) if file.exists() else read_ours(name)

    monkeypatch.setattr(texts.assets, "has", lambda name: (tmp_path / name).exists() or ours(name))
    monkeypatch.setattr(texts.assets, "read_json", read)
    monkeypatch.setattr(texts, "_others", {})
    with texts.speaking("es-MX"):
        assert texts.text("window.place.settings") == "Ajustes"
        assert texts.text("window.place.trips") == "Trips"
        assert texts.text("sheet.page", page=1, pages=2) == "Page 1 of 2"


def test_french_says_none_in_the_singular():
    counted = []
    for tongue in ("en", "fr"):
        with texts.speaking(tongue):
            counted.append([texts.text("window.shipments", count=count) for count in (0, 1, 2)])
    assert counted == [
        ["0 shipments", "1 shipment", "2 shipments"],
        ["0 expédition", "1 expédition", "2 expéditions"],
    ]
