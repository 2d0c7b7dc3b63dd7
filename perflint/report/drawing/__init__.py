"""A document as its form looks: the tables redrawn cell by cell, each cell with its pointer.

Headings are the titles of the document schema, which findings use too: a document does not keep how its form words
them.
"""

from perflint.report.drawing.document import draw_document

__all__ = ["draw_document"]
