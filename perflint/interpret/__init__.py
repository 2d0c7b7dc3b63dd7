"""Printed cell text → what it says: targets, amounts, and the facts that prose states.

Everything here is a pure function of text, takes any text whatever, and costs time linear in its length.
"""

from __future__ import annotations

from perflint.interpret.amount import read_amount, read_number, read_percent
from perflint.interpret.amounts import MoneyMention, read_amounts
from perflint.interpret.dates import first_day, last_day, read_date, read_years
from perflint.interpret.formula import Formula, read_formulas
from perflint.interpret.frequency import Frequency, read_frequency
from perflint.interpret.personal import (
    find_bank_cards,
    find_id_numbers,
    find_landlines,
    find_mobile_numbers,
    find_person_names,
)
from perflint.interpret.quantities import Quantity, read_quantities
from perflint.interpret.target import Target
from perflint.interpret.text import count_shared, normalize
from perflint.interpret.told import told_otherwise
from perflint.interpret.told_frequency import told_frequency
from perflint.interpret.told_price import told_price
from perflint.interpret.units import fold_unit, same_unit, unit_factor
from perflint.interpret.value import read_value
from perflint.interpret.wording import (
    find_inner_spaces,
    find_markup,
    find_placeholders,
    find_repeated_sentences,
    find_repeated_words,
    read_full_mark_value,
    read_full_marks,
)

__all__ = [
    "Formula",
    "Frequency",
    "MoneyMention",
    "Quantity",
    "Target",
    "count_shared",
    "find_bank_cards",
    "find_id_numbers",
    "find_inner_spaces",
    "find_landlines",
    "find_markup",
    "find_mobile_numbers",
    "find_person_names",
    "find_placeholders",
    "find_repeated_sentences",
    "find_repeated_words",
    "first_day",
    "fold_unit",
    "last_day",
    "normalize",
    "read_amount",
    "read_amounts",
    "read_date",
    "read_formulas",
    "read_frequency",
    "read_full_mark_value",
    "read_full_marks",
    "read_number",
    "read_percent",
    "read_quantities",
    "read_value",
    "read_years",
    "same_unit",
    "told_frequency",
    "told_otherwise",
    "told_price",
    "unit_factor",
]
