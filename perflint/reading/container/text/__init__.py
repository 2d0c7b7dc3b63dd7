"""Text dumps of tables."""
