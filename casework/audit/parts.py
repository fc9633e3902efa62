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
from casework.errors import AuditGap, SealBroken
from casework.moments import from_micros

_Part: TypeAlias = Mapping[str, Any]


class Stored(NamedTuple):
    """One part as stored: commitment, salt, sealed bytes."""

    tag: bytes
    bound: bytes
    salt: bytes | None
    sealed: bytes | None


def stored_parts(values: LeafValues) -> tuple[Stored, Stored, Stored]:
    """Return the three parts of a leaf."""
    who, what, det, _ = values.commitments
    return (
        Stored(WHO, who, values.who_salt, values.who),
        Stored(WHAT, what, values.what_salt, values.what),
        Stored(DET, det, values.det_salt, values.det),
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
    _require(recorded, receipt, now)
    return tuple(_line(keys, values) for values in leaves)


def open_cases(
    receipt: Receipt, now: datetime, keys: RegisterKeys, leaves: Iterable[LeafValues]
) -> list[tuple[datetime, UUID]]:
    """Return when which case was opened: the one part that tells it, in a third of the time.

    Under a receipt of `register:read`. What is erased or altered tells nothing here.
    """
    _require(Act.REGISTER_READ, receipt, now)
    told = ((from_micros(values.at), _case_in(keys, values)) for values in leaves)
    return [(at, case_id) for at, case_id in told if case_id is not None]


def _require(recorded: Act, receipt: Receipt, now: datetime) -> None:
    if recorded not in receipt.acts or receipt.stale(now):
        raise AuditGap("the register opens only to a recorded reading")


def _case_in(keys: RegisterKeys, values: LeafValues) -> UUID | None:
    _, what, _ = stored_parts(values)
    try:
        told = open_part(keys, values, what)
    except SealBroken:
        return None
    return None if told is None else _id(json.loads(told)["case"])


def _line(keys: RegisterKeys, values: LeafValues) -> Line:
    try:
        who, what, det = [open_part(keys, values, part) for part in stored_parts(values)]
    except SealBroken:
        return _clear(values, altered=True)
    line = _clear(values, readable=None not in (who, what, det))
    return replace(line, **_by(who), **_of(what), **_why(det))


def _clear(values: LeafValues, *, readable: bool = False, altered: bool = False) -> Line:
    at = from_micros(values.at)
    return Line(values.seq, at, values.kind, values.outcome, readable=readable, altered=altered)


def _by(part: bytes | None) -> _Part:
    """Return what a part tells; a part that is gone tells nothing, and keeps no other from it."""
    if part is None:
        return {}
    who = json.loads(part)
    return {
        "kind": who["kind"],
        "session": who["session"],
        "member_id": _id(who["member"]),
        "organisation_id": _id(who["organisation"]),
    }


def _of(part: bytes | None) -> _Part:
    if part is None:
        return {}
    what = json.loads(part)
    return {
        "case_id": _id(what["case"]),
        "cases": tuple(UUID(one) for one in what["cases"]),
        "compartments": tuple(UUID(one) for one in what["compartments"]),
    }


def _why(part: bytes | None) -> _Part:
    if part is None:
        return {}
    det = json.loads(part)
    return {name: det[name] for name in ("reason", "article", "detail")}


def _id(text: str | None) -> UUID | None:
    return None if text is None else UUID(text)


def subjects_in(part: bytes) -> list[tuple[str, UUID]]:
    """Return (kind, id) of everything that a part `who` or `what` must be found by."""
    content: _Part = json.loads(part)
    pairs = [(kind, content.get(kind)) for kind in ("member", "organisation", "case")]
    pairs += [("case", one) for one in content.get("cases", ())]
    return [(kind, UUID(one)) for kind, one in dict.fromkeys(pairs) if one is not None]
