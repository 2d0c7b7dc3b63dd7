"""The files that ``perflint init`` starts with, in both languages."""

from __future__ import annotations

PROJECT_ZH = """\
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

PROJECT_EN = """\
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

PACK_ZH = """\
# yaml-language-server: $$schema=.perflint/pack-1.schema.json
# 一个规则包：通用规则之外，本地的要求。写完运行 perflint test ./$name.yaml
perflint: pack/1
pack:
  id: $name
  prefix: $padded                 # 本包规则编号的开头，二至六个大写字母
  version: 0.1.0
  title: {zh: 本地规则, en: Local rules}
  extends: [{pack: cn-core, version: ">=1,<2"}]   # 通用规则全部有效
  # applies_to: {divisions: ["430212"]}         # 装好以后自动用于这些区划的单位

# 改动通用规则：只能改 severity、enabled、params、message、fix、exempt，必须写理由
# override:
#   unit-missing: {severity: error, reason: 本地要求}

rules:
- id: ${prefix}901
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

PACK_EN = """\
# yaml-language-server: $$schema=.perflint/pack-1.schema.json
# A pack: what is required locally, beyond the core rules. When done: perflint test ./$name.yaml
perflint: pack/1
pack:
  id: $name
  prefix: $padded                 # every rule id of the pack starts with it: two to six capital letters
  version: 0.1.0
  title: {zh: 本地规则, en: Local rules}
  extends: [{pack: cn-core, version: ">=1,<2"}]   # every core rule holds
  # applies_to: {divisions: ["430212"]}         # once installed, used by itself for these divisions

# To change a core rule: only severity, enabled, params, message, fix and exempt, and a reason is required
# override:
#   unit-missing: {severity: error, reason: required locally}

rules:
- id: ${prefix}901
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

HOOK_ZH = """\
# 提交前检查目标表；装上：pip install pre-commit && pre-commit install
repos:
- repo: local
  hooks:
  - id: perflint
    name: 检查绩效目标表
    entry: perflint check            # 检查 perflint.yaml 的 files
    files: \\.(json|jsonl|ndjson)$    # 提交里有这样的文件时
    language: system
    pass_filenames: false
"""

HOOK_EN = """\
# Checks the tables before each commit; to switch it on: pip install pre-commit && pre-commit install
repos:
- repo: local
  hooks:
  - id: perflint
    name: check performance target tables
    entry: perflint check            # checks the files of perflint.yaml
    files: \\.(json|jsonl|ndjson)$    # when a commit has files of this kind
    language: system
    pass_filenames: false
"""
