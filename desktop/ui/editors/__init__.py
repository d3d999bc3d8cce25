"""Editors of a trip and of the library."""
