"""The catalogue in several languages at once."""

import asyncio

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
    with texts.speaking("fr"):
        assert texts.text("window.place.settings") == "Settings"
        assert texts.has("window.place.settings")
    with texts.speaking("xx"):
        assert texts.text("sheet.page", page=1, pages=2) == "Page 1 of 2"
