"""The inbox: filters, list, reader."""
