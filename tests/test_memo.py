"""What is remembered of texts: what comes again is not worked out again, and what does not is let go."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from perflint.runtime.cells import Amounts, Raw
from perflint.runtime.memo import LIFETIME, LONGEST_REMEMBERED, MAX_REMEMBERED, Memo, note_document
from perflint.runtime.met import KEEPING, MetRows


class Counting:
    def __init__(self) -> None:
        self.texts: list[str] = []

    def __call__(self, text: str) -> str:
        self.texts.append(text)
        return text.upper()


def test_what_is_asked_for_again_and_again_is_worked_out_once() -> None:
    read = Counting()
    memo = Memo(read)
    for number in range(3 * MAX_REMEMBERED):
        assert (memo["a"], memo[f"b{number}"]) == ("A", f"B{number}")
    assert read.texts.count("a") == 1


def test_what_no_document_asks_for_is_forgotten_while_others_come_in() -> None:
    read = Counting()
    memo = Memo(read)
    for number in range(3 * LIFETIME):
        note_document()
        assert memo["often"] == "OFTEN"
        if number % (LIFETIME // 2) == 0:
            assert memo[f"once{number}"] == f"ONCE{number}"
    assert len(memo) <= 3
    assert memo["once0"] == "ONCE0"
    assert (read.texts.count("often"), read.texts.count("once0")) == (1, 2)


def test_nothing_is_forgotten_while_nothing_comes_in() -> None:
    read = Counting()
    memo = Memo(read)
    assert memo["once"] == "ONCE"
    for _ in range(3 * LIFETIME):
        note_document()
        assert memo["often"] == "OFTEN"
    assert memo["once"] == "ONCE"
    assert read.texts == ["once", "often"]


def test_long_texts_are_not_kept() -> None:
    memo = Memo(Counting())
    assert memo["x" * (LONGEST_REMEMBERED + 1)] == "X" * (LONGEST_REMEMBERED + 1)
    assert len(memo) == 0


def read_rows(rows: int, rounds: int, record: str = "indicator") -> list[int]:
    """Return how many of so many rows are read in each of the rounds in which they come again."""
    met, read = MetRows(KEEPING[record]), list[str]()

    def read_row(raw: Raw, amounts: Amounts | None, year: Decimal | None) -> tuple[Any, ...]:
        read.append(raw["name"])
        return (raw, [], 0, [], 0)

    met.read = read_row
    counts = []
    for _ in range(rounds):
        read.clear()
        met([{"name": f"指标{number}"} for number in range(rows)], Amounts("元"), None)
        counts.append(len(read))
    return counts


def test_rows_of_a_table_are_read_once() -> None:
    assert read_rows(500, 3) == [500, 0, 0]


def test_where_the_same_tables_come_again_more_rows_are_remembered_than_otherwise() -> None:
    assert read_rows(3_500, 4)[-1] == 0
    assert read_rows(20_000, 3) == [20_000] * 3


def test_a_table_is_remembered_when_it_comes_a_second_time() -> None:
    assert read_rows(10, 4, "table") == [10, 10, 0, 0]


def test_a_table_of_too_many_characters_is_not_remembered() -> None:
    met = MetRows(KEEPING["table"])
    met.read = lambda raw, amounts, year: (raw, [], 0, [], 0)
    rows = [{"name": "指标" * 10}] * (KEEPING["table"].longest // 20 + 1)
    long = {"title": "长表", "indicators": rows}
    first, second, third = (met([long], None, None)[0] for _ in range(3))
    assert first is not second
    assert second is not third
