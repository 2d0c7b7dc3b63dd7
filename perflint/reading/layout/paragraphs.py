"""Paragraphs that are really cells: words printed downwards or torn from their tails, columns told apart by blanks."""

from __future__ import annotations

from collections.abc import Sequence

from perflint.reading.form.template import Form
from perflint.reading.grid import Source
from perflint.reading.layout.aligned.table import split_aligned
from perflint.reading.layout.broken import join_broken
from perflint.reading.layout.spaced import split_spaced
from perflint.reading.layout.tails import join_tails


def lay_out_paragraphs(source: Source, form: Form, forms: Sequence[Form]) -> Source:
    """Return the source with the cells found among its paragraphs put together, and in grids where they make tables.

    Args:
        forms: all forms, whose words tell what is a level; which of them it is, is not known yet.
    """
    return split_spaced(split_aligned(join_tails(join_broken(source, form), forms), form, forms), form, forms)
