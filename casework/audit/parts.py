"""The parts of a leaf in clear again: read back, or checked against what the leaf committed to."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.additions import LeafValues
from casework.audit.leaf import DET, WHAT, WHO, commitment
from casework.audit.lines import Line
from casework.audit.ports import RegisterKeys
from casework.audit.receipt import Receipt
from casework.db.types import from_micros
from casework.errors import AuditGap, SealBroken

_Part: TypeAlias = Mapping[str, Any]


class Stored(NamedTuple):
    """One part as stored: commitment, salt, sealed bytes."""

    tag: bytes
    bound: bytes
    salt: bytes | None
    sealed: bytes | None


def stored_parts(values: LeafValues) -> tuple[Stored, Stored, Stored]:
    """Return the three parts of a leaf."""
    return (
        Stored(WHO, values.who_c, values.who_salt, values.who),
        Stored(WHAT, values.what_c, values.what_salt, values.what),
        Stored(DET, values.det_c, values.det_salt, values.det),
    )


def open_part(keys: RegisterKeys, values: LeafValues, part: Stored) -> bytes | None:
    """Return the plaintext of a part; None once its key is destroyed or the part erased.

    SealBroken when it was altered, or is not what the leaf committed to.
    """
    if part.salt is None or part.sealed is None:
        return None
    plaintext = keys.parts.open(from_micros(values.at), part.tag, values.seq, part.sealed)
    if plaintext is not None and commitment(part.tag, part.salt, plaintext) != part.bound:
        raise SealBroken("not what the leaf committed to")
    return plaintext


def open_lines(
    receipt: Receipt,
    now: datetime,
    keys: RegisterKeys,
    leaves: Iterable[LeafValues],
    recorded: Act = Act.REGISTER_READ,
) -> tuple[Line, ...]:
    """Return leaves in clear, for the holder of a fresh receipt of `recorded`.

    AuditGap without one. A part that was altered gives a line that says so.
    """
    if recorded not in receipt.acts or receipt.stale(now):
        raise AuditGap("the register opens only to a recorded reading")
    return tuple(_line(keys, values) for values in leaves)


def _line(keys: RegisterKeys, values: LeafValues) -> Line:
    try:
        who, what, det = [open_part(keys, values, part) for part in stored_parts(values)]
    except SealBroken:
        return _clear(values, altered=True)
    if who is None or what is None or det is None:
        return _clear(values)
    return _told(_clear(values), json.loads(who), json.loads(what), json.loads(det))


def _clear(values: LeafValues, *, altered: bool = False) -> Line:
    at = from_micros(values.at)
    return Line(values.seq, at, values.kind, values.outcome, readable=False, altered=altered)


def _told(line: Line, who: _Part, what: _Part, det: _Part) -> Line:
    return replace(
        line,
        readable=True,
        kind=who["kind"],
        session=who["session"],
        member_id=_id(who["member"]),
        organisation_id=_id(who["organisation"]),
        case_id=_id(what["case"]),
        cases=tuple(UUID(one) for one in what["cases"]),
        compartments=tuple(UUID(one) for one in what["compartments"]),
        reason=det["reason"],
        article=det["article"],
        detail=det["detail"],
    )


def _id(text: str | None) -> UUID | None:
    return None if text is None else UUID(text)


def subjects_in(part: bytes) -> list[tuple[str, UUID]]:
    """Return (kind, id) of everything that a part `who` or `what` must be found by."""
    content: _Part = json.loads(part)
    pairs = [(kind, content.get(kind)) for kind in ("member", "organisation", "case")]
    pairs += [("case", one) for one in content.get("cases", ())]
    return [(kind, UUID(one)) for kind, one in dict.fromkeys(pairs) if one is not None]
