"""PDFs with a text layer and ruling lines."""
