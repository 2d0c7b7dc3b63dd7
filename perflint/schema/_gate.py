"""Tells whether data has the shape of a document. Written by ``python -m perflint.schema.gate``; not to be edited."""
# ruff: noqa: C901, SIM103, SIM110

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import NoneType

from perflint.pattern import LazyPattern

TYPE_CHECKING = False  # see perflint.typed
if TYPE_CHECKING:
    from typing import Any

_Kinds = Mapping[str, frozenset[type]]


def check_shape(data: Any) -> bool:
    """Tell whether *data*, plain JSON with a Decimal for every number, has the shape of ``document-1.schema.json``."""
    return type(data) is dict and _document(data)


_DOCUMENT_PERFLINT = {
    "document/1",
}


def _document_fiscal_year(cell: Any) -> bool:
    if type(cell) is Decimal and cell < 1949:
        return False
    if type(cell) is Decimal and cell > 2200:
        return False
    if type(cell) is Decimal and cell != cell.to_integral_value():
        return False
    return True


def _document_narrative(value: list[Any]) -> bool:
    for item in value:
        if type(item) is not dict or not _narrative(item):
            return False
    return True


def _document_tables(value: list[Any]) -> bool:
    for item in value:
        if type(item) is not dict or not _table(item):
            return False
    return True


def _document_origins(value: dict[str, Any]) -> bool:
    for cell in value.values():
        if type(cell) is not str:
            return False
    return True


def _document_unread(value: list[Any]) -> bool:
    for item in value:
        if type(item) is not dict or not _unread(item):
            return False
    return True


_DOCUMENT: _Kinds = {
    "perflint": frozenset((str,)),
    "$schema": frozenset((str,)),
    "source": frozenset((dict,)),
    "organization": frozenset((dict,)),
    "fiscal_year": frozenset((Decimal, NoneType)),
    "narrative": frozenset((list,)),
    "tables": frozenset((list,)),
    "origins": frozenset((dict,)),
    "unread": frozenset((list,)),
}


def _document(value: dict[str, Any]) -> bool:
    try:
        for key, cell in value.items():
            if type(cell) not in _DOCUMENT[key]:
                return False
    except KeyError:
        for key, cell in value.items():
            if key in _DOCUMENT:
                if type(cell) not in _DOCUMENT[key]:
                    return False
            elif not key.startswith("x-"):
                return False
    if "perflint" not in value:
        return False
    if "tables" not in value:
        return False
    if "perflint" in value and value["perflint"] not in _DOCUMENT_PERFLINT:
        return False
    if "source" in value and not _source(value["source"]):
        return False
    if "organization" in value and not _organization(value["organization"]):
        return False
    if "fiscal_year" in value and not _document_fiscal_year(value["fiscal_year"]):
        return False
    if "narrative" in value and not _document_narrative(value["narrative"]):
        return False
    if "tables" in value and not _document_tables(value["tables"]):
        return False
    if "origins" in value and not _document_origins(value["origins"]):
        return False
    if "unread" in value and not _document_unread(value["unread"]):
        return False
    return True


_EXTRA_LINE: _Kinds = {
    "label": frozenset((str, NoneType)),
    "amount": frozenset((str, Decimal, NoneType)),
}


def _extra_line(value: dict[str, Any]) -> bool:
    try:
        for key, cell in value.items():
            if type(cell) not in _EXTRA_LINE[key]:
                return False
    except KeyError:
        for key, cell in value.items():
            if key in _EXTRA_LINE:
                if type(cell) not in _EXTRA_LINE[key]:
                    return False
            elif not key.startswith("x-"):
                return False
    if "label" not in value:
        return False
    return True


_BY_SOURCE: _Kinds = {
    "general_public_budget": frozenset((str, Decimal, NoneType)),
    "fiscal_appropriation": frozenset((str, Decimal, NoneType)),
    "government_fund": frozenset((str, Decimal, NoneType)),
    "state_capital": frozenset((str, Decimal, NoneType)),
    "special_account": frozenset((str, Decimal, NoneType)),
    "unit_funds": frozenset((str, Decimal, NoneType)),
    "other": frozenset((str, Decimal, NoneType)),
}


def _by_source(value: dict[str, Any]) -> bool:
    try:
        for key, cell in value.items():
            if type(cell) not in _BY_SOURCE[key]:
                return False
    except KeyError:
        for key, cell in value.items():
            if key in _BY_SOURCE:
                if type(cell) not in _BY_SOURCE[key]:
                    return False
            elif not key.startswith("x-") or type(cell) is not dict or not _extra_line(cell):
                return False
    return True


_BY_USE: _Kinds = {
    "basic": frozenset((str, Decimal, NoneType)),
    "project": frozenset((str, Decimal, NoneType)),
    "personnel": frozenset((str, Decimal, NoneType)),
    "operating": frozenset((str, Decimal, NoneType)),
    "specific_purpose": frozenset((str, Decimal, NoneType)),
}


def _by_use(value: dict[str, Any]) -> bool:
    try:
        for key, cell in value.items():
            if type(cell) not in _BY_USE[key]:
                return False
    except KeyError:
        for key, cell in value.items():
            if key in _BY_USE:
                if type(cell) not in _BY_USE[key]:
                    return False
            elif not key.startswith("x-") or type(cell) is not dict or not _extra_line(cell):
                return False
    return True


_SHARE_BY_SOURCE: _Kinds = {
    "general_public_budget": frozenset((str, Decimal, NoneType)),
    "fiscal_appropriation": frozenset((str, Decimal, NoneType)),
    "government_fund": frozenset((str, Decimal, NoneType)),
    "state_capital": frozenset((str, Decimal, NoneType)),
    "special_account": frozenset((str, Decimal, NoneType)),
    "unit_funds": frozenset((str, Decimal, NoneType)),
    "other": frozenset((str, Decimal, NoneType)),
}


def _share_by_source(value: dict[str, Any]) -> bool:
    try:
        for key, cell in value.items():
            if type(cell) not in _SHARE_BY_SOURCE[key]:
                return False
    except KeyError:
        for key, cell in value.items():
            if key in _SHARE_BY_SOURCE:
                if type(cell) not in _SHARE_BY_SOURCE[key]:
                    return False
            elif not key.startswith("x-") or type(cell) is not dict or not _extra_line(cell):
                return False
    return True


_SHARE_BY_USE: _Kinds = {
    "basic": frozenset((str, Decimal, NoneType)),
    "project": frozenset((str, Decimal, NoneType)),
    "personnel": frozenset((str, Decimal, NoneType)),
    "operating": frozenset((str, Decimal, NoneType)),
    "specific_purpose": frozenset((str, Decimal, NoneType)),
}


def _share_by_use(value: dict[str, Any]) -> bool:
    try:
        for key, cell in value.items():
            if type(cell) not in _SHARE_BY_USE[key]:
                return False
    except KeyError:
        for key, cell in value.items():
            if key in _SHARE_BY_USE:
                if type(cell) not in _SHARE_BY_USE[key]:
                    return False
            elif not key.startswith("x-") or type(cell) is not dict or not _extra_line(cell):
                return False
    return True


_SHARES: _Kinds = {
    "by_source": frozenset((dict,)),
    "by_use": frozenset((dict,)),
}


def _shares(value: dict[str, Any]) -> bool:
    try:
        for key, cell in value.items():
            if type(cell) not in _SHARES[key]:
                return False
    except KeyError:
        for key, cell in value.items():
            if key in _SHARES:
                if type(cell) not in _SHARES[key]:
                    return False
            elif not key.startswith("x-"):
                return False
    if "by_source" in value and not _share_by_source(value["by_source"]):
        return False
    if "by_use" in value and not _share_by_use(value["by_use"]):
        return False
    return True


def _history_year(cell: Any) -> bool:
    if type(cell) is Decimal and cell < 1949:
        return False
    if type(cell) is Decimal and cell > 2200:
        return False
    if type(cell) is Decimal and cell != cell.to_integral_value():
        return False
    return True


_HISTORY: _Kinds = {
    "year": frozenset((Decimal, NoneType)),
    "total": frozenset((str, Decimal, NoneType)),
    "income_total": frozenset((str, Decimal, NoneType)),
    "expenditure_total": frozenset((str, Decimal, NoneType)),
    "by_source": frozenset((dict,)),
    "by_use": frozenset((dict,)),
}


def _history(value: dict[str, Any]) -> bool:
    try:
        for key, cell in value.items():
            if type(cell) not in _HISTORY[key]:
                return False
    except KeyError:
        for key, cell in value.items():
            if key in _HISTORY:
                if type(cell) not in _HISTORY[key]:
                    return False
            elif not key.startswith("x-"):
                return False
    if "year" in value and not _history_year(value["year"]):
        return False
    if "by_source" in value and not _by_source(value["by_source"]):
        return False
    if "by_use" in value and not _by_use(value["by_use"]):
        return False
    return True


def _budget_history(value: list[Any]) -> bool:
    for item in value:
        if type(item) is not dict or not _history(item):
            return False
    return True


_BUDGET: _Kinds = {
    "total": frozenset((str, Decimal, NoneType)),
    "income_total": frozenset((str, Decimal, NoneType)),
    "expenditure_total": frozenset((str, Decimal, NoneType)),
    "by_source": frozenset((dict,)),
    "by_use": frozenset((dict,)),
    "shares": frozenset((dict,)),
    "history": frozenset((list,)),
}


def _budget(value: dict[str, Any]) -> bool:
    try:
        for key, cell in value.items():
            if type(cell) not in _BUDGET[key]:
                return False
    except KeyError:
        for key, cell in value.items():
            if key in _BUDGET:
                if type(cell) not in _BUDGET[key]:
                    return False
            elif not key.startswith("x-"):
                return False
    if "by_source" in value and not _by_source(value["by_source"]):
        return False
    if "by_use" in value and not _by_use(value["by_use"]):
        return False
    if "shares" in value and not _shares(value["shares"]):
        return False
    if "history" in value and not _budget_history(value["history"]):
        return False
    return True


_ORGANIZATION_DIVISION_CODE = LazyPattern("^[0-9]{2,12}$")


def _organization_division_code(cell: Any) -> bool:
    if type(cell) is str and _ORGANIZATION_DIVISION_CODE.search(cell) is None:
        return False
    return True


_ORGANIZATION: _Kinds = {
    "name": frozenset((str, NoneType)),
    "code": frozenset((str, NoneType)),
    "division_code": frozenset((str, NoneType)),
}


def _organization(value: dict[str, Any]) -> bool:
    try:
        for key, cell in value.items():
            if type(cell) not in _ORGANIZATION[key]:
                return False
    except KeyError:
        for key, cell in value.items():
            if key in _ORGANIZATION:
                if type(cell) not in _ORGANIZATION[key]:
                    return False
            elif not key.startswith("x-"):
                return False
    if "division_code" in value and not _organization_division_code(value["division_code"]):
        return False
    return True


_PERIOD: _Kinds = {
    "start": frozenset((str, NoneType)),
    "end": frozenset((str, NoneType)),
}


def _period(value: dict[str, Any]) -> bool:
    try:
        for key, cell in value.items():
            if type(cell) not in _PERIOD[key]:
                return False
    except KeyError:
        for key, cell in value.items():
            if key in _PERIOD:
                if type(cell) not in _PERIOD[key]:
                    return False
            elif not key.startswith("x-"):
                return False
    return True


_PROJECT_HEADER: _Kinds = {
    "name": frozenset((str, NoneType)),
    "code": frozenset((str, NoneType)),
    "category": frozenset((str, NoneType)),
    "parent": frozenset((str, NoneType)),
    "parent_amount": frozenset((str, Decimal, NoneType)),
    "purpose": frozenset((str, NoneType)),
    "period": frozenset((dict,)),
}


def _project_header(value: dict[str, Any]) -> bool:
    try:
        for key, cell in value.items():
            if type(cell) not in _PROJECT_HEADER[key]:
                return False
    except KeyError:
        for key, cell in value.items():
            if key in _PROJECT_HEADER:
                if type(cell) not in _PROJECT_HEADER[key]:
                    return False
            elif not key.startswith("x-"):
                return False
    if "period" in value and not _period(value["period"]):
        return False
    return True


_GOAL_SCOPE = {
    "annual",
    "long_term",
    "period",
}


_GOAL: _Kinds = {
    "scope": frozenset((str,)),
    "label": frozenset((str, NoneType)),
    "text": frozenset((str, NoneType)),
}


def _goal(value: dict[str, Any]) -> bool:
    try:
        for key, cell in value.items():
            if type(cell) not in _GOAL[key]:
                return False
    except KeyError:
        for key, cell in value.items():
            if key in _GOAL:
                if type(cell) not in _GOAL[key]:
                    return False
            elif not key.startswith("x-"):
                return False
    if "scope" in value and value["scope"] not in _GOAL_SCOPE:
        return False
    return True


_TASK: _Kinds = {
    "name": frozenset((str, NoneType)),
    "content": frozenset((str, NoneType)),
    "responsible": frozenset((str, NoneType)),
    "amount": frozenset((str, Decimal, NoneType)),
    "by_source": frozenset((dict,)),
}


def _task(value: dict[str, Any]) -> bool:
    try:
        for key, cell in value.items():
            if type(cell) not in _TASK[key]:
                return False
    except KeyError:
        for key, cell in value.items():
            if key in _TASK:
                if type(cell) not in _TASK[key]:
                    return False
            elif not key.startswith("x-"):
                return False
    if "by_source" in value and not _by_source(value["by_source"]):
        return False
    return True


def _project_goals(value: list[Any]) -> bool:
    for item in value:
        if type(item) is not dict or not _goal(item):
            return False
    return True


_PROJECT: _Kinds = {
    "name": frozenset((str, NoneType)),
    "code": frozenset((str, NoneType)),
    "category": frozenset((str, NoneType)),
    "total": frozenset((str, Decimal, NoneType)),
    "current": frozenset((str, Decimal, NoneType)),
    "purpose": frozenset((str, NoneType)),
    "goals": frozenset((list,)),
}


def _project(value: dict[str, Any]) -> bool:
    try:
        for key, cell in value.items():
            if type(cell) not in _PROJECT[key]:
                return False
    except KeyError:
        for key, cell in value.items():
            if key in _PROJECT:
                if type(cell) not in _PROJECT[key]:
                    return False
            elif not key.startswith("x-"):
                return False
    if "goals" in value and not _project_goals(value["goals"]):
        return False
    return True


_SPENDING_ITEM: _Kinds = {
    "category": frozenset((str, NoneType)),
    "name": frozenset((str, NoneType)),
    "amount": frozenset((str, Decimal, NoneType)),
    "basis": frozenset((str, NoneType)),
}


def _spending_item(value: dict[str, Any]) -> bool:
    try:
        for key, cell in value.items():
            if type(cell) not in _SPENDING_ITEM[key]:
                return False
    except KeyError:
        for key, cell in value.items():
            if key in _SPENDING_ITEM:
                if type(cell) not in _SPENDING_ITEM[key]:
                    return False
            elif not key.startswith("x-"):
                return False
    return True


def _spending_items(value: list[Any]) -> bool:
    for item in value:
        if type(item) is not dict or not _spending_item(item):
            return False
    return True


_SPENDING: _Kinds = {
    "total": frozenset((str, Decimal, NoneType)),
    "items": frozenset((list,)),
}


def _spending(value: dict[str, Any]) -> bool:
    try:
        for key, cell in value.items():
            if type(cell) not in _SPENDING[key]:
                return False
    except KeyError:
        for key, cell in value.items():
            if key in _SPENDING:
                if type(cell) not in _SPENDING[key]:
                    return False
            elif not key.startswith("x-"):
                return False
    if "items" in value and not _spending_items(value["items"]):
        return False
    return True


_PLAN_POINT: _Kinds = {
    "label": frozenset((str, NoneType)),
    "amount": frozenset((str, Decimal, NoneType)),
}


def _plan_point(value: dict[str, Any]) -> bool:
    try:
        for key, cell in value.items():
            if type(cell) not in _PLAN_POINT[key]:
                return False
    except KeyError:
        for key, cell in value.items():
            if key in _PLAN_POINT:
                if type(cell) not in _PLAN_POINT[key]:
                    return False
            elif not key.startswith("x-"):
                return False
    return True


def _payment_plan_points(value: list[Any]) -> bool:
    for item in value:
        if type(item) is not dict or not _plan_point(item):
            return False
    return True


_PAYMENT_PLAN: _Kinds = {
    "header_unit": frozenset((str, NoneType)),
    "points": frozenset((list,)),
}


def _payment_plan(value: dict[str, Any]) -> bool:
    try:
        for key, cell in value.items():
            if type(cell) not in _PAYMENT_PLAN[key]:
                return False
    except KeyError:
        for key, cell in value.items():
            if key in _PAYMENT_PLAN:
                if type(cell) not in _PAYMENT_PLAN[key]:
                    return False
            elif not key.startswith("x-"):
                return False
    if "points" in value and not _payment_plan_points(value["points"]):
        return False
    return True


_PRIOR: _Kinds = {
    "label": frozenset((str, NoneType)),
    "value": frozenset((str, Decimal, NoneType)),
}


def _prior(value: dict[str, Any]) -> bool:
    try:
        for key, cell in value.items():
            if type(cell) not in _PRIOR[key]:
                return False
    except KeyError:
        for key, cell in value.items():
            if key in _PRIOR:
                if type(cell) not in _PRIOR[key]:
                    return False
            elif not key.startswith("x-"):
                return False
    return True


_INDICATOR_SECTION = {
    "annual",
    "long_term",
}


def _indicator_prior(value: list[Any]) -> bool:
    for item in value:
        if type(item) is not dict or not _prior(item):
            return False
    return True


_INDICATOR: _Kinds = {
    "section": frozenset((str,)),
    "level1": frozenset((str, NoneType)),
    "level2": frozenset((str, NoneType)),
    "name": frozenset((str, NoneType)),
    "description": frozenset((str, NoneType)),
    "comparator": frozenset((str, NoneType)),
    "value": frozenset((str, Decimal, NoneType)),
    "unit": frozenset((str, NoneType)),
    "basis": frozenset((str, NoneType)),
    "category": frozenset((str, NoneType)),
    "weight": frozenset((str, Decimal, NoneType)),
    "direction": frozenset((str, NoneType)),
    "scoring": frozenset((str, NoneType)),
    "explanation": frozenset((str, NoneType)),
    "remark": frozenset((str, NoneType)),
    "prior": frozenset((list,)),
}


def _indicator(value: dict[str, Any]) -> bool:
    try:
        for key, cell in value.items():
            if type(cell) not in _INDICATOR[key]:
                return False
    except KeyError:
        for key, cell in value.items():
            if key in _INDICATOR:
                if type(cell) not in _INDICATOR[key]:
                    return False
            elif not key.startswith("x-"):
                return False
    if "section" in value and value["section"] not in _INDICATOR_SECTION:
        return False
    if "prior" in value and not _indicator_prior(value["prior"]):
        return False
    return True


_SIGN_OFF: _Kinds = {
    "prepared_by": frozenset((str, NoneType)),
    "phone": frozenset((str, NoneType)),
    "head": frozenset((str, NoneType)),
    "reviewed_by": frozenset((str, NoneType)),
}


def _sign_off(value: dict[str, Any]) -> bool:
    try:
        for key, cell in value.items():
            if type(cell) not in _SIGN_OFF[key]:
                return False
    except KeyError:
        for key, cell in value.items():
            if key in _SIGN_OFF:
                if type(cell) not in _SIGN_OFF[key]:
                    return False
            elif not key.startswith("x-"):
                return False
    return True


_NARRATIVE: _Kinds = {
    "heading": frozenset((str, NoneType)),
    "text": frozenset((str, NoneType)),
}


def _narrative(value: dict[str, Any]) -> bool:
    try:
        for key, cell in value.items():
            if type(cell) not in _NARRATIVE[key]:
                return False
    except KeyError:
        for key, cell in value.items():
            if key in _NARRATIVE:
                if type(cell) not in _NARRATIVE[key]:
                    return False
            elif not key.startswith("x-"):
                return False
    return True


_UNREAD: _Kinds = {
    "text": frozenset((str, NoneType)),
    "label": frozenset((str, NoneType)),
    "origin": frozenset((str, NoneType)),
}


def _unread(value: dict[str, Any]) -> bool:
    try:
        for key, cell in value.items():
            if type(cell) not in _UNREAD[key]:
                return False
    except KeyError:
        for key, cell in value.items():
            if key in _UNREAD:
                if type(cell) not in _UNREAD[key]:
                    return False
            elif not key.startswith("x-"):
                return False
    return True


_SOURCE: _Kinds = {
    "file": frozenset((str, NoneType)),
    "sha256": frozenset((str, NoneType)),
    "media_type": frozenset((str, NoneType)),
    "form": frozenset((str, NoneType)),
}


def _source(value: dict[str, Any]) -> bool:
    try:
        for key, cell in value.items():
            if type(cell) not in _SOURCE[key]:
                return False
    except KeyError:
        for key, cell in value.items():
            if key in _SOURCE:
                if type(cell) not in _SOURCE[key]:
                    return False
            elif not key.startswith("x-"):
                return False
    return True


_TABLE_KIND = {
    "overall",
    "project",
    "summary",
    "regional",
    "self-evaluation",
    "unspecified",
}


def _table_fiscal_year(cell: Any) -> bool:
    if type(cell) is Decimal and cell < 1949:
        return False
    if type(cell) is Decimal and cell > 2200:
        return False
    if type(cell) is Decimal and cell != cell.to_integral_value():
        return False
    return True


def _table_goals(value: list[Any]) -> bool:
    for item in value:
        if type(item) is not dict or not _goal(item):
            return False
    return True


def _table_tasks(value: list[Any]) -> bool:
    for item in value:
        if type(item) is not dict or not _task(item):
            return False
    return True


def _table_projects(value: list[Any]) -> bool:
    for item in value:
        if type(item) is not dict or not _project(item):
            return False
    return True


def _table_indicators(value: list[Any]) -> bool:
    for item in value:
        if type(item) is not dict or not _indicator(item):
            return False
    return True


_TABLE: _Kinds = {
    "id": frozenset((str, NoneType)),
    "kind": frozenset((str,)),
    "form": frozenset((str, NoneType)),
    "title": frozenset((str, NoneType)),
    "organization": frozenset((dict,)),
    "fiscal_year": frozenset((Decimal, NoneType)),
    "currency_unit": frozenset((str, NoneType)),
    "filed_on": frozenset((str, NoneType)),
    "project": frozenset((dict,)),
    "budget": frozenset((dict,)),
    "duties": frozenset((str, NoneType)),
    "goals": frozenset((list,)),
    "tasks": frozenset((list,)),
    "tasks_total": frozenset((str, Decimal, NoneType)),
    "projects": frozenset((list,)),
    "spending": frozenset((dict,)),
    "payment_plan": frozenset((dict,)),
    "indicators": frozenset((list,)),
    "sign_off": frozenset((dict,)),
}


def _table(value: dict[str, Any]) -> bool:
    try:
        for key, cell in value.items():
            if type(cell) not in _TABLE[key]:
                return False
    except KeyError:
        for key, cell in value.items():
            if key in _TABLE:
                if type(cell) not in _TABLE[key]:
                    return False
            elif not key.startswith("x-"):
                return False
    if "kind" in value and value["kind"] not in _TABLE_KIND:
        return False
    if "organization" in value and not _organization(value["organization"]):
        return False
    if "fiscal_year" in value and not _table_fiscal_year(value["fiscal_year"]):
        return False
    if "project" in value and not _project_header(value["project"]):
        return False
    if "budget" in value and not _budget(value["budget"]):
        return False
    if "goals" in value and not _table_goals(value["goals"]):
        return False
    if "tasks" in value and not _table_tasks(value["tasks"]):
        return False
    if "projects" in value and not _table_projects(value["projects"]):
        return False
    if "spending" in value and not _spending(value["spending"]):
        return False
    if "payment_plan" in value and not _payment_plan(value["payment_plan"]):
        return False
    if "indicators" in value and not _table_indicators(value["indicators"]):
        return False
    if "sign_off" in value and not _sign_off(value["sign_off"]):
        return False
    return True
