"""``perflint docs``: the pages of a pack's rules, for its readers."""

from __future__ import annotations

import os

from perflint.commands.arguments import Call, Parser
from perflint.commands.files import write_file
from perflint.language import say
from perflint.pack.load import load_pack


def build_parser() -> Parser:
    """Return the parser of this command."""
    parser = Parser(
        "docs",
        say(
            "为规则包写说明：每个专题一页，中文写在 zh，英文写在 en，各有目录。",
            "Write the pages of a pack: one a topic, Chinese in zh, English in en, each with an index.",
        ),
        [("perflint docs ./my-county.yaml -o docs", say("写到文件夹 docs", "into the folder docs"))],
    )
    parser.add_argument("pack_name", metavar="PACK", help=say("文件、文件夹或编号", "file, folder or id"))
    parser.add_argument(
        "-o",
        "--output-dir",
        metavar="DIR",
        default="docs",
        help=say("写到这个文件夹，默认 docs", "folder, docs by default"),
    )
    parser.set_defaults(pack=None)
    return parser


def run(call: Call) -> int:
    """Write the pages; those that exist are replaced."""
    # Imported here: parsing the arguments must not wait for the engine.
    from perflint.render.rule_pages import build_rule_pages

    pages = build_rule_pages(load_pack(call.arguments.pack_name, thorough=True))
    folder: str = call.arguments.output_dir
    for name, text in pages.items():
        write_file(os.path.join(folder, name), text)
    call.terminal.note(say(f"写好了 {len(pages)} 页，在 {folder}", f"wrote {len(pages)} pages to {folder}"))
    return 0
