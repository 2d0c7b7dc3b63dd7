from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
from documents import Drawing, documents
from hypothesis import given

from perflint.schema import gate, load_schema
from perflint.schema._gate import check_shape
from perflint.schema.explain import get_validator

VALIDATOR = get_validator("document-1")


def test_checked_in_gate_is_what_the_generator_writes() -> None:
    written = Path(gate.__file__).with_name("_gate.py").read_text(encoding="utf-8")
    assert written == gate.write_gate(load_schema("document-1")), "run: python -m perflint.schema.gate"


@given(documents)
def test_gate_accepts_documents(document: dict[str, Any]) -> None:
    assert (check_shape(document), VALIDATOR.is_valid(document)) == (True, True)


@pytest.mark.parametrize("seed", range(15))
def test_gate_agrees_with_jsonschema_on_mutants(seed: int) -> None:
    drawing = Drawing(Random(seed))
    verdicts = {True: 0, False: 0}
    for _ in range(100):
        mutant = drawing.mutate(drawing.draw_document())
        expected = VALIDATOR.is_valid(mutant)
        assert check_shape(mutant) == expected, mutant
        verdicts[expected] += 1
    assert min(verdicts.values()) > 10


@pytest.mark.parametrize("data", [None, True, [], "document/1", {}, {"perflint": "document/1"}, {"tables": []}])
def test_gate_refuses_what_is_no_document(data: Any) -> None:
    assert not check_shape(data)


@pytest.mark.parametrize(
    "rule",
    [
        {"type": "object", "minProperties": 1, "$defs": {}},
        {"type": "object", "properties": {"a": {}}, "additionalProperties": False, "$defs": {}},
        {"type": "object", "properties": {"a": {"type": "string"}}, "$defs": {}},
        {"type": "object", "additionalProperties": {"type": "string", "format": "date"}, "$defs": {}},
        {"type": "object", "additionalProperties": {"type": ["object", "null"]}, "$defs": {}},
        {"type": "object", "additionalProperties": {"enum": ["a", None], "type": ["string", "null"]}, "$defs": {}},
        {"type": "object", "additionalProperties": {"$ref": "#/$defs/a", "type": "object"}, "$defs": {}},
    ],
)
def test_schema_beyond_the_generator_is_an_error(rule: dict[str, Any]) -> None:
    with pytest.raises(gate.UnsupportedRuleError):
        gate.write_gate(rule)
