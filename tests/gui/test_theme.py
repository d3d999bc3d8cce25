"""Colours that can be read, a palette that follows, icons that can be drawn."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QColor, QFontInfo, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QPushButton

from desktop.errors import Bug
from desktop.ui import colours, fonts, icon, theme
from desktop.ui.colours import Scheme

RESOURCES = Path(__file__).parents[2] / "resources"
OWN = [colours.LIGHT, colours.DARK, colours.CONTRAST_DARK, colours.CONTRAST_LIGHT]
TEXT_ROLES = ["text", "text2", "accent", "good", "attention", "stop", "unknown", "practice", "slate"]
GLYPH_ROLES = ["strong", "slate", "good", "attention_glyph", "stop", "unknown", "practice"]
TINTED = ["good", "attention", "stop", "unknown", "practice"]
ICONS = sorted(path.stem for path in (RESOURCES / "icons").glob("*.svg"))


@pytest.fixture
def app(qapp):
    """The application, as it was before."""
    style, palette, font, sheet = qapp.style().name(), qapp.palette(), qapp.font(), qapp.styleSheet()
    yield qapp
    theme.apply(qapp)
    qapp.setStyleSheet(sheet)
    qapp.setStyle(style)
    qapp.setPalette(palette)
    qapp.setFont(font)


def luminance(colour):
    def linear(part):
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", OWN, ids=lambda made: made.scheme.value)
def test_text_and_glyphs_can_be_read_on_every_ground(scheme):
    for ground in (scheme.surface, scheme.window):
        for role in TEXT_ROLES:
            assert contrast(scheme.role(role), ground) >= 4.5, role
        for role in GLYPH_ROLES:
            assert contrast(scheme.role(role), ground) >= 3.0, role
    for role in TINTED:
        assert contrast(scheme.role(role), scheme.role(f"{role}_tint")) >= 4.5, role
    for ground in (scheme.selection, scheme.hover):
        assert contrast(scheme.text, ground) >= 4.5
        assert contrast(scheme.text2, ground) >= 4.5
        for role in set(GLYPH_ROLES) - {"strong"}:
            assert contrast(scheme.role(role), ground) >= 3.0, role
    assert contrast(scheme.on_accent, scheme.accent) >= 4.5


def test_a_scheme_sets_palette_and_colours(app):
    theme.apply(app, Scheme.DARK)
    assert theme.colours() is colours.DARK
    assert app.palette().color(QPalette.ColorRole.Base) == colours.DARK.surface
    assert app.palette().color(QPalette.ColorRole.PlaceholderText) == colours.DARK.text2
    assert theme.colours().is_dark
    theme.apply(app, Scheme.CONTRAST_LIGHT)
    assert theme.colours().is_contrast
    assert not theme.colours().is_dark


def test_without_a_scheme_it_follows_the_system_live(app, monkeypatch):
    theme.apply(app)
    assert theme.colours() is colours.LIGHT
    monkeypatch.setattr(theme, "_system_scheme", lambda _app: Scheme.DARK)
    app.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.colours() is colours.DARK
    theme.apply(app, Scheme.LIGHT)
    app.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.colours() is colours.LIGHT


def test_a_contrast_theme_of_the_system_has_no_tints_and_one_glyph_colour():
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.WindowText, QColor("#FFFF00"))
    palette.setColor(QPalette.ColorRole.Base, QColor("#000000"))
    made = colours.from_palette(palette)
    assert made.stop == made.good == made.attention_glyph == QColor("#FFFF00")
    assert made.stop_tint == made.selection == QColor("#000000")
    assert made.is_contrast


def test_a_role_that_is_none_is_a_bug():
    with pytest.raises(Bug):
        colours.LIGHT.role("scheme")
    with pytest.raises(Bug):
        colours.LIGHT.role("purple")
    with pytest.raises(Bug):
        colours.own(Scheme.SYSTEM_CONTRAST)


def test_fonts_are_in_order_of_their_size_with_the_bundled_family(app):
    sizes = [theme.font(token).pointSizeF() for token in ("caption", "body", "heading", "reader", "title", "guide")]
    assert sizes == sorted(set(sizes))
    assert QFontInfo(theme.font("body")).family() == fonts.SHEET_FAMILY
    assert theme.font("strong").weight() > theme.font("body").weight()
    assert theme.line_height("caption") == 16


def test_the_style_sheet_keeps_its_hands_off_native_controls():
    lines = (RESOURCES / "app.qss").read_text(encoding="utf-8").splitlines()
    assert len(lines) < 80
    rules = [line.split("[")[0] for line in lines if "{" in line]
    assert set(rules) == {"QFrame", "QLabel"}
    for made in OWN:
        assert "@" not in theme.style_sheet(made)


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_can_be_drawn_and_fills_its_place(app, name):
    image = icon.pixmap(name, QColor("#000000"), 24).toImage()
    inked = [(x, y) for x in range(24) for y in range(24) if image.pixelColor(x, y).alpha() > 60]
    assert len(inked) > 12
    assert max(max(x, y) for x, y in inked) < 24


def test_the_rail_has_a_filled_variant_of_each_place():
    for place in (
        "crossings",
        "trips",
        "shipments",
        "drivers",
        "equipment",
        "partners",
        "inbox",
        "declarations",
        "settings",
    ):
        assert {place, f"{place}-filled"} <= set(ICONS)


def test_icons_are_our_own_drawings_in_one_manner():
    for name in ICONS:
        drawing = (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")
        assert 'viewBox="0 0 24 24"' in drawing
        if not name.startswith(("app", "tray")):
            assert 'stroke="currentColor" stroke-width="1.5"' in drawing
            assert "#" not in drawing


def test_an_icon_follows_the_colours(app):
    theme.apply(app, Scheme.LIGHT)
    button, action = QPushButton(), QAction()
    theme.set_icon(button, "send", "accent")
    theme.set_icon(action, "print")
    before = button.icon().pixmap(16, 16).toImage()
    plain = action.icon().pixmap(16, 16, QIcon.Mode.Disabled).toImage()
    theme.apply(app, Scheme.DARK)
    assert button.icon().pixmap(16, 16).toImage() != before
    assert action.icon().pixmap(16, 16, QIcon.Mode.Disabled).toImage() != plain


def test_an_unknown_icon_is_a_bug(app):
    with pytest.raises(Bug):
        theme.icon("no such icon")


def test_a_primary_button_is_accented_by_palette_alone(app):
    theme.apply(app, Scheme.LIGHT)
    button = QPushButton()
    theme.set_primary(button)
    assert button.palette().color(QPalette.ColorRole.Button) == colours.LIGHT.accent
    assert button.styleSheet() == ""
    theme.apply(app, Scheme.DARK)
    assert button.palette().color(QPalette.ColorRole.Button) == colours.DARK.accent


def test_those_who_ask_hear_of_other_colours(app):
    heard = []

    def hear():
        heard.append(theme.colours().scheme)

    stop = theme.on_change(hear)
    theme.apply(app, Scheme.DARK)
    stop()
    theme.apply(app, Scheme.LIGHT)
    assert heard == [Scheme.DARK]


def test_the_bundled_font_is_loaded_once(app):
    assert fonts.ensure_fonts() == fonts.ensure_fonts() == "Roboto"
    assert QGuiApplication.platformName() == "offscreen"
    assert fonts.window_font().family() == "Roboto"
