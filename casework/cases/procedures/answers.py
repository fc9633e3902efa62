"""What a step was answered, held against what it asks: every fault at once, in words."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from casework.cases.barred import check_texts
from casework.cases.procedures.procedure import Answers, Field, FieldKind
from casework.charters.charter import Charter
from casework.errors import InvalidInput
from casework.sentences import N_, Sentence

_LINE: Final = 160
_YES_NO: Final = frozenset({"yes", "no"})


def check_answers(
    fields: tuple[Field, ...], said: Mapping[str, str], charter: Charter, today: date
) -> Answers:
    """Return what was answered, without what is empty. Raises `InvalidInput` by field."""
    faults = {}
    for name in said.keys() - {one.name for one in fields}:
        faults[name] = [N_("Ce champ n’est pas attendu ici.")]
    for field in fields:
        fault = _fault(field, said.get(field.name, ""), charter, today)
        if fault is not None:
            faults[field.name] = [fault]
    if faults:
        raise InvalidInput(faults)
    check_texts({one.name: said.get(one.name, "") for one in fields})
    return {name: value for name, value in said.items() if value}


def codes_of(field: Field, charter: Charter) -> tuple[str, ...]:
    """Return the codes that may answer a field: the procedure’s own, or the charter’s."""
    return field.choices if field.list is None else tuple(charter.lists.get(field.list, ()))


def _fault(field: Field, value: str, charter: Charter, today: date) -> Sentence | None:
    if not value:
        return N_("Ce champ est nécessaire.") if field.required else None
    match field.kind:
        case FieldKind.DAY:
            return _day_fault(field, value, today)
        case FieldKind.CODE | FieldKind.CODES:
            given = value.split(",") if field.kind is FieldKind.CODES else [value]
            known = set(codes_of(field, charter))
            return None if known.issuperset(given) else N_("Choisissez une réponse de la liste.")
        case FieldKind.YES_NO:
            return None if value in _YES_NO else N_("Répondez par oui ou non.")
        case _:
            most = _LINE if field.kind is FieldKind.LINE else charter.texts.free_text_max
            return N_("%(most)d caractères au plus.", most=most) if len(value) > most else None


def _day_fault(field: Field, value: str, today: date) -> Sentence | None:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return N_("Date attendue : jj/mm/aaaa, par exemple 3/11/2026.")
    if field.free:
        return None
    if field.coming and day < today:
        return N_("Cette date est déjà passée.")
    if not field.coming and day > today:
        return N_("Cette date est dans le futur.")
    return None
