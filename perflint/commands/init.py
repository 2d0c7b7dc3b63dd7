"""``perflint init``: the first file of a project, or of a pack."""

from __future__ import annotations

import os
import re

from perflint.commands.arguments import Call, Parser, one_of
from perflint.commands.files import write_file
from perflint.errors import ConfigError, Problem
from perflint.language import say

_PACK_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def build_parser() -> Parser:
    """Return the parser of this command."""
    parser = Parser(
        "init",
        say(
            "写一份有说明的 perflint.yaml，或一个能运行的规则包；不会覆盖已有的文件。",
            "Write a perflint.yaml with comments, or a pack that runs; nothing that exists is replaced.",
        ),
        [
            ("perflint init", say("为这个项目写配置", "a configuration for this project")),
            ("perflint init pack my-county", say("写规则包 my-county.yaml", "the pack my-county.yaml")),
        ],
    )
    parser.add_argument(
        "what",
        nargs="?",
        metavar="project|pack",
        default="project",
        type=one_of("project", "pack"),
        help=say("写什么，默认 project", "what to write, project by default"),
    )
    parser.add_argument(
        "name",
        nargs="?",
        metavar="NAME",
        default="my-county",
        help=say("规则包的编号，默认 my-county", "id of the pack, my-county by default"),
    )
    return parser


def run(call: Call) -> int:
    """Write the file and say what to do next."""
    if call.arguments.what == "project":
        path, text = "perflint.yaml", say(_PROJECT_ZH, _PROJECT_EN)
        following = "perflint check"
    else:
        name = call.arguments.name
        if not _PACK_ID.fullmatch(name):
            message = say(f"编号不能是“{name}”", f"the id cannot be '{name}'")
            hint = say(
                "小写字母和数字，用连字符连接，如 my-county", "lower-case words joined by hyphens, such as my-county"
            )
            raise ConfigError(Problem(message=message, hint=hint))
        path, text = f"{name}.yaml", say(_PACK_ZH, _PACK_EN).replace("my-county", name)
        following = f"perflint test ./{path}"
    if os.path.exists(path):
        raise ConfigError(Problem(message=say("文件已存在", "the file exists already"), path=path))
    write_file(path, text)
    call.terminal.note(say(f"写好了 {path}；接着：{following}", f"wrote {path}; next: {following}"))
    return 0


_PROJECT_ZH = """\
# perflint 的配置；在这个文件夹和它的子文件夹里运行 perflint 时生效。
# 各项的意思：perflint schema config
perflint: config/1

# 规则包：auto 按行政区划代码或单位名称自动选择；自己的包写路径，如 ./my-county.yaml
packs: [auto]

# 命令行没有写路径时检查这些
files: [.]

# 从哪一级起退出码为 1：error、warning、info、never
fail_on: error

# 不用的规则：编号、名称或标签
# ignore: [PT101]
"""

_PROJECT_EN = """\
# Settings of perflint, in force in this folder and the folders below it.
# What each of them means: perflint schema config
perflint: config/1

# Packs: auto chooses by division code or organization; write your own as a path, such as ./my-county.yaml
packs: [auto]

# Checked when the command line names no path
files: [.]

# Lowest severity that makes the exit code 1: error, warning, info, never
fail_on: error

# Rules not to run: ids, names or tags
# ignore: [PT101]
"""

_PACK_ZH = """\
# 一个规则包：通用规则之外，本地的要求。写完运行 perflint test ./my-county.yaml
perflint: pack/1
pack:
  id: my-county
  prefix: MY                       # 本包规则编号的开头，二至六个大写字母
  version: 0.1.0
  title: {zh: 本地规则, en: Local rules}
  extends: [{pack: cn-core}]       # 通用规则全部有效

# 改动通用规则：只能改 severity、enabled、params、message、fix、exempt，必须写理由
# override:
#   unit-missing: {severity: error, reason: 本地要求}

rules:
- id: MY901
  name: project-name-missing
  since: 0.1.0
  status: stable
  severity: warning
  tags: [local]
  title: {zh: 项目支出绩效目标表没有写项目名称, en: Project table without a project name}
  why:
    zh: 没有项目名称的表无法与预算中的项目对应。
    en: A table without a project name cannot be matched with the project in the budget.
  source: [{document: 本地的文件名称, checked: false}]
  for_each: table                  # 对每张表
  when: kind == "project"          # 只看项目支出绩效目标表
  assert: stated(project.name)     # 不成立就报告
  at: project.name
  message: {zh: 没有写项目名称, en: The project has no name}
  fix: {zh: 填写预算批复中的项目名称, en: Fill in the name used in the approved budget}
  examples:
    pass: [{table: {kind: project, project: {name: 村道维修}}}]
    fail: [{table: {kind: project, project: {name: null}}}]
"""

_PACK_EN = """\
# A pack: what is required locally, beyond the core rules. When done: perflint test ./my-county.yaml
perflint: pack/1
pack:
  id: my-county
  prefix: MY                       # every rule id of the pack starts with it: two to six capital letters
  version: 0.1.0
  title: {zh: 本地规则, en: Local rules}
  extends: [{pack: cn-core}]       # every core rule holds

# To change a core rule: only severity, enabled, params, message, fix and exempt, and a reason is required
# override:
#   unit-missing: {severity: error, reason: required locally}

rules:
- id: MY901
  name: project-name-missing
  since: 0.1.0
  status: stable
  severity: warning
  tags: [local]
  title: {zh: 项目支出绩效目标表没有写项目名称, en: Project table without a project name}
  why:
    zh: 没有项目名称的表无法与预算中的项目对应。
    en: A table without a project name cannot be matched with the project in the budget.
  source: [{document: the name of your local document, checked: false}]
  for_each: table                  # for each table
  when: kind == "project"          # project tables only
  assert: stated(project.name)     # reported where this does not hold
  at: project.name
  message: {zh: 没有写项目名称, en: The project has no name}
  fix: {zh: 填写预算批复中的项目名称, en: Fill in the name used in the approved budget}
  examples:
    pass: [{table: {kind: project, project: {name: 村道维修}}}]
    fail: [{table: {kind: project, project: {name: null}}}]
"""
