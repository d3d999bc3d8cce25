"""A sheet written from the window says the same as one written without it."""

import pypdfium2
from fakes.desk import FakeDesk

from desktop.ui import paper, theme


def test_the_windows_own_digits_do_not_reach_the_paper(qapp, run):
    theme.apply(qapp)  # its fonts have digits of equal width, which a PDF reader cannot read back as text
    desk = FakeDesk()
    document = pypdfium2.PdfDocument(paper.pdf(run(desk.sheets.summary(desk.stored[0].id))))
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert "AAAA123458A" in text
    assert "2026-11-24" in text or "24 Nov 2026" in text
