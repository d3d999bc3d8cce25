"""Number ranges: the list of them, the next number beside a field, and the check of a sticker."""
