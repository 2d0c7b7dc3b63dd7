"""A clue saves time and nothing else: where it is missing, the function it belongs to finds nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perflint.compiler.clues import CLUES, MOST_WORDS, SHORTEST, find_clue
from perflint.compiler.grams import find_grams
from perflint.compiler.sieving import Need, make_sieve
from perflint.functions import FUNCTIONS, MAX_PATTERN_TEXT
from perflint.runtime.readers import Reader, find_nothing, start_filler, start_reader
from perflint.runtime.sieve import start_sieve
from perflint.schema.model import load_model

# Pieces that the readers of prose look for, in the spellings that are folded, with much that lies near them.
_PIECES = (
    "0 1 2 13800138000 １３８００１３８０００ 0731-8888 (0731)28888888 62 6222020200112230 11010519491231002X "
    "20 19 2026年 年月日 每周 每月至少 三次 两回 期 場 場次 轮 輪 遍 = ＝ × x X * ＊ ╳ + 万元 萬元 亿 億 元 "
    "分 得2分 满分10分 个村 张建国 等5人 同志 负责人: 先生 領導 户主 ; 。 <b> &nbsp; [bookmark:1] \t \u200b "
    "\ufeff \u3000 \xa0 ** XX ×× …… ... ...... ___ ○○ 〇〇 □ ☑ 待定 待補充 必填 請填写 选择 測試 测试 test "
    "ｔｅｓｔ 指标1: 指標一 事故事故 854万854万 、 % ( ) - / 满 意度 2. 5%"
).split(" ")
_TEXTS = st.lists(st.sampled_from(_PIECES) | st.text(max_size=3), max_size=12).map("".join)
_LONG = st.sampled_from(["完成了全部十二项任务并通过验收", "按时;", "。"])


@pytest.mark.parametrize("name", CLUES)
@given(text=_TEXTS | st.lists(_LONG, max_size=6).map("".join))
def test_nothing_is_found_where_the_clue_is_missing(name: str, text: str) -> None:
    if re.search(CLUES[name], text) is None:
        assert not FUNCTIONS[name].call(text)


@pytest.mark.parametrize("name", CLUES)
def test_a_clue_lets_most_texts_pass_unread(name: str) -> None:
    names = ["村道硬化里程", "群众对公共服务的满意程度", "完成及时", "数量指标", "生态效益指标"]
    assert not any(re.search(CLUES[name], text) for text in names)


@given(
    pattern=st.sampled_from(
        ["[0-9]+次", "^第", "(开展|召开)?会议", "[^。]*其中", "a?b", "(?i)test", "每(周|月)", "x{2,}y"]
    ),
    text=st.lists(
        st.sampled_from(["3次", "第", "会议", "其中", "b", "TEST", "每月", "xxy", "。", "甲"]), max_size=5
    ).map("".join),
)
def test_a_pattern_that_matches_has_its_clue_in_the_text(pattern: str, text: str) -> None:
    if re.search(pattern, text) is not None:
        assert re.search(find_clue("matches", (pattern,)), text) is not None


@given(
    words=st.lists(st.sampled_from(["会议", "会", "a.c", "", "次(", "每"]), min_size=1),
    text=_TEXTS | st.text("会议a.c次("),
)
def test_words_that_stand_in_a_text_are_a_clue_to_themselves(words: list[str], text: str) -> None:
    clue = find_clue("contains_any", (words,))
    assert (re.search(clue, text) is not None) == any(word in text for word in words)


def test_a_text_too_long_for_a_pattern_is_not_searched_for_its_clue_either(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[int] = []

    class Pattern:
        def __init__(self, _: str) -> None: ...

        def search(self, text: str) -> None:
            searched.append(len(text))

    monkeypatch.setattr("perflint.runtime.readers.LazyPattern", Pattern)
    reader = Reader("matches", 0, ("甲*乙",), find_clue("matches", ("甲*乙",)))
    read, fill = start_reader(reader, load_model()), start_filler(reader, load_model())
    slots: list[tuple[object]] = [(None,)]
    assert read("甲" * MAX_PATTERN_TEXT) is False
    assert fill("甲" * MAX_PATTERN_TEXT, slots, 0) == (False,) == slots[0]
    for look in (read, lambda text: fill(text, slots, 0)):
        with pytest.raises(ValueError, match=str(MAX_PATTERN_TEXT)):
            look("甲" * (MAX_PATTERN_TEXT + 1))
    assert searched == [MAX_PATTERN_TEXT] * 2


@given(text=st.text("约若干左右3次名", max_size=6))
@pytest.mark.parametrize("name", ["contains_any", "matches", "find", "found_in"])
def test_what_fills_a_slot_is_what_the_function_finds(name: str, text: str) -> None:
    constants = (("约", "左右"),) if name in ("contains_any", "found_in") else ("约|若干|[0-9]+次",)
    slots: list[tuple[object] | None] = [None]
    slot = start_filler(Reader(name, 0, constants, find_clue(name, constants)), load_model())(text, slots, 0)
    assert slot == (FUNCTIONS[name].call(text, *constants),) == slots[0]


@given(
    text=st.lists(st.sampled_from(["甲1乙", "甲", "1", "12乙", "乙", "约", "甲40乙丙", "丙"]), max_size=6).map("".join)
)
@pytest.mark.parametrize("last", ["甲999乙", "丙"])
def test_many_words_are_found_as_few_are(text: str, last: str) -> None:
    words = (*(f"甲{number}乙丙" for number in range(MOST_WORDS)), last)
    assert find_clue("contains_any", (words,)) == ""
    read = start_reader(Reader("contains_any", 0, (words,), ""), load_model())
    assert read(text) is any(word in text for word in words)


@given(text=st.text("甲乙1次", max_size=6))
@pytest.mark.parametrize("pattern", ["[0-9]次", "([0-9])次", "甲(1)?(次)"])
def test_what_is_found_is_the_first_group_or_all_of_the_match(text: str, pattern: str) -> None:
    reader = Reader("find", 0, (pattern,), find_clue("find", (pattern,)))
    found = FUNCTIONS["find"].call(text, pattern)
    assert start_reader(reader, load_model())(text) == found
    assert start_filler(reader, load_model())(text, [None], 0) == (found,)


def _readers() -> list[Reader]:
    patterns = [
        "每(周|月)",
        "^[0-9]+(?:次|场)?$",
        "(开展|召开|办)会议",
        "(?i)test",
        "[^。]*其中",
        "x{2,}y",
        "[个件]数|人次",
        "a?",
    ]
    words = [("会议", "次"), ("约", "左右", "上年实际"), ("", "次")]
    calls: list[tuple[str, tuple[object, ...]]] = [
        (name, (pattern,)) for name in ("matches", "find") for pattern in patterns
    ]
    calls += [(name, (list_,)) for name in ("contains_any", "found_in", "ends_with_any") for list_ in words]
    calls += [(name, ()) for name in dict.fromkeys((*CLUES, *SHORTEST))]
    return [Reader(name, 0, constants, find_clue(name, constants)) for name, constants in calls]


_READERS = _readers()
_OPEN = start_sieve(
    make_sieve([Need(find_grams(one), SHORTEST.get(one.function, 0), find_nothing(one)) for one in _READERS])
)
_LIKELY = st.lists(
    st.sampled_from("每 周 月 3 12 次 场 开 召开 办 会议 其中 TEST x y 个数 件 数 人次 左右 约 上年实际 a".split()),
    max_size=6,
).map("".join)


@given(text=_LIKELY | _TEXTS)
def test_what_the_sieve_tells_of_a_text_is_what_the_functions_find(text: str) -> None:
    told = [(reader, slot[0]) for reader, slot in zip(_READERS, _OPEN(text, text), strict=True) if slot is not None]
    found = [(reader, FUNCTIONS[reader.function].call(text, *reader.constants)) for reader, _ in told]
    assert told == [(reader, () if value == [] else value) for reader, value in found]


def test_the_sieve_tells_of_most_functions_that_they_find_nothing_in_a_name() -> None:
    unknown = [
        reader.constants for reader, slot in zip(_READERS, _OPEN("村道硬化", "村道硬化"), strict=True) if slot is None
    ]
    assert unknown == [("(?i)test",), ("a?",), ("(?i)test",), ("a?",), *[(("", "次"),)] * 3, ()]


def test_a_function_of_the_print_is_asked_when_only_the_print_holds_what_it_needs() -> None:
    folded, printed = "村道硬化", "村道 硬化"
    at = [reader.function for reader in _READERS].index("find_inner_spaces")
    assert _OPEN(folded, folded)[at] == ((),)
    assert _OPEN(folded, printed)[at] is None
