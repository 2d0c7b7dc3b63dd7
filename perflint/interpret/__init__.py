"""Printed cell text → what it says: targets, amounts, and the facts that prose states."""
