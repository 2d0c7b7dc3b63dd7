"""Tables printed as text with their columns one under another, told apart by wide blanks: the text layer of a PDF."""
