"""Real processes for every test here."""

from fakes.process import emanifest, folder_of, home, mended_request, practice

__all__ = ["emanifest", "folder_of", "home", "mended_request", "practice"]
