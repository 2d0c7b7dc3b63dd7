"""Facts × rules → verdicts. Pure: no file, no YAML, no format."""

from perflint.engine.evaluation import Counts, Evaluation, Outcome, evaluate
from perflint.engine.message import message_of
from perflint.engine.program import Program, compile_program

__all__ = ["Counts", "Evaluation", "Outcome", "Program", "compile_program", "evaluate", "message_of"]
