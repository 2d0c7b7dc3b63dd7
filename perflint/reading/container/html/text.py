"""The text of HTML elements as a browser shows it: white space folded, line breaks, form fields with their values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from perflint.reading.container.raised import write_lowered, write_raised
from perflint.reading.container.xml import Element

SKIPPED = frozenset("script style noscript template head object applet iframe svg math col colgroup datalist".split())
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend li listing main menu nav ol optgroup option p pre section "
    "summary ul td th tr tbody thead tfoot".split()
)
REPLACED = frozenset(("br", "input", "select", "textarea", "img"))
_WHITE = re.compile(r"[ \t\r\n\f]+")
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_KEPT_SPACE = re.compile(r"white-space\s*:\s*(?:pre|pre-wrap|pre-line|break-spaces)\b", re.IGNORECASE)
_BREAK, _EDGE, _SPACE = "\x01", "\x02", "\x03"  # a line break, the edge of a block, a kept space: until all is folded
_STRUCK = re.compile(r"text-decoration[a-z-]*\s*:[^;]*line-through", re.IGNORECASE)
_SHIFTS: Mapping[str, Callable[[str], str]] = {"sup": write_raised, "sub": write_lowered}
_TEXT_FIELDS = ("", "text", "number", "date", "tel", "search", "url", "email", "month", "datetime-local", "time")


def read_text(element: Element) -> str:
    """Return the text of *element* without its tables and what is out of sight; ``<br>`` and blocks break lines."""
    pieces: list[str] = []
    _collect(element, pieces, preserved=keeps_space(element))
    return tidy("".join(pieces))


def _collect(element: Element, pieces: list[str], *, preserved: bool) -> None:
    pieces.append(fold_white(element.text, preserved=preserved))
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag and tag != "table" and tag not in SKIPPED and not is_out_of_sight(child):
            _collect_child(child, tag, pieces, preserved=preserved or keeps_space(child))
        pieces.append(fold_white(child.tail, preserved=preserved))


def _collect_child(child: Element, tag: str, pieces: list[str], *, preserved: bool) -> None:
    if tag in REPLACED:
        pieces.append(read_inline(child))
        return
    edge = _EDGE if tag in BLOCKS else ""
    before = len(pieces)
    pieces.append(edge)
    _collect(child, pieces, preserved=preserved)
    pieces.append(edge)
    shift = _SHIFTS.get(tag)
    if shift is not None:
        pieces[before:] = map(shift, pieces[before:])


def fold_white(text: str | None, *, preserved: bool) -> str:
    """Fold runs of white space to one space, or mark every space and line break as kept."""
    plain = (text or "").translate({1: None, 2: None, 3: None})
    if preserved:
        return plain.replace("\r\n", "\n").replace("\n", _BREAK).replace(" ", _SPACE)
    return _WHITE.sub(" ", plain)


def read_inline(element: Element) -> str:
    """Return what an element without text of its own shows: a line break, or the value of a form field."""
    if element.tag == "br":
        return _BREAK
    if element.tag == "textarea":
        return (element.text or "").strip()
    if element.tag == "select":
        options = list(element.iter("option"))
        chosen = [one for one in options if one.get("selected") is not None] or options[:1]
        return "".join((one.text or "").strip() for one in chosen)
    if element.tag == "input":
        return _read_input(element)
    return ""


def _read_input(element: Element) -> str:
    kind = (element.get("type") or "").lower()
    if kind in ("checkbox", "radio"):
        return "☑" if element.get("checked") is not None else "□"
    return element.get("value") or "" if kind in _TEXT_FIELDS else ""


def tidy(text: str) -> str:
    """Put together what ``fold_white`` and ``read_inline`` gave; edges of blocks break lines once, and not outside."""
    text = re.sub(r" *\x02[ \x02]*", _EDGE, text).strip(f" {_EDGE}")
    text = re.sub(r" *\x01 *", _BREAK, text)
    text = text.replace(_BREAK + _EDGE, _BREAK).replace(_EDGE, _BREAK)
    return re.sub(r" {2,}", " ", text).replace(_BREAK, "\n").replace(_SPACE, " ")


def list_marks(cell: Element) -> tuple[str, ...]:
    """Return what a person should know about the text of a cell: ``struck``, ``image``, ``unseen``."""
    inner = [one for one in cell.iter() if isinstance(one.tag, str)]
    return (
        *(["struck"] if any(_is_struck(one) and one.text_content().strip() for one in inner) else []),
        *(["image"] if any(one.tag == "img" for one in inner) else []),
        *(["unseen"] if any(is_out_of_sight(one) and one.text_content().strip() for one in inner[1:]) else []),
    )


def _is_struck(element: Element) -> bool:
    return element.tag in ("s", "strike", "del") or bool(_STRUCK.search(element.get("style") or ""))


def is_out_of_sight(element: Element) -> bool:
    """Whether the element itself is hidden by attribute or inline style."""
    return element.get("hidden") is not None or bool(_HIDDEN_STYLE.search(element.get("style") or ""))


def keeps_space(element: Element) -> bool:
    """Whether white space inside the element is shown as it stands."""
    return element.tag in ("pre", "listing") or bool(_KEPT_SPACE.search(element.get("style") or ""))
