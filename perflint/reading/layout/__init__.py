"""How a file lays its tables out: torn lines mended, titles found, tables told apart."""
