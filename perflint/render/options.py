"""What a rendering may need beside the report."""

from __future__ import annotations

from collections.abc import Mapping

from perflint.pack.model import Rule
from perflint.record import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderOptions:
    """How to render.

    Attributes:
        rules: The rules of the run by id; may lack some or all, then their titles and reasons are left out.
        color: Whether to colour text.
        width: Columns of the terminal; None for lines of any length.
        statistics: Whether text shows the ledger and every notice.
    """

    rules: Mapping[str, Rule] = field(default_factory=dict)
    color: bool = False
    width: int | None = None
    statistics: bool = False
