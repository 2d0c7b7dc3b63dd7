"""Tables, narrative and the rest to one document."""
