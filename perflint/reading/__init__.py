"""Original files to documents.

    file ──open_source──▶ grids and paragraphs ──build_document_data──▶ Document

``read`` gives the document, ``explain`` says how it was recognised and which lines a county would add to a form.
"""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from perflint.document.model import Document

__all__ = ["explain", "read"]


def read(
    content: str | PathLike[str] | bytes, *, name: str | None = None, forms: Iterable[str | PathLike[str]] | None = None
) -> Document:
    """Read a docx, xlsx, xls, html, pdf, doc, wps or text file into a document.

    What is printed is kept as printed; what no form knows is under ``unread``, what a person should look at under
    ``x-notices``; ``origins`` says where each value stands in the file.

    Args:
        content: a path, or the bytes of a file.
        name: what to call bytes in ``source`` and in errors.
        forms: further form templates, files or folders.

    Raises:
        DocumentError: the file cannot be opened or holds no table that can be read.
        PackError: a form template is wrong.
    """
    # Readers of files and forms are heavy; who only checks JSON should not wait for them.
    from perflint.document.loading import build_document
    from perflint.reading.assembly.document import build_document_data
    from perflint.reading.container.contents import guarding, watching
    from perflint.reading.container.source import name_file, open_source
    from perflint.reading.form.load import load_forms

    with watching(name_file(content, name)):
        source = open_source(content, name)
        templates = load_forms(_list_places(forms))
        with guarding(source.file):
            return build_document(build_document_data(source, templates), path=source.file)


def explain(
    content: str | PathLike[str] | bytes, *, name: str | None = None, forms: Iterable[str | PathLike[str]] | None = None
) -> str:
    """Return how a file was recognised: the form chosen for each table, header, columns, unknown headers, YAML to add.

    Raises:
        As ``read``.
    """
    # As above.
    from perflint.reading.container.contents import guarding, watching
    from perflint.reading.container.source import name_file, open_source
    from perflint.reading.explanation.text import explain_source
    from perflint.reading.form.load import load_forms

    with watching(name_file(content, name)):
        source, templates = open_source(content, name), load_forms(_list_places(forms))
        with guarding(source.file):
            return explain_source(source, templates)


def _list_places(forms: Iterable[str | PathLike[str]] | None) -> tuple[Path, ...]:
    return tuple(Path(place) for place in forms or ())
