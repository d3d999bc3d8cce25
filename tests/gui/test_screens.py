"""Every dialog stands in the registry, so that the walks by Tab, screen reader and camera meet it."""

from fakes.screens import DIALOGS, dialog_classes


def test_every_dialog_is_in_the_registry(qapp):
    new = sorted(dialog_classes() - set(DIALOGS))
    gone = sorted(set(DIALOGS) - dialog_classes())
    assert not new, f"add what makes them to DIALOGS in tests/fakes/screens.py, one line each: {new}"
    assert not gone, f"take them out of DIALOGS in tests/fakes/screens.py: {gone}"
