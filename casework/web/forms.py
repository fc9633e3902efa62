"""What a form shows: the values it was given, and what is to be mended in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import request

from casework.errors import InvalidInput, TextDoubted
from casework.i18n import shown
from casework.web.load import FORM_FIELDS


def told(fault: InvalidInput) -> dict[str, list[str]]:
    """Return what is to be mended, by field, in the reader's language."""
    return {name: [shown(one) for one in said] for name, said in fault.fields.items()}


@dataclass(frozen=True, slots=True)
class FormState:
    """Values and faults by field name; the macros of `macros/form.html` read it."""

    values: Mapping[str, Any] = field(default_factory=dict)
    errors: Mapping[str, Sequence[str]] = field(default_factory=dict)
    doubts: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @classmethod
    def refused(cls, fault: InvalidInput) -> "FormState":
        """Return the form of this request as it was typed, with its faults: nothing is lost."""
        typed = {
            name: given[0] if len(given) == 1 else given
            for name, given in request.form.lists()
            if name not in FORM_FIELDS
        }
        if isinstance(fault, TextDoubted):
            return cls(typed, doubts=told(fault))
        return cls(typed, told(fault))

    def value(self, name: str) -> str:
        """Return what the field shows: text as typed, a date as 3/11/2026."""
        given = self.values.get(name)
        if given is None:
            return ""
        return f"{given:%d/%m/%Y}" if isinstance(given, date) else str(given)

    def holds(self, name: str, value: object) -> bool:
        """Say whether a choice or a ticked box is on."""
        given = self.values.get(name)
        if isinstance(given, bool):
            return given and str(value) == "yes"
        many = given if isinstance(given, list | tuple | set | frozenset) else [given]
        return str(value) in {str(one) for one in many if one is not None}

    def doubts_of(self, name: str) -> Sequence[str]:
        """Return what is asked about a text before it is kept."""
        return self.doubts.get(name, ())

    def errors_of(self, name: str) -> Sequence[str]:
        """Return the sentences about a field."""
        return self.errors.get(name, ())
