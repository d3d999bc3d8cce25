"""Evidence: the whole history of a trip, written into a file for others to see."""
