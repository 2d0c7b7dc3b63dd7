"""A text and its letters in the spelling in which words of forms are compared, each with its place in the print.

项目 名称（元） ──spell_out──▶ 项目名称元
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

from perflint.reading.cell.fold import fold
from perflint.record import dataclass

_HEAD = 2  # letters by which words are looked up
_BETWEEN = frozenset(" \t\u3000\xa0（）()、/／")  # what may stand within a word of a form


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """A text, its letters, and where each of them stands."""

    text: str
    letters: str
    places: tuple[int, ...]

    def place_of(self, at: int) -> int:
        """Return where a letter stands in the text; the end of the text behind the last one."""
        return self.places[at] if at < len(self.places) else len(self.text)

    def end_of(self, at: int) -> int:
        """Return the place behind the letter before *at*, and behind a bracket that it closes."""
        end = self.places[at - 1] + 1 if at else 0
        opened = self.text.rfind("（", max(0, end - _WIDEST), end), self.text.rfind("(", max(0, end - _WIDEST), end)
        closes = self.text[end : end + 1] in {")", "）"}
        return end + 1 if closes and max(opened) >= 0 else end

    def is_word(self, begin: int, end: int, *, blanks: bool = True) -> bool:
        """Tell whether letters stand side by side, with nothing between but brackets, or blanks where they may."""
        printed = self.text[self.places[begin] : self.places[end - 1] + 1]
        if len(printed) == end - begin:
            return True
        return all(one in _BETWEEN or fold(one) for one in printed) and (blanks or len(printed.split()) == 1)

    def find_letter(self, place: int) -> int:
        """Return the first letter that does not stand before a place."""
        return bisect_left(self.places, place)


_WIDEST = 16


def spell_out(text: str) -> Letters:
    """Return the letters of a text."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for letter in fold(character):
            letters.append(letter)
            places.append(place)
    return Letters(text=text, letters="".join(letters), places=tuple(places))


class WordList:
    """Words that may begin anywhere in a run of letters."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(word for word in words if len(word) >= _HEAD)
        lengths: dict[str, set[int]] = defaultdict(set)
        for word in self._words:
            lengths[word[:_HEAD]].add(len(word))
        self._lengths = {head: sorted(found, reverse=True) for head, found in lengths.items()}

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def list_ends(self, letters: str, at: int) -> list[int]:
        """Return where the words end that begin at a letter, the longest first."""
        lengths = self._lengths.get(letters[at : at + _HEAD], ())
        return [
            at + length
            for length in lengths
            if letters[at : at + length] in self._words and at + length <= len(letters)
        ]
