"""Personal data in text that is to be published: phone, identity and bank card numbers, names.

Credit codes (18 characters), project codes (21), page ids and amounts hold digits that look the same; a hit must
stand free of letters and digits, and pass its checksum where there is one.
"""

from __future__ import annotations

from collections.abc import Iterable

from perflint.interpret.calendar import is_date
from perflint.interpret.folding import fold_characters
from perflint.pattern import LazyPattern

_LONGEST_TEXT = 100_000
_MOBILE = LazyPattern(
    r"(?<![0-9A-Za-z_.=#])(?<![0-9A-Za-z]-)(?:\+?86[ -]?)?(1[3-9][0-9](?P<mark>[ -]?)[0-9]{4}(?P=mark)[0-9]{4})"
    r"(?![0-9A-Za-z_]|\.[0-9A-Za-z]| ?[元万亿])"
)
_LANDLINE = LazyPattern(
    r"(?<![0-9A-Za-z_.=#-])(?:\(0[1-9][0-9]{1,2}\) ?|0[1-9][0-9]{1,2} ?[-—] ?)[2-9][0-9]{2,3} ?[0-9]{4}"
    r"(?:(?:-|转)[0-9]{1,5})?(?![0-9A-Za-z_])"
)
_JOINED_LANDLINE = LazyPattern(
    r"(?:电话|传真|座机|热线)(?:号码)?[:( ]{0,3}(0[1-9][0-9]{1,2}[2-9][0-9]{6,7})(?![0-9A-Za-z_])"
)
_ID = LazyPattern(r"(?<![0-9A-Za-z])[1-8][0-9]{16}[0-9Xx](?![0-9A-Za-z])")
_CARD = LazyPattern(r"(?<![0-9A-Za-z.])(?:(?:[0-9]{4} ){3,4}[0-9]{1,7}|[0-9]{16,19})(?![0-9A-Za-z])")
# Fewer characters than this hold no such number.
_LEAST_MOBILE, _LEAST_LANDLINE, _LEAST_ID, _LEAST_CARD = 11, 10, 18, 16
_CARD_STARTS = tuple("62 60 68 69 4 51 52 53 54 55 35 36 37 90 94 95 98".split())
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"

# Common surnames; left out are those that are everyday words or parts of words as well (向, 应, 管, 党, 成, 安).
SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬于傅皮卞齐伍余元卜顾孟黄穆萧尹姚邵湛汪祁毛禹狄米贝臧伏戴谈宋茅庞熊纪舒"
    "屈祝董梁杜阮蓝闵席季麻贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万柯卢莫房裘缪宗丁宣邓郁杭洪"
    "诸左石崔吉钮龚程嵇邢裴陆荣翁荀羊甄曲芮储靳段巫乌焦巴弓牧隗侯宓蓬郗班仰秋仲伊宫栾暴甘钭厉戎祖刘"
    "詹龙叶司韶郜黎蓟薄宿白怀蒲邰鄂索籍赖卓蔺屠蒙池乔阴胥苍双莘翟谭劳逄姬申冉宰郦雍桑桂濮牛寿扈燕冀"
    "尚温庄晏柴瞿阎慕茹宦艾鱼易慎戈廖庾暨衡耿弘匡文寇禄阙东欧沃蔚夔隆巩厍聂晁勾敖融冷訾辛"
    "康武景阚简饶曾毋沙乜鞠须丰巢蒯荆竺逯盖桓肖闫覃付代尧"
)
COMPOUND = frozenset("欧阳 司马 上官 诸葛 夏侯 皇甫 尉迟 公孙 慕容 令狐 司徒 东方 独孤 端木".split())
# Characters that make a word of a surname: 文员, 方面, 高校, 党员.
_NOT_GIVEN = frozenset(
    "员长师任人者民户部校目面工等某的们局镇村乡县市区组队厂店所院站处科股办会社委府企业项费款资产类种次个名位年月日度成果实施"
    "情况作用层级价计划程序领导群众单机构关方法及其与和或在为是有无不均各全以上下内外中前后同志事务服管理条件标准要求建设生活"
)
# Given names so usual that their characters, parts of words elsewhere, mean nothing else: 建国, 志强, 卫民.
_USUAL_GIVEN = LazyPattern("[建志国永卫爱海][国华军平强明伟勇刚民林辉东峰红英芳兰荣]")
_NAME_BEFORE = LazyPattern(
    r"等(?:[0-9一二三四五六七八九十百两]{1,4}[余多]?[名位个]?(?:[人户名]|村民|同志|职工|干部|学生|居民)|人(?![民员口才均]))"
    r"|同志|先生|女士"
)
_NAME_AFTER = LazyPattern(
    r"(?:(?:负责|联系|经办|填表|填报|制表|审核|责任|承办|受益|申请|代表)人|(?:主管|分管)领导|户主)"
    r"(?:姓名)?[:( ]{0,3}[为是]?"
)
# Illnesses, kinds of people and crops that begin like a name: 高血压等48名患者, 种植花椒等30户.
_NO_NAMES = frozenset(
    "高血压 高血脂 高血糖 高尿酸 高龄 白血病 康复 花卉 花椒 马铃薯 金银花 黄桃 石榴 高粱 鱼塘".split()
)
# 王桂香、刘长根等48名老人: two names in a row are no illnesses or kinds of people (高血压、冠心病等48名患者).
_LISTED_BEFORE = LazyPattern(
    r"(?<=[\u4e00-\u9fff])、([\u4e00-\u9fff]{2,4})等[0-9一二三四五六七八九十百两]{1,4}[余多]?[名位个户]"
)
# Each place where a name is looked for has one of these.
_NAME_BESIDE = ("人", "等", "同志", "先生", "女士", "领导", "户主")
_PUBLIC = frozenset(("习近平", "毛泽东", "邓小平", "江泽民", "胡锦涛", "周恩来", "雷锋", "焦裕禄"))


def find_mobile_numbers(text: str) -> tuple[str, ...]:
    """Return the mobile phone numbers in *text*, 11 digits each, every one once."""
    if len(text) < _LEAST_MOBILE:
        return ()
    folded = fold_characters(text[:_LONGEST_TEXT])
    return _distinct(found[1].replace(" ", "").replace("-", "") for found in _MOBILE.finditer(folded))


def find_landlines(text: str) -> tuple[str, ...]:
    """Return the fixed-line numbers in *text* as printed: area code and number, joined only after 电话 or 传真."""
    if len(text) < _LEAST_LANDLINE:
        return ()
    folded = fold_characters(text[:_LONGEST_TEXT])
    numbers = [(found.start(), found.group()) for found in _LANDLINE.finditer(folded)]
    numbers += [(found.start(1), found[1]) for found in _JOINED_LANDLINE.finditer(folded)]
    return _distinct(number.strip() for _, number in sorted(numbers))


def find_id_numbers(text: str) -> tuple[str, ...]:
    """Return the identity card numbers in *text*: 18 characters, a real day of birth, a right check digit.

    Source: GB 11643-1999 (check digit by ISO 7064 MOD 11-2).
    """
    if len(text) < _LEAST_ID:
        return ()
    folded = fold_characters(text[:_LONGEST_TEXT])
    return _distinct(found.group() for found in _ID.finditer(folded) if is_id_number(found.group()))


def is_id_number(number: str) -> bool:
    """Whether 18 characters have a plausible day of birth and the right check digit."""
    year, month, day = int(number[6:10]), int(number[10:12]), int(number[12:14])
    if not 1900 <= year <= 2100 or not is_date(year, month, day):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _ID_WEIGHTS, strict=False))
    return _ID_CHECKS[total % 11] == number[17].upper()


def find_bank_cards(text: str) -> tuple[str, ...]:
    """Return the bank card numbers in *text*: 16 to 19 digits, grouped or not, with a right Luhn digit.

    Source: ISO/IEC 7812-1 (Luhn).
    """
    if len(text) < _LEAST_CARD:
        return ()
    folded = fold_characters(text[:_LONGEST_TEXT])
    numbers = (found.group().replace(" ", "") for found in _CARD.finditer(folded))
    return _distinct(number for number in numbers if is_card_number(number))


def is_card_number(number: str) -> bool:
    """Whether 16 to 19 digits begin like a card and end with the right Luhn digit; an identity number is no card."""
    if not 16 <= len(number) <= 19 or not number.startswith(_CARD_STARTS) or len(set(number)) == 1:
        return False
    if len(number) == 18 and is_id_number(number):
        return False
    doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(number)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def find_person_names(text: str) -> tuple[str, ...]:
    """Return what must be personal names: before 等5人, 同志, 先生, 女士, and after 负责人, 联系人 and the like.

    Two in a row may stand before 等5名 and any noun. A name is a surname of the usual list and one or two
    characters; 某某, office titles and public figures are none.
    """
    folded = fold_characters(text[:_LONGEST_TEXT])
    if not any(word in folded for word in _NAME_BESIDE):
        return ()
    names: list[tuple[int, str]] = []
    for found in _NAME_BEFORE.finditer(folded):
        name = _name_ending_at(folded, found.start())
        names += [(found.start() - len(name), name)] if name else []
    for found in _LISTED_BEFORE.finditer(folded):
        name = _name_ending_at(folded, found.start())
        names += [(found.start() - len(name), name), (found.start(1), found[1])] if _are_listed(name, found[1]) else []
    for found in _NAME_AFTER.finditer(folded):
        name = _name_starting_at(folded, found.end())
        names += [(found.end(), name)] if name else []
    return _distinct(name for _, name in sorted(names))


def _are_listed(first: str, second: str) -> bool:
    return len(first) == 3 and len(second) == 3 and second[0] in SURNAMES and second not in _NO_NAMES


def _name_ending_at(text: str, end: int) -> str:
    if text.endswith(tuple(_PUBLIC), 0, end):
        return ""
    for length in (4, 3, 2):
        name = text[max(0, end - length) : end]
        if len(name) == length and _is_name(name):
            return name
    return ""


def _name_starting_at(text: str, start: int) -> str:
    end = start
    while end < len(text) and end - start < 5 and _is_chinese(text[end]):
        end += 1
    name = text[start:end]
    return name if _is_name(name) else ""


def _is_name(name: str) -> bool:
    if name in _PUBLIC or name in _NO_NAMES or not all(map(_is_chinese, name)):
        return False
    surname = 2 if name[:2] in COMPOUND else 1
    given = name[surname:]
    if surname == 1 and name[:1] not in SURNAMES:
        return False
    return 1 <= len(given) <= 2 and (
        _USUAL_GIVEN.fullmatch(given) is not None or not any(character in _NOT_GIVEN for character in given)
    )


def _is_chinese(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff" or character == "·"


def _distinct(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))
