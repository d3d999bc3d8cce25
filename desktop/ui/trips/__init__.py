"""The list of trips: words of a row, model, delegate, page."""
