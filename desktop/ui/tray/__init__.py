"""The program beside the clock: badge, menu, notices; staying when the window closes, starting with the system."""
