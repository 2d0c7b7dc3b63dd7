"""Packs in an editor: the language server that editors use completes keys and explains them in Chinese."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from perflint.cli import main

ROOT = Path(__file__).parent.parent
NAME = "yaml-language-server"
SERVER = shutil.which(NAME, path=str(ROOT / ".tools" / "node_modules" / ".bin")) or shutil.which(NAME)

pytestmark = pytest.mark.skipif(SERVER is None, reason="needs yaml-language-server, which .ci/tools installs")


class Editor:
    """The client side of the Language Server Protocol, as far as a file that is typed in needs it."""

    def __init__(self, command: str) -> None:
        self._process = subprocess.Popen([command, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._number = 0
        self.ask("initialize", {"processId": None, "rootUri": None, "capabilities": {}})
        self.tell("initialized", {})

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()  # closes the pipes

    def ask(self, method: str, params: Any) -> Any:
        """Return the result of a request; questions of the server in between are answered."""
        self._number += 1
        self._send({"id": self._number, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == self._number and "method" not in message:
                return message["result"]
            if "id" in message:
                self._send({"id": message["id"], "result": self._answer(message)})

    def tell(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def _answer(self, question: dict[str, Any]) -> Any:
        if question["method"] != "workspace/configuration":
            return None
        settings = {"schemaStore": {"enable": False}, "completion": True, "hover": True, "validate": True}
        return [settings if item.get("section") == "yaml" else {} for item in question["params"]["items"]]

    def _send(self, message: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        length = 0
        while (line := self._process.stdout.readline().strip()) or not length:
            assert line, "the language server has stopped"
            length = int(line.split(b":")[1]) if line.lower().startswith(b"content-length") else length
        found: dict[str, Any] = json.loads(self._process.stdout.read(length))
        return found


@pytest.fixture(scope="module")
def editor() -> Iterator[Editor]:
    assert SERVER is not None
    editor = Editor(SERVER)
    yield editor
    editor.close()


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The pack that ``perflint init pack`` starts with, and the schema that its first line names."""
    monkeypatch.chdir(tmp_path)
    assert main(["init", "pack", "my-county"]) == 0
    return tmp_path / "my-county.yaml"


def place(editor: Editor, path: Path, text: str, at: str) -> dict[str, Any]:
    """Open *text* under *path*; return the place where *at* ends."""
    document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": text}
    editor.tell("textDocument/didOpen", {"textDocument": document})
    before = text[: text.index(at) + len(at)].split("\n")
    position = {"line": len(before) - 1, "character": len(before[-1])}
    return {"textDocument": {"uri": path.as_uri()}, "position": position}


def complete(editor: Editor, path: Path, text: str, at: str) -> dict[str, str]:
    """Return the keys or values offered where *at* ends, with their explanations."""
    found = editor.ask("textDocument/completion", place(editor, path, text, at))
    items = found["items"] if isinstance(found, dict) else found
    return {item["label"]: json.dumps(item.get("documentation"), ensure_ascii=False) for item in items}


def test_the_keys_of_a_rule_are_completed_and_explained_in_chinese(editor: Editor, pack: Path) -> None:
    text = pack.read_text(encoding="utf-8").replace("  severity: warning\n", "  sev\n")
    offered = complete(editor, pack, text, "\n  sev")
    assert "error 只用于明显矛盾" in offered["severity"]


def test_the_keys_of_a_file_are_completed(editor: Editor, pack: Path) -> None:
    text = pack.read_text(encoding="utf-8") + "\nover\n"
    assert {"override", "vocab", "params", "define"} <= complete(editor, pack, text, "\nover").keys()


@pytest.mark.parametrize("typed", ["", "w"])
def test_legal_values_are_completed_and_explained_in_chinese(editor: Editor, pack: Path, typed: str) -> None:
    text = pack.read_text(encoding="utf-8").replace("severity: warning", f"severity: {typed}")
    offered = complete(editor, pack, text, f"\n  severity: {typed}")
    assert {
        value: title for value, title in offered.items() if "错误" in title or "警告" in title or "提示" in title
    } == {
        "error": '"错误：明显矛盾，可拦住提交"',
        "warning": '"警告：很可能有误"',
        "info": '"提示：写法和判断上的建议"',
    }


@pytest.mark.parametrize(
    ("at", "title"),
    [
        ("\n  sever", "严重程度"),
        ("\n  for_ea", "检查对象"),
        ("\n  ass", "断言"),
        ("\nru", "规则"),
        ("\n  exten", "上级包"),
    ],
)
def test_a_key_under_the_pointer_shows_its_chinese_title(editor: Editor, pack: Path, at: str, title: str) -> None:
    text = pack.read_text(encoding="utf-8")
    shown = editor.ask("textDocument/hover", place(editor, pack, text, at))
    assert title in json.dumps(shown, ensure_ascii=False)
