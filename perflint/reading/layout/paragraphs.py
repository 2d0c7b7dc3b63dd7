"""Paragraphs that are really cells: run together, torn by line breaks, going on in the next, told apart by blanks."""

from __future__ import annotations

from collections.abc import Sequence

from perflint.reading.form.template import Form
from perflint.reading.grid import Source
from perflint.reading.layout.aligned.table import split_aligned
from perflint.reading.layout.continued import join_continued
from perflint.reading.layout.glued.table import split_glued
from perflint.reading.layout.spaced import split_spaced
from perflint.reading.layout.torn import join_torn


def lay_out_paragraphs(source: Source, form: Form, forms: Sequence[Form]) -> Source:
    """Return the source with the cells found among its paragraphs put together, and in grids where they make tables.

    Args:
        forms: all forms, whose words tell what is a level; which of them it is, is not known yet.
    """
    whole = join_continued(join_torn(split_glued(source, form, forms), form, forms), form)
    # Blanks tear words as line breaks do.
    return join_torn(split_spaced(split_aligned(whole, form, forms), form, forms), form, forms)
