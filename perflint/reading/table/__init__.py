"""Lines of one table to its JSON: labels, lists, funds, indicators in turn."""
