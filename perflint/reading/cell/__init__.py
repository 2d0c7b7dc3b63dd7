"""The text of one cell: folded for comparing, and what it looks like."""
