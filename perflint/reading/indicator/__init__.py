"""Indicator lists: rows to indicators."""
