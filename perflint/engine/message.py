"""The sentence a person reads for an outcome: the rule's template, filled with what was found."""

from __future__ import annotations

from perflint.engine.outcome import Outcome
from perflint.engine.program import Program
from perflint.expression.template import fill_template


def message_of(program: Program, outcome: Outcome, lang: str) -> str:
    """Return the message of a failed rule in *lang* (``zh`` or ``en``)."""
    template = program.rules[outcome.rule].checked.templates[f"message.{lang}"]
    return fill_template(template, outcome.holes, lang)
