"""HTML pages, also packed with their pictures (MHTML)."""
