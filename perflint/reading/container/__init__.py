"""From the bytes of a file to what it prints: grids of cells and paragraphs, whatever the format."""
