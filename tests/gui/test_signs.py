"""Road signs: told apart by shape, said in words, in every colour scheme."""

import itertools

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter

from desktop.domain.lifecycle import Category, Clearance, Customs, Delivery, LinkState, Regime, Verdict
from desktop.ui import colours, signs
from desktop.ui.signs import Sign, SignLabel
from desktop.validation.issue import Severity

SCHEMES = [colours.LIGHT, colours.DARK, colours.CONTRAST_DARK, colours.CONTRAST_LIGHT]
SHAPES = {sign.shape: sign for sign in Sign}


def picture(sign, size, scheme, form=QImage.Format.Format_RGB32):
    image = QImage(size, size, QImage.Format.Format_RGB32)
    image.fill(scheme.surface)
    painter = QPainter(image)
    signs.paint_sign(painter, QRect(0, 0, size, size), sign, scheme)
    painter.end()
    return image.convertToFormat(form)


def difference(one, other):
    """How much of the sign's ink is elsewhere in the other one."""

    def dark(image):
        return {
            (x, y)
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).lightness() < 170
        }

    mine, theirs = dark(one), dark(other)
    return len(mine ^ theirs) / max(len(mine), len(theirs))


@pytest.mark.parametrize("sign", list(Sign))
def test_every_sign_has_a_word_and_colours(qapp, sign):
    assert signs.word(sign)
    for scheme in SCHEMES:
        assert signs.word_colour(sign, scheme).isValid()
        assert signs.glyph_colour(sign, scheme).isValid()
        assert signs.tint(sign, scheme).isValid()


def test_shapes_are_told_apart_in_grey_at_14_pixels(qapp):
    uncoloured = {(sign.shape.outline, sign.shape.is_filled, sign.shape.mark): sign for sign in Sign}
    pictures = {sign: picture(sign, 14, colours.LIGHT, QImage.Format.Format_Grayscale8) for sign in uncoloured.values()}
    for one, other in itertools.combinations(pictures, 2):
        assert difference(pictures[one], pictures[other]) > 0.04, (one, other)


def test_filled_means_act_except_for_good_and_practice():
    for sign in Sign:
        shape = sign.shape
        if shape.is_filled:
            assert shape.role in {"attention", "stop", "good", "practice"}
        else:
            assert shape.role in {"slate", "good", "unknown"}
        assert (shape.outline.name == "DASHED") == (shape.role == "unknown")
        assert (shape.outline.name == "OCTAGON") == (shape.role == "stop")


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda made: made.scheme.value)
def test_signs_stay_inside_their_place(qapp, scheme):
    for sign in SHAPES.values():
        image = QImage(30, 30, QImage.Format.Format_RGB32)
        image.fill(scheme.surface)
        painter = QPainter(image)
        signs.paint_sign(painter, QRect(5, 5, 20, 20), sign, scheme)
        painter.end()
        edge = [(x, y) for x in range(30) for y in range(30) if not (4 <= x < 26 and 4 <= y < 26)]
        assert all(image.pixelColor(x, y) == scheme.surface for x, y in edge)


def test_every_state_has_a_sign():
    assert {signs.verdict_sign(verdict) for verdict in Verdict} == {Sign.GO, Sign.WAIT, Sign.STOP, Sign.NOT_KNOWN}
    assert len({signs.delivery_sign(delivery) for delivery in Delivery}) == len(Delivery)
    assert len({signs.clearance_sign(clearance) for clearance in Clearance}) == len(Clearance)
    assert len({signs.category_sign(category) for category in Category}) == len(Category)
    assert len({signs.link_sign(state) for state in LinkState}) == len(LinkState)
    assert [signs.severity_sign(severity) for severity in Severity] == [Sign.ERROR, Sign.ASK, Sign.HINT]


def test_waits_and_stops_say_which():
    assert signs.verdict_sign(Verdict.WAIT, must_act=True) is Sign.WAIT_ACT
    assert signs.verdict_sign(Verdict.GO, must_act=True) is Sign.GO
    assert signs.verdict_sign(Verdict.STOP, why=Clearance.HOLD) is Sign.STOP_HOLD
    assert signs.verdict_sign(Verdict.STOP, why=Clearance.EXAM) is Sign.STOP_EXAM
    assert signs.verdict_sign(Verdict.STOP, why=Customs.REFUSED) is Sign.STOP_RETURNED
    assert signs.verdict_sign(Verdict.STOP, why=Customs.ON_FILE) is Sign.STOP


def test_accepted_cleared_and_released_look_different():
    accepted, cleared, released = (
        Sign.ON_FILE,
        signs.clearance_sign(Clearance.SET),
        signs.clearance_sign(Clearance.RELEASED),
    )
    assert len({accepted.shape, cleared.shape, released.shape}) == 3


def test_not_matched_needs_somebody_only_near_the_arrival():
    assert signs.clearance_sign(Clearance.NOT_MATCHED).shape.role == "slate"


def test_practice_hides_no_trouble():
    assert signs.link_sign(LinkState.CONNECTED, is_practice=True) is Sign.PRACTICE
    assert signs.link_sign(LinkState.SILENT, is_practice=True) is Sign.SILENT


def test_a_name_this_version_does_not_know_is_shown_as_not_known():
    assert signs.sign_named("rejected") is Sign.REJECTED
    assert signs.sign_named("cleared") is Sign.ENTRY_ON_FILE
    assert signs.sign_named("brand_new") is Sign.UNRECOGNISED
    for category in Category:
        assert signs.sign_named(category.value) is signs.category_sign(category)
    for clearance in Clearance:
        assert signs.sign_named(clearance.value).shape.role == signs.clearance_sign(clearance).shape.role


@pytest.mark.parametrize(
    ("customs", "more", "filled", "marks", "words"),
    [
        (Customs.NONE, {}, 1, (), "Draft"),
        (Customs.NONE, {"delivery": Delivery.NOT_SURE}, 2, (), "Sent, no answer"),
        (Customs.TRANSMITTED, {}, 2, (), "Sent"),
        (Customs.TRANSMITTED, {"is_answer_late": True}, 2, (), "Sent, no answer"),
        (Customs.PRELIMINARY, {}, 2.5, (), "Preliminary on file"),
        (Customs.ON_FILE, {"shipments": 3}, 3, (), "On file"),
        (Customs.ON_FILE, {"shipments": 4, "cleared": 3}, 3.75, (), "On file · 3/4 cleared"),
        (Customs.ON_FILE, {"shipments": 3, "cleared": 3, "holds": 1}, 4, (), "Cleared · 1 hold"),
        (Customs.ON_FILE, {"shipments": 1, "has_exam": True}, 3, (), "On file · exam"),
        (Customs.ON_FILE, {"shipments": 1, "is_matched": True}, 3, (), "On file"),
        (Customs.CLEARED, {"shipments": 2, "cleared": 2, "holds": 1}, 4, (), "Cleared · 1 hold"),
        (Customs.ARRIVED, {"holds": 2}, 5, (), "Arrived · 2 holds"),
        (Customs.RELEASED, {}, 6, (), "Released"),
        (Customs.REFUSED, {}, 2, (3,), "Returned"),
        (Customs.CANCELLED, {}, 0, (), "Cancelled"),
        (Customs.UNKNOWN, {}, 2, (), "Sent, answer not recognised"),
    ],
)
def test_the_ladder_shows_how_far_it_got(customs, more, filled, marks, words):
    assert signs.ladder(customs, regime=Regime.ACE, **more) == (filled, marks, words)


def test_canada_has_words_of_its_own():
    def word(customs, **more):
        return signs.ladder(customs, regime=Regime.ACI, shipments=3, **more).word

    assert word(Customs.ON_FILE, cleared=2) == "On file · 2/3 cleared"
    assert word(Customs.ON_FILE, is_matched=True) == "On file, matched"
    assert word(Customs.RELEASED, cleared=3, has_cfia=True) == "Released · CFIA hold"


def test_the_ladder_fills_its_segments(qapp):
    image = QImage(signs.LADDER_SIZE.width(), 20, QImage.Format.Format_RGB32)
    image.fill(colours.LIGHT.surface)
    painter = QPainter(image)
    signs.paint_ladder(painter, QRect(0, 0, 88, 20), 4, (), colours.LIGHT)
    painter.end()
    middles = [image.pixelColor(6 + 15 * place, 10) for place in range(6)]
    light = colours.LIGHT
    assert middles == [light.slate] * 3 + [light.good] + [light.track] * 2
    painter = QPainter(image)
    signs.paint_ladder(painter, QRect(0, 0, 88, 20), 2, (3,), colours.LIGHT)
    painter.end()
    assert image.pixelColor(32, 10) == light.stop


def test_a_sign_as_a_widget_says_its_word(qtbot):
    label = SignLabel(Sign.ERROR, 18)
    qtbot.addWidget(label)
    assert label.accessibleName() == "Must be fixed"
    label.set_sign(Sign.WAIT, "Wait, booth from 13:32")
    assert (label.sign, label.accessibleName()) == (Sign.WAIT, "Wait, booth from 13:32")
    assert label.sizeHint().width() == 18
    image = label.grab().toImage()
    assert len({image.pixelColor(x, y).rgb() for x in range(18) for y in range(18)}) > 2


def test_a_pixmap_is_sharp_on_a_fine_screen(qapp):
    made = signs.sign_pixmap(Sign.GO, 14, colours.LIGHT, 2.0)
    assert (made.width(), made.devicePixelRatio()) == (28, 2.0)
