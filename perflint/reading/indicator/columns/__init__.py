"""What the columns of an indicator list hold where their headings do not settle it: the cells below tell."""
