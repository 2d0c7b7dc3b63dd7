"""Printed text to the form in which labels, headers and levels are compared; and back to nothing but the margins.

Cell.text ──fold──▶ key for look-ups (never stored)
Cell.text ──tidy──▶ what the document keeps
"""

from __future__ import annotations

import re
import unicodedata

# Traditional characters of the words that forms use; pages of governments are mirrored in them.
_TRADITIONAL = (
    "佔來個備價億優內兩册別則創劃動務匯區員問單噸嚴國執報場塊學實審專對導屬幣廣廳張強彙復態應戰戶採撐撥擔"
    "據擴數斷於時會東條棟業構標機權歷歸況測準滾滿濟無營牽狀現環產畝當發盞眾確碼礎稅種稱穩節範築簡簽籤約納"
    "級細組結經編縣總績繫續義聯職肅臺與萬蓋處號衆裏裡製複覆覈見規計設註評話説說調請論負財貨責費資質購車較"
    "輛輪轉辦週進運過達遠適郵鄉釋釐錄鍾鎮鐘長門間隊際電響頁頃項預領頭題額類顯驗體點"
)
_SIMPLIFIED = (
    "占来个备价亿优内两册别则创划动务汇区员问单吨严国执报场块学实审专对导属币广厅张强汇复态应战户采撑拨担"
    "据扩数断于时会东条栋业构标机权历归况测准滚满济无营牵状现环产亩当发盏众确码础税种称稳节范筑简签签约纳"
    "级细组结经编县总绩系续义联职肃台与万盖处号众里里制复复核见规计设注评话说说调请论负财货责费资质购车较"
    "辆轮转办周进运过达远适邮乡释厘录钟镇钟长门间队际电响页顷项预领头题额类显验体点"
)
_SIMPLE = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,80}>|&nbsp;|\[bookmark:[^\]]{0,80}\]")
_NOISE = re.compile(r"[\s\W_]+")
_BRACKETS = re.compile(r"[（(\[【][^（()）\[\]【】]*[)）\]】]")
_LEAD_WORD = re.compile(
    r"^(?:其中|[(（][一二三四五六七八九十\d]{1,2}[)）][、.．]?|[一二三四五六七八九十]{1,2}[、.．]|\d{1,2}[、.．](?!\d))[:：]?\s*"
)
_MARGIN = " \t\r\n\f\v\u3000\xa0\ufeff\u200b"
_ORDINAL = re.compile(r"(?<!\d)\d{1,2}$")
_COUNT = re.compile(r"[\d一二三四五六七八九十]+$")


def tidy(text: str) -> str | None:
    """Return the printed text without the white space around it, or None when nothing is printed."""
    return text.strip(_MARGIN) or None


def is_blank(text: str) -> bool:
    """Tell whether a cell shows nothing: white space only."""
    return not text.strip(_MARGIN)


def simplify(text: str) -> str:
    """Return a text with the traditional characters of form words in their simplified spelling, none added or lost."""
    return text.translate(_SIMPLE)


def fold(text: str) -> str:
    """Return the letters and digits of a text in one spelling; comparison signs and ``%`` are dropped too."""
    return _NOISE.sub("", simplify(unicodedata.normalize("NFKC", _TAG.sub("", text))))


def fold_label(text: str) -> str:
    """Return ``fold`` without a leading 其中 or numbering, so that ``（一）其中：财政拨款`` compares as 财政拨款."""
    previous, current = "", text.strip(_MARGIN)
    while previous != current:
        previous, current = current, _LEAD_WORD.sub("", current).strip(_MARGIN)
    return fold(current)


def drop_brackets(text: str) -> str:
    """Return the text without bracketed remarks: 支出方向（子项） gives 支出方向; unchanged if nothing else is left."""
    bare = _BRACKETS.sub("", text)
    return bare if fold(bare) else text


def list_brackets(text: str) -> tuple[str, ...]:
    """Return what stands in brackets, without them, in order: 资金支出计划（%） gives ``%``."""
    return tuple(found[1:-1].strip(_MARGIN) for found in _BRACKETS.findall(text))


def list_keys(text: str) -> tuple[str, ...]:
    """Return the keys under which a label may be known, the most literal first."""
    keys = (fold(text), fold_label(text), fold(drop_brackets(text)), fold_label(drop_brackets(text)))
    numbered = tuple(_ORDINAL.sub("", key) for key in keys if len(key) > 3)
    return tuple(dict.fromkeys(key for key in (*keys, *numbered) if key))


def fold_level(text: str) -> str:
    """Return a level label without 指标, brackets and trailing numbers: ``核心业务 产出 4`` gives 核心业务产出."""
    key = _COUNT.sub("", fold_label(drop_brackets(text)))
    bare = key.removesuffix("等").removesuffix("指标").removesuffix("目标")
    return bare or key
