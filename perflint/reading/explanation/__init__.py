"""How a file was recognised, and the form that would read what was not."""
