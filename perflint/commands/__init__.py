"""One module a command: ``build_parser()`` says which arguments it takes, ``run(call)`` does it.

``run`` returns the exit code. A command is imported only when it is called, so that none pays for another at start-up.
"""

from __future__ import annotations

# Name → what it does, in Chinese and English; the order of the overview.
COMMANDS: dict[str, tuple[str, str]] = {
    "check": ("检查绩效目标表", "check performance target tables"),
    "read": ("把 Word、Excel、HTML、PDF、文本读成文档 JSON", "read Word, Excel, HTML, PDF or text into document JSON"),
    "rules": ("列出规则", "list the rules"),
    "explain": ("解释一条规则：理由、依据、例子", "explain a rule: reasons, sources, examples"),
    "baseline": ("接受现有问题，只报新问题", "accept present findings and report only new ones"),
    "init": ("写一份配置，或一个规则包的开头", "start a configuration or a pack of your own"),
    "validate": ("检查规则包写得对不对", "check that packs are sound"),
    "test": ("运行规则包里的例子", "run the examples of packs"),
    "diff": ("比较两个规则包查出的问题", "compare what two packs find"),
    "docs": ("为规则包写说明", "write the pages of a pack"),
    "schema": ("打印 JSON Schema", "print a JSON Schema"),
    "completion": ("打印命令行补全脚本", "print a completion script for a shell"),
}
