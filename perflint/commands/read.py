"""``perflint read``: original files to document JSON."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence

from perflint.commands.arguments import Call, Parser, add_packs
from perflint.commands.files import write_file
from perflint.commands.packs import list_forms
from perflint.document import write_data
from perflint.errors import ConfigError, DocumentError, Problem
from perflint.language import say
from perflint.reading import explain, read

CLEAN, UNUSABLE = 0, 2


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
            ("perflint read 目标表.docx --explain", say("看它是怎样认出来的", "see how it was recognised")),
        ],
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help=say("原件", "original files"))
    parser.add_argument("-o", "--output-dir", metavar="DIR", help=say("写到这个文件夹", "write into this folder"))
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
    arguments = call.arguments
    if arguments.output_dir is None and len(arguments.files) > 1 and not arguments.explain:
        hint = say("加 -o 文件夹", "add -o FOLDER")
        raise ConfigError(
            Problem(message=say("多个文件要写到文件夹里", "several files need a folder to go to"), hint=hint)
        )
    targets = _name_targets(arguments.files, arguments.output_dir or "")
    forms = (*list_forms(call), *arguments.form)
    code = CLEAN
    for path, target in zip(arguments.files, targets, strict=True):
        try:
            _read_one(call, path, target, forms)
        except (ConfigError, DocumentError) as error:
            call.terminal.note(str(error))
            code = UNUSABLE
    return code


def _read_one(call: Call, path: str, target: str, forms: Sequence[str]) -> None:
    arguments = call.arguments
    if arguments.explain:
        call.terminal.write(explain(path, forms=forms) + "\n")
        return
    if arguments.output_dir is not None and os.path.exists(target) and not arguments.force:
        hint = say("要覆盖请加 --force", "pass --force to replace it")
        raise ConfigError(Problem(message=say("文件已存在", "the file exists already"), path=target, hint=hint))
    text = write_data(read(path, forms=forms).data)
    if arguments.output_dir is None:
        call.terminal.write(text)
    else:
        write_file(target, text)
        call.terminal.note(f"{path} → {target}")


def _name_targets(files: Iterable[str], folder: str) -> list[str]:
    """Return a JSON file for each of *files*; the suffix stays in the name where two would be called the same."""
    names = [os.path.basename(path) for path in files]
    stems = Counter(os.path.splitext(name)[0] for name in names)
    plain = [name if stems[os.path.splitext(name)[0]] > 1 else os.path.splitext(name)[0] for name in names]
    twice = next((name for name, number in Counter(plain).items() if number > 1), None)
    if twice is not None and folder:
        message = say(f"两个文件都叫 {twice}", f"two of the files are called {twice}")
        raise ConfigError(Problem(message=message, hint=say("分开读到两个文件夹", "read them into two folders")))
    return [os.path.join(folder, name + ".json") for name in plain]
