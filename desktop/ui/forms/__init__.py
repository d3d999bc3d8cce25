"""Classes made by uic from the files in `forms`: never edited."""
