"""One vocabulary as it is built up over packs: words come and go, and each remembers who moved it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from perflint.language import say
from perflint.pack.model import Place
from perflint.pack.shape import Fault
from perflint.pack.suggest import did_you_mean, find_close
from perflint.record import dataclass

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any


@dataclass(frozen=True, slots=True)
class Word:
    """What a word means now.

    Attributes:
        text: The text a map gives it, ``""`` in a list; None if the word was removed.
        place: Where that was decided.
    """

    text: str | None
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """A vocabulary: a list of words or a map from word to text, removed words kept with their place."""

    name: str
    is_map: bool
    words: Mapping[str, Word]
    place: Place

    def freeze(self) -> tuple[str, ...] | dict[str, str]:
        """Return the words in force, in the order in which they came."""
        kept = {name: word.text for name, word in self.words.items() if word.text is not None}
        return kept if self.is_map else tuple(kept)

    def moved(self) -> Iterator[tuple[str, Place]]:
        """Yield the words that an extending pack added or removed, with the place."""
        return ((name, word.place) for name, word in self.words.items() if word.place != self.place)


def open_lexicon(name: str, written: Any, place: Place) -> Lexicon:
    """Return a new vocabulary from a list or a map."""
    items = written.items() if isinstance(written, dict) else ((word, "") for word in written)
    words = {word: Word(text, place) for word, text in items}
    return Lexicon(name=name, is_map=isinstance(written, dict), words=words, place=place)


def is_change(written: Any) -> bool:
    """Return whether *written* changes an inherited vocabulary instead of giving a new one."""
    return (
        isinstance(written, dict)
        and bool(written)
        and set(written) <= {"add", "remove"}
        and not any(isinstance(part, str) for part in written.values())
    )


def change_lexicon(
    old: Lexicon, written: Mapping[str, Any], place_of: Callable[..., Place], faults: list[Fault]
) -> Lexicon:
    """Return *old* with words removed and added.

    Args:
        written: Keys ``add`` and ``remove``.
        place_of: Place of a path below *written*.
        faults: Receives a fault for an unknown word, and for a word of a map that would change its text unasked.
    """
    words = dict(old.words)
    for index, word in enumerate(written.get("remove", ())):
        if word not in words or words[word].text is None:
            faults.append(_unknown_word(old, word, index))
        else:
            words[word] = Word(None, place_of("remove", index))
    added = written.get("add", ())
    if isinstance(added, dict) is not old.is_map and added:
        wanted = say("词的对应", "a map") if old.is_map else say("词的列表", "a list of words")
        faults.append(
            Fault(path=("add",), message=say(f"词表 {old.name} 是{wanted}", f"vocabulary {old.name} is {wanted}"))
        )
        return old
    items = added.items() if isinstance(added, dict) else ((word, "") for word in added)
    for index, (word, text) in enumerate(items):
        step = word if old.is_map else index
        now = words.get(word)
        if now is None or now.text is None:
            words[word] = Word(text, place_of("add", step))
        elif now.text != text:
            faults.append(_other_text(word, now, text))
    return Lexicon(name=old.name, is_map=old.is_map, words=words, place=old.place)


def _unknown_word(lexicon: Lexicon, word: str, index: int) -> Fault:
    legal = [name for name, known in lexicon.words.items() if known.text is not None]
    message = say(f"词表 {lexicon.name} 里没有“{word}”", f"vocabulary {lexicon.name} has no '{word}'")
    listed = "、".join(legal[:20])
    hint = did_you_mean(find_close(word, legal)) or say(f"现有：{listed}", f"it has: {listed}")
    return Fault(path=("remove", index), message=message, hint=hint)


def _other_text(word: str, now: Word, text: str) -> Fault:
    message = say(f"“{word}”已对应“{now.text}”，不是“{text}”", f"'{word}' already means '{now.text}', not '{text}'")
    hint = say(f"写在 {now.place}；要改就同时列入 remove", f"set at {now.place}; list it in 'remove' too to change it")
    return Fault(path=("add", word), message=message, hint=hint)
