"""The page of ``html``: its data, its words, its style and its script."""
