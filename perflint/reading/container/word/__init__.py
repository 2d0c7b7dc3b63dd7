"""Word files (docx)."""
