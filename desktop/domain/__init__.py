"""The trade's vocabulary: documents, fields, codes, numbers and the names of states."""
