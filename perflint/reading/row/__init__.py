"""The rows of a list: which cell belongs to which column, and which level is in force."""
