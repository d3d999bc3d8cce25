"""The trips that are open at once: as tabs of the main window, or in windows of their own."""
