"""The header of a list: where it is, and what each of its columns holds."""
