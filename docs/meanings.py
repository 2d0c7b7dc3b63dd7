"""What the functions of the rule language and the facts they read mean, in both languages, for the pages of docs/.

A function or a field that is missing here stops the generator, so that none is published without its meaning.
"""

from __future__ import annotations

FUNCTIONS = {
    "abs": ("绝对值", "the absolute value"),
    "round": ("取到几位小数，正好一半取偶", "rounded to so many decimals, half to even"),
    "half_width": (
        "印出的金额可能差多少：末位的一半，至多 0.005",
        "how far a printed amount may be off: half of its last place, at most 0.005",
    ),
    "places": ("印了几位小数", "how many decimals are printed"),
    "reconciles": (
        "总数与各部分之和相等，或只差四舍五入",
        "the total equals the sum of the parts, or differs by rounding only",
    ),
    "reconciliation": (
        "`exact` 相等，`rounding` 只差四舍五入，`coarse` 小数印得少，`unit_slip` 元与万元混用，`mismatch` 不符",
        "`exact`, `rounding`, `coarse` (few decimals printed), `unit_slip` (元 against 万元), `mismatch`",
    ),
    "slipped": (
        "金额是否按另一单位（元、万元）填写：乘以或除以一万，各合计之一就等于总额",
        "whether an amount is in the other unit (元, 万元): ten thousand times as large or small, sums agree",
    ),
    "correct_share": (
        "占比印错时是多少才对；给占比、金额、总额、至少几位小数、各占比是否合计 100",
        "what a wrong share should be; give share, amount, total, fewest decimals, whether all shares make 100",
    ),
    "contains": ("文字里有这一段", "the text holds this piece"),
    "contains_any": ("文字里有其中一个词", "the text holds one of the words"),
    "found_in": ("文字里最先出现的那个词", "the word of the list that comes first in the text"),
    "starts_with": ("以这一段开头", "begins with this piece"),
    "ends_with": ("以这一段结尾", "ends with this piece"),
    "starts_with_any": ("以其中一个词开头", "begins with one of the words"),
    "ends_with_any": ("以其中一个词结尾", "ends with one of the words"),
    "matches": ("有符合正则表达式的一段", "a piece of it matches the regular expression"),
    "find": (
        "符合正则表达式的第一段；有括号时是括号里的",
        "the first piece that matches the regular expression, of a group what is in it",
    ),
    "length": ("几个字", "how many characters"),
    "size": ("列表或词表有几项", "how many items a list or vocabulary has"),
    "remove": ("去掉这一段以后的文字", "the text without this piece"),
    "sums_of_some": (
        "其中某几个数（或一个也不取）可能的合计，不取的 0 在最前；多于八个时只有 0 和总和",
        "what some of the numbers may add up to, 0 for none first; of more than eight only 0 and the sum of all",
    ),
    "rounds_to": (
        "第二个数是第一个数少印几位小数的写法：1107.80 写成 1108",
        "the second number is the first with fewer places: 1107.80 as 1108",
    ),
    "same_text": ("除空格和标点外相同", "the same but for spaces and punctuation"),
    "bare_text": (
        "去掉空格和标点的文字；same_text 比的就是它",
        "the text without spaces and punctuation, which is what same_text compares",
    ),
    "common_noun": (
        "两段文字里都有的最长的一段，至少两个汉字",
        "the longest run of Chinese characters in both texts, two at least",
    ),
    "shared_length": (
        "第一段文字有几个字在第二段里也成对出现",
        "how many characters of the first text stand in pairs that the second has as well",
    ),
    "join": ("用顿号连成一段", "the texts joined with 、"),
    "same_unit": ("单位相同：`km` 与公里，名与人", "the same unit: `km` and 公里, 名 and 人"),
    "year_of": ("日期的年份，没有印年份为空白", "the year of a date, blank if none is printed"),
    "months_between": ("跨几个月，首尾都算", "how many months a stretch touches, both ends included"),
    "read_date": ("文字里唯一的日期", "the one date in the text"),
    "read_years": ("文字里提到的年份", "the years the text names"),
    "read_frequency": ("文字里唯一的频次：每周1次、2次/年", "the one frequency in the text: 每周1次, 2次/年"),
    "read_formulas": ("文字里的算式", "the calculations in the text"),
    "read_amounts": ("文字里的金额，不含单价", "the amounts of money in the text, no unit prices"),
    "read_quantities": ("文字里的数量：18个村、宣传20次", "the counts and measures in the text: 18个村, 宣传20次"),
    "told_otherwise": (
        "几段文字对这个名称所说的数量，都与给的数不同才有；给文字、名称、数、单位、年度，现有、累计、其中和别的年度的不算",
        (
            "what the texts say of the matter of the name, if all of it is another number; of texts, name, number, "
            "unit and year, without what is there already, a total of years, a part or another year"
        ),
    ),
    "told_frequency": (
        "几段文字说这个名称多久做一次；给文字、名称、表内可比的各名称，说的也可以是别的名称的不算",
        (
            "how often the texts say that the matter of the name is done; of texts, name and the names of the table "
            "that it might be instead"
        ),
    ),
    "told_price": (
        "几段文字对这个名称所说的单价，都与给的数不同才有；给文字、名称、元数、每什么",
        (
            "what the texts say that one of the matter costs, if all of it is another price; of texts, name, yuan and "
            "what it is per"
        ),
    ),
    "read_value": ("把文字当作指标值来读，见下", "the text read as an indicator value, see below"),
    "read_full_marks": ("评分标准的满分", "the full marks of a scoring standard"),
    "read_full_mark_value": ("评分标准里得满分的值", "the value that earns full marks in a scoring standard"),
    "find_mobile_numbers": ("手机号码", "mobile phone numbers"),
    "find_landlines": ("固定电话号码", "fixed-line numbers"),
    "find_id_numbers": ("身份证号码", "identity card numbers"),
    "find_bank_cards": ("银行卡号", "bank card numbers"),
    "find_person_names": (
        "人名：同志、先生、等5人之前，负责人、联系人之后",
        "personal names, by the words beside them",
    ),
    "find_repeated_words": ("连着写了两遍的词：事故事故", "words that stand twice in a row: 事故事故"),
    "find_repeated_sentences": ("写了两遍的句子", "sentences that stand twice"),
    "find_markup": ("残留的格式代码，要给原样文字：`find_markup(raw(x))`", "left-over markup; give it `raw(x)`"),
    "find_inner_spaces": (
        "词或数中间的空格，要给原样文字：`raw(x)`",
        "spaces inside words or numbers; give it `raw(x)`",
    ),
    "find_placeholders": ("没有填写的占位：**、XX、待定、□", "placeholders never filled in: **, XX, 待定, □"),
}

FACTS = {
    "target": {
        "kind": ("种类，见上表", "the kind, see above"),
        "comparator": (
            "印出的 ≥ ≤ = > < ~，没有印或认不出为空白",
            "≥ ≤ = > < ~ as printed, blank if none is or it cannot be read",
        ),
        "number": ("数", "the number"),
        "low": ("范围的下限", "lower end of a range"),
        "high": ("范围的上限", "upper end of a range"),
        "unit": ("单位，格子里的先于单位列的", "the unit, that in the cell before that of the unit column"),
        "date": ("期限：`2026-12-31`，没有印年份为 `--12-31`", "a deadline: `2026-12-31`, `--12-31` without a year"),
        "start": ("期间的开始", "start of a period"),
        "end": ("期间的结束", "end of a period"),
        "bound": ("`before` 之前，`at` 当时", "`before` or `at` the date"),
        "precision": (
            "日期印到哪里：`day`、`month-end`、`quarter` 等",
            "how fine the date is: `day`, `month-end`, `quarter`, …",
        ),
        "every": (
            "多久一次：`day week month quarter half-year year` 等",
            "how often: `day week month quarter half-year year`, …",
        ),
        "text": ("规整过的文字", "the normalised text"),
        "label": ("数前面的文字：完成率", "the words before the number: 完成率"),
        "noun": ("单位后面的名词：村", "the noun after the unit: 村"),
        "reason": (
            "读不成数的原因：`approximate_quantity invalid_date placeholder number_missing fraction unreadable` 等",
            "why it is no number: `approximate_quantity invalid_date placeholder number_missing fraction`, …",
        ),
        "yuan": ("单位是钱时，合多少元", "the amount in 元 when the unit is money"),
        "per": ("单价的“每”：元/人 的人", "what a price is per: 人 of 元/人"),
        "parts": ("几个值各是什么", "the values of a cell that holds several"),
        "notes": (
            "写法的特别之处：`comparator_unreadable unit_repeated unit_incomplete space_in_number` 等",
            "peculiarities of the print: `comparator_unreadable unit_repeated unit_incomplete space_in_number`, …",
        ),
    },
    "formula": {
        "text": ("算式原样", "as printed"),
        "left": ("等号左边的数", "the numbers on the left"),
        "product": ("左边算得多少", "what the left comes to"),
        "stated": ("等号右边印的数", "the printed result"),
        "unit": ("结果的单位", "unit of the result"),
        "missing": ("缺一个数", "a number is lacking"),
        "quantity": ("第一个不是钱的数", "the first operand that is no money"),
        "quantity_unit": ("它的单位", "its unit"),
        "price": ("第一个是钱的数", "the first operand that is money"),
        "price_unit": ("它的单位：万元/次", "its unit: 万元/次"),
    },
    "frequency": {
        "count": ("几次", "how many times"),
        "every": ("每 `day week month quarter half-year year` 等", "per `day week month quarter half-year year`, …"),
        "per_year": ("合一年几次", "times a year"),
    },
    "money_mention": {
        "text": ("原样，连同前面的词", "as printed, with the words before it"),
        "label": ("数前面的词：基本支出", "the words before the number"),
        "number": ("数", "the number"),
        "unit": ("元、万元等", "元, 万元, …"),
        "yuan": ("合多少元", "the amount in 元"),
    },
    "quantity": {
        "number": ("数", "the number"),
        "unit": ("单位", "the unit"),
        "noun": ("数的是什么：村", "what is counted: 村"),
        "text": ("原样", "as printed"),
        "label": ("数前面的文字：整治河道", "the words before the number: 整治河道"),
    },
}

KINDS = {
    "number": ("一个数", "one number", "≥95%"),
    "range": ("一个范围", "a range", "3-5个"),
    "relative": ("与往年或预算相比", "against an earlier year or the budget", "比上年提高5%"),
    "deadline": ("期限", "a deadline", "2026年6月底前"),
    "period": ("一段时间", "a stretch of time", "2026年1月-10月"),
    "recurrence": ("定期", "at regular times", "每月10日前"),
    "formula": ("算式", "a calculation", "10次*0.7万元/次=7万元"),
    "multi": ("几个值", "several values", "18个村，1个社区"),
    "boolean": ("是、否", "是 or 否", "是"),
    "qualitative": ("文字", "words", "明显改善"),
    "empty": ("空白", "blank", "—"),
    "unparsed": ("想写数而读不出", "meant as a number and unreadable", "数10户"),
}
