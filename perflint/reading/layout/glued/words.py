"""The words by which cells that run together are told apart, all of them from form templates.

Form … ──gather_words──▶ levels, headers, labels
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from perflint.reading.cell.fold import list_keys
from perflint.reading.form.levels import LevelWords
from perflint.reading.form.template import Form, know_levels
from perflint.reading.layout.glued.letters import Letters, WordList
from perflint.record import dataclass

TAIL = "指标"
_SHORTEST_HEADER = 4  # letters of a first-level heading that is looked for in running text
_SHORTEST_LABEL = 4  # letters of a label that no colon follows
_GAP = 8  # characters from a label to its colon
_LONGEST_KIND = 12  # letters of whose satisfaction a second level is


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What may stand in a table whose cells run together.

    Attributes:
        form: The common form, whose headers and labels these are.
        known: The level words of all forms.
        levels: How they are printed in running text, with 指标 behind.
        header_leads, label_leads: What may stand before them.
        openers: First-level headings, by which a header is found.
    """

    form: Form
    known: LevelWords
    levels: WordList
    headers: WordList
    labels: WordList
    header_leads: WordList
    label_leads: WordList
    openers: tuple[str, ...]

    def find_level(self, printed: Letters, at: int) -> int:
        """Return where the level word ends that begins at a letter; the same letter if none does."""
        return next((end for end in self.levels.list_ends(printed.letters, at) if printed.is_word(at, end)), at)

    def find_satisfaction(self, printed: Letters, at: int) -> int:
        """Return where a second level of a satisfaction ends, whosever it is: 受益群众满意度指标; *at* if none does."""
        letters = printed.letters
        tail = letters.find(_SATISFACTION, at, at + _LONGEST_KIND + len(_SATISFACTION))
        if tail <= at or any(map(str.isdigit, letters[at:tail])) or not printed.is_word(at, tail + len(_SATISFACTION)):
            return at
        return tail + len(_SATISFACTION)

    def list_header_ends(self, printed: Letters, at: int) -> list[int]:
        """Return where the header words end that begin at a letter, the longest first; no blank stands within them."""
        letters = printed.letters
        starts = [at, *self.header_leads.list_ends(letters, at)]
        ends = {end for start in starts for end in self.headers.list_ends(letters, start)}
        return sorted((end for end in ends if printed.is_word(at, end, blanks=False)), reverse=True)

    def find_label(self, printed: Letters, at: int) -> int:
        """Return where the label ends that begins at a letter, the longest; *at* if none does."""
        letters = printed.letters
        starts = [at, *self.label_leads.list_ends(letters, at)]
        ends = (end for start in starts for end in self.labels.list_ends(letters, start))
        long = (end for end in ends if end - at >= _SHORTEST_LABEL or is_colon(printed, end))
        return max((end for end in long if printed.is_word(at, end)), default=at)

    def is_heading(self, name: str) -> bool:
        """Tell whether a name is a word of the form only, with a number or without: 指标1 of a form left blank."""
        keys = list_keys(name)
        return self.known.is_level(name) or any(key in self.headers or key in self.form.contexts for key in keys)

    def is_total(self, printed: Letters, at: int) -> bool:
        """Tell whether a word for a sum begins at a letter, with its figure right behind it."""
        letters = printed.letters
        return any(
            letters.startswith(word, at) and letters[at + len(word) : at + len(word) + 1].isdigit()
            for word in self.form.total_words
        )


_SATISFACTION = "满意度指标"


def is_colon(printed: Letters, end: int) -> bool:
    """Tell whether a colon stands behind the letter before *end*."""
    place = printed.end_of(end)
    return printed.text[place : place + _GAP].lstrip()[:1] in {":", "："}


def gather_words(form: Form, forms: Sequence[Form]) -> Words:
    """Return the words of a form, and the levels of all."""
    known = know_levels(tuple(forms))
    levels = {*known.first, *known.second, *known.synonyms}
    return Words(
        form=form,
        known=known,
        levels=WordList(word + TAIL for word in levels if not word.endswith(TAIL)),
        headers=WordList((*form.headers, *form.undecided, *form.foreign_headers)),
        labels=WordList((*form.labels_by_name, *form.contexts)),
        header_leads=WordList(form.header_words),
        label_leads=WordList(form.label_words),
        openers=list_openers(form),
    )


def list_openers(form: Form) -> tuple[str, ...]:
    """Return the first-level headings that tell a header in running text."""
    return tuple(word for word, fields in form.headers.items() if _opens(word, fields))


def _opens(word: str, fields: Iterable[str]) -> bool:
    return "level1" in fields and len(word) >= _SHORTEST_HEADER


def list_openings(letters: str, openers: Sequence[str]) -> Iterator[int]:
    """Yield where a first-level heading begins, from left to right."""
    found = set()
    for word in openers:
        at = letters.find(word)
        while at >= 0:
            found.add(at)
            at = letters.find(word, at + 1)
    yield from sorted(found)
