"""``perflint read``: original files to document JSON."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

from perflint.commands.arguments import CLEAN, UNUSABLE, Call, Parser, add_packs
from perflint.commands.files import write_file
from perflint.commands.packs import list_forms
from perflint.commands.progress import draw_bar
from perflint.commands.targets import Original, list_originals, name_targets
from perflint.document.writing import write_data
from perflint.errors import ConfigError, DocumentError, Problem
from perflint.language import say
from perflint.reading import explain, read
from perflint.sources import STDIN


def build_parser() -> Parser:
    """Return the parser of this command."""
    parser = Parser(
        "read",
        say(
            "把 docx、xlsx、xls、html、pdf、doc、wps、txt 读成文档 JSON，所见即所得；读不懂的写在 unread 里。",
            "Read docx, xlsx, xls, html, pdf, doc, wps or txt into document JSON, as printed; what is not understood "
            "is kept under unread.",
        ),
        [
            ("perflint read 目标表.docx", say("打印一个文件的 JSON", "print the JSON of one file")),
            (
                "perflint read 附件/*.xlsx -o data",
                say("写到文件夹，一件一个 JSON", "write a JSON file each into a folder"),
            ),
            ("perflint read 附件 -o data", say("读文件夹里的全部原件", "read every original of a folder")),
            ("perflint read 目标表.docx --explain", say("看它是怎样认出来的", "see how it was recognised")),
        ],
    )
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help=say("原件、装原件的文件夹，或 -（标准输入）", "original files, folders of them, or - for standard input"),
    )
    parser.add_argument(
        "-o",
        "--output-dir",
        metavar="DIR",
        help=say(
            "写到这个文件夹；只有一件时也可以是 .json 文件",
            "write into this folder, or a single original into this .json file",
        ),
    )
    add_packs(parser)
    parser.add_argument(
        "--form",
        metavar="PATH",
        action="append",
        default=[],
        help=say("另用这些表式模板，可写多次", "further form templates; repeatable"),
    )
    parser.add_argument("--force", action="store_true", help=say("覆盖已有的文件", "replace files that exist"))
    parser.add_argument(
        "--explain", action="store_true", help=say("不写 JSON，说明怎样识别", "no JSON: tell how it was recognised")
    )
    return parser


def run(call: Call) -> int:
    """Read every file; one that cannot be read does not stop the others."""
    originals = list_originals(call.arguments.files)
    targets = _choose_targets(call, originals)
    forms = (*list_forms(call), *call.arguments.form)
    failed = 0
    for done, (original, target) in enumerate(zip(originals, targets, strict=True)):
        if len(originals) > 1:
            call.terminal.show_progress(draw_bar(done, len(originals), original.name))
        try:
            _read_one(call, original.path, target, forms)
        except (ConfigError, DocumentError) as error:
            call.terminal.note(str(error))
            failed += 1
    call.terminal.show_progress(None)
    if failed and len(originals) > 1:
        good = len(originals) - failed
        call.terminal.note(say(f"读了 {good} 件，{failed} 件没有读成", f"{good} files read, {failed} not"))
    return UNUSABLE if failed else CLEAN


def _choose_targets(call: Call, originals: Sequence[Original]) -> Sequence[str]:
    """Return the file to write for each original, ``""`` for the output.

    Raises:
        ConfigError: There is no one place for each.
    """
    folder = call.arguments.output_dir
    if call.arguments.explain:
        return [""] * len(originals)
    if folder is not None:
        return name_targets(originals, folder)
    if len(originals) > 1:
        message = say("多个文件要写到文件夹里", "several files need a folder to go to")
        raise ConfigError(Problem(message=message, hint=say("加 -o 文件夹", "add -o FOLDER")))
    return [""]


def _read_one(call: Call, path: str, target: str, forms: Sequence[str]) -> None:
    content = sys.stdin.buffer.read() if path == STDIN else path
    if call.arguments.explain:
        call.terminal.write(explain(content, name=path, forms=forms) + "\n")
        return
    if target:
        _check_target(path, target, force=call.arguments.force)
    data = read(content, name=path, forms=forms).data
    if target:
        write_file(target, write_data(data))
    else:
        call.terminal.write(write_data(data))
    call.terminal.note((f"{path} → {target}" if target else path) + _sum_up(data))


def _check_target(path: str, target: str, *, force: bool) -> None:
    if not os.path.exists(target):
        return
    if path != STDIN and os.path.exists(path) and os.path.samefile(path, target):
        message = say("会盖掉原件，没有写", "that would replace the original; nothing was written")
        hint = say("用 -o 写到别的文件夹", "write to another folder with -o")
        raise ConfigError(Problem(message=message, path=target, hint=hint))
    if not force:
        hint = say("要覆盖请加 --force", "pass --force to replace it")
        raise ConfigError(Problem(message=say("文件已存在", "the file exists already"), path=target, hint=hint))


def _sum_up(data: dict[str, Any]) -> str:
    """Return in brackets what was read of a document, and how much of it a person should look at."""
    tables = data["tables"]
    rows = sum(len(table.get("indicators", ())) for table in tables)
    doubts = len(data.get("x-notices", ()))
    unread = sum("label" not in one for one in data.get("unread", ()))
    if not tables:
        parts = [say("没有认出绩效目标表，看 --explain", "no target table was recognised, see --explain")]
    else:
        parts = [say(f"{len(tables)} 张表，{rows} 行指标", f"tables: {len(tables)}, indicators: {rows}")]
    parts += [say(f"要人看 {doubts} 处", f"to look at: {doubts}")] if doubts else []
    parts += [say(f"没有认出 {unread} 处", f"unread: {unread}")] if unread else []
    return say(f"（{'；'.join(parts)}）", f" ({'; '.join(parts)})")
