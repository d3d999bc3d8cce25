"""Backups in the window: made by themselves, on demand, and put back."""
