"""What to do about a piece of text that is not JSON: the slips that people and programs make."""

from __future__ import annotations

import re

from perflint.language import hide_controls, quote, say

_HALF_WIDTH = dict(zip("，：；“”„‟＂‘’｛｝［］【】、。", ',:,"""""""{}[][],.', strict=True))
_WORDS = {
    "None": "null",
    "nil": "null",
    "NULL": "null",
    "Null": "null",
    "undefined": "null",
    "nan": "null",
    "inf": "null",
    "True": "true",
    "TRUE": "true",
    "False": "false",
    "FALSE": "false",
}
_match_bare = re.compile(r"[^\s\"',:{}\[\]，：“”]*").match
_match_group = re.compile(r"[0-9]{3}(?![0-9])").match
_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


def measure_stray(text: str, at: int) -> int:
    """Return how many characters at *at* belong together, at least 1."""
    match = _match_bare(text, at)
    return max(1, match.end() - at if match else 1)


def advise_on_stray(text: str, at: int) -> str | None:
    """Return what to do about ``text[at]``, where JSON expects something else; None when nothing is known."""
    character = text[at : at + 1]
    if character in _HALF_WIDTH:
        half = _HALF_WIDTH[character]
        return say(f"全角的 {character} 改成半角的 {half}", f"replace the full-width {character} by {half}")
    if text.startswith(("//", "/*", "#"), at):
        return say(
            "JSON 不能写注释，删去它，或写成 x- 开头的字段",
            "JSON has no comments: remove it, or use a key that starts with x-",
        )
    if character == "'":
        return say("单引号改成双引号", "use double quotes")
    if character == "<":
        return say(
            "这像是 HTML 或 XML；先用 perflint read 转成 JSON",
            "this looks like HTML or XML; convert it with perflint read",
        )
    return None


def advise_on_bare(text: str, at: int) -> str | None:
    """Return what to do about a word or number at *at* that JSON does not know; None when it is neither."""
    bare = text[at : at + measure_stray(text, at)]
    if bare in _WORDS:
        return say(f"写成 {_WORDS[bare]}", f"write {_WORDS[bare]}")
    if _match_group(bare) and text[at - 1 : at] == ",":
        return say(
            '带千位分隔符的数要加双引号："1,200"', 'a number with thousands separators needs double quotes: "1,200"'
        )
    if bare[:1] in "+-.0123456789":
        return say(
            f"按印的样子写成文本，加双引号：{quote(bare)}；或写成普通的数",
            f"put it in double quotes as printed: {quote(bare)}; or write a plain number",
        )
    if bare[:1].isalpha():
        return say(f"文字要加双引号：{quote(bare)}", f"text needs double quotes: {quote(bare)}")
    return None


def advise_on_string(text: str, at: int) -> tuple[str, str]:
    """Return what is wrong with the character ``text[at]`` inside a string, and what to do."""
    character = text[at : at + 1]
    if not character:
        return (
            say("文字没有结束：缺右边的双引号", "the text does not end: its closing double quote is missing"),
            say("补上双引号，或检查文件是否完整", "add the double quote, or see whether the file is complete"),
        )
    if text.startswith("\\u", at):
        return (
            say("\\u 后面不是四位十六进制数", "\\u is not followed by four hexadecimal digits"),
            say("反斜杠本身写成两个：\\\\", "write a backslash itself twice: \\\\"),
        )
    if character == "\\":
        escape = hide_controls(text[at : at + 2])
        return (
            say(f"不认识的转义 {escape}", f"unknown escape {escape}"),
            say("反斜杠本身写成两个：\\\\", "write a backslash itself twice: \\\\"),
        )
    code = f"U+{ord(character):04X}"
    escape = _ESCAPES.get(character, f"\\u{ord(character):04x}")
    if character in "\r\n":
        return (
            say("双引号里不能直接换行", "text in double quotes cannot contain a line break"),
            say(
                f"换行写成 {escape}；也可能是缺右边的双引号",
                f"write it as {escape}; or the closing double quote is missing",
            ),
        )
    return (
        say(f"双引号里有控制字符 {code}", f"control character {code} inside double quotes"),
        say(f"删去它，或写成 {escape}", f"remove it, or write it as {escape}"),
    )
