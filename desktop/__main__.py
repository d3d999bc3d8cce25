"""Entry of `emanifest-desk`: asks a running owner first, without Qt, then starts the window program."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from desktop.settings.start import Options

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def options_from(arguments: Sequence[str] | None = None) -> Options:
    """Return what was asked for on the command line; wrong usage ends the program with exit code 2."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    return _plain(given) or _parsed(given)


def _plain(given: list[str]) -> Options | None:
    """Return what whole options ask for; None for anything else.

    The parser takes longer to load than a second start has to raise the window.
    """
    options = Options()
    words = iter(given)
    for word in words:
        if word == "--practice":
            options.is_practice = True
            continue
        if word == "--minimised":
            options.is_minimised = True
            continue
        value = next(words, "-")
        if word not in {"--data-dir", "--tour"} or value.startswith("-"):
            return None
        if word == "--tour":
            options.tour = Path(value)
        else:
            options.data_dir = Path(value)
    return options


def _parsed(words: list[str]) -> Options:
    import argparse

    from desktop import __version__, texts
    from desktop.settings.language import spoken

    texts.use(spoken())
    parser = argparse.ArgumentParser(prog="emanifest-desk", description=texts.text("window.start.what"))
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help=texts.text("window.start.data_dir"))
    parser.add_argument("--practice", action="store_true", help=texts.text("window.start.practice"))
    parser.add_argument("--tour", type=Path, metavar="DIR", help=texts.text("window.start.tour"))
    parser.add_argument("--minimised", action="store_true", help=texts.text("tray.start.minimised"))
    parser.add_argument("--version", action="version", version=f"eManifest Desk {__version__}")
    given = parser.parse_args(words)
    return Options(given.data_dir, given.practice, given.tour, given.minimised)


def speak(options: Options) -> None:
    """Speak the language of the data folder's settings from the first word on."""
    from desktop import texts
    from desktop.settings import first_paint
    from desktop.settings.language import spoken
    from desktop.settings.paths import data_folder

    folder = data_folder(is_practice=options.is_practice, override=options.data_dir)
    texts.use(spoken(first_paint.read(folder).language))


def raised_other(options: Options) -> bool:
    """Bring the window of a running owner to the front; False where nobody runs, or a command, which is asked later.

    A start with the system brings nothing to the front: that the program runs is enough.

    Raises:
        DesktopError: an owner is there and does not answer.
    """
    from desktop.errors import DesktopError
    from desktop.owner.knock import ask, read
    from desktop.settings.paths import data_folder

    folder = data_folder(is_practice=options.is_practice, override=options.data_dir)
    found = read(folder)
    if found is None:
        return False
    try:
        lines = list(ask(found, "raise_window", {"stays": True} if options.is_minimised else {}))
    except ConnectionError:
        return False
    except DesktopError as error:
        from desktop.owner.entry import is_free

        if error.code == "owner.fell_silent" or is_free(folder):
            return False  # it ended in the middle of the answer, or long ago, and another program has its port now
        raise
    return any(line.get("raised") for line in lines)


def has_screen() -> bool:
    """Tell whether Qt will find a display: without one it would end the process by itself."""
    if sys.platform in {"win32", "darwin"} or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def give_streams() -> bool:
    """Put something in the place of standard streams that are not there, as in a window program of Windows.

    Returns whether somebody may hear what is said on standard error.
    """
    is_heard = sys.stderr is not None
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - a device, to the end
    return is_heard


def show_box(title: str, text: str) -> None:
    """Say something in a box of Windows itself: Qt is not loaded yet."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, text, title, 0x30)  # MB_ICONWARNING


def main(arguments: Sequence[str] | None = None) -> int:
    """Start the window, or bring the running one to the front; return the exit code."""
    from desktop.errors import DesktopError

    options = options_from(arguments)
    speak(options)
    if options.tour is not None and not has_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    is_heard = give_streams()
    if not has_screen():
        from desktop import texts

        sys.stderr.write(texts.text("window.start.no_screen") + "\n")
        return 1
    try:
        if options.tour is None and raised_other(options):
            return 0
    except DesktopError as error:
        from desktop.services.words import error_words

        words = error_words(error)
        sys.stderr.write(f"{words.title}. {words.text} {words.remedy}\n")
        if not is_heard:
            show_box(words.title, f"{words.text}\n{words.remedy}")
        return error.exit_code
    import gc

    gc.disable()  # nothing that is loaded here goes away again: looking for garbage in it takes time
    from desktop.app import start

    gc.freeze()
    gc.enable()
    return start(options)


if __name__ == "__main__":
    sys.exit(main())
