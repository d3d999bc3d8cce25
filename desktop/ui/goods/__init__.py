"""Goods in the grid of a shipment: offered again as they were, pasted from a spreadsheet, amounts asked about."""
