"""``perflint schema``: the JSON Schemas, for editors and other tools."""

from __future__ import annotations

import json

from perflint.commands.arguments import Call, Parser, one_of
from perflint.language import say
from perflint.schema import SCHEMAS, load_schema

# ``document`` → ``document-1``: a name without a version means the present one.
_NAMES = {name.rpartition("-")[0]: name for name in SCHEMAS} | {name: name for name in SCHEMAS}


def build_parser() -> Parser:
    """Return the parser of this command."""
    parser = Parser(
        "schema",
        say(
            "打印文档、规则包、配置、表式模板或报告的 JSON Schema。",
            "Print the JSON Schema of documents, packs, configuration, form templates or reports.",
        ),
        [("perflint schema pack > pack-1.schema.json", say("给编辑器用", "for your editor"))],
    )
    legal = [name for name in _NAMES if name not in SCHEMAS]
    parser.add_argument("name", metavar="NAME", type=one_of(*_NAMES), help=say("、", ", ").join(legal))
    return parser


def run(call: Call) -> int:
    """Print the schema."""
    call.terminal.write(print_schema(_NAMES[call.arguments.name]))
    return 0


def print_schema(name: str) -> str:
    """Return the text of the schema *name*, version included."""
    return json.dumps(load_schema(name), ensure_ascii=False, indent=2) + "\n"
