"""Checks: what customs would refuse, said before they do."""
