from __future__ import annotations

from threading import Thread

from perflint.language import current, hide_controls, quote, say, speaking


def test_chinese_is_spoken_unless_told_otherwise() -> None:
    assert (current(), say("是", "yes")) == ("zh", "是")


def test_language_holds_inside_the_block_and_nowhere_else() -> None:
    heard: list[str] = []
    with speaking("en"):
        thread = Thread(target=lambda: heard.append(say("是", "yes")))
        thread.start()
        thread.join()
        heard.append(say("是", "yes"))
        with speaking("zh"):
            heard.append(say("是", "yes"))
    heard.append(say("是", "yes"))
    assert heard == ["是", "yes", "是", "是"]


def test_quoted_text_is_short_and_harmless() -> None:
    assert quote("长" * 41) == '"' + "长" * 39 + '…"'
    assert quote("a\x1b[31m\n\u202eb") == '"a\ufffd[31m\ufffd\ufffdb"'
    assert hide_controls("一\t二\u3000三") == "一\t二\u3000三"
