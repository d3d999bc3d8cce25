"""Lays sheets out on pages: where everything stands, and how it is drawn."""
