"""Workbooks: xlsx, xls and SpreadsheetML."""
