"""Rules of partnership: what makes a mandate an engaged one, and what a group may be."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final
from uuid import UUID

from casework.charters.engagement import Engagements
from casework.charters.kinds import COMMUNAL
from casework.errors import InvalidInput
from casework.identity import Mandate, Role
from casework.partners.values import MandateLine, NewGroup, NewMandate
from casework.sentences import N_

# They watch over the exchange and take no part in it: their body signs no charter.
_CONTROL: Final = frozenset({Role.DPO, Role.ARCHIVES})
_COMMUNE: Final = re.compile(r"[0-9][0-9AB][0-9]{3}")
_PREFIX: Final = re.compile(r"[A-Z]{2,6}")


def engaged(
    lines: Iterable[MandateLine], bound: Engagements, *, suspended: bool = False
) -> tuple[Mandate, ...]:
    """Return the mandates; each says whether every charter that binds it is signed for.

    `suspended` when their body owes an answer to its access review: then none of them counts.
    """
    charters: dict[UUID, set[UUID]] = {}
    mandates: dict[UUID, MandateLine] = {}
    for line in lines:
        mandates[line.mandate_id] = line
        charters.setdefault(line.mandate_id, set()).update(
            [line.charter_id] if line.charter_id else []
        )
    held = (_mandate(one, frozenset(charters[own]), bound) for own, one in mandates.items())
    return tuple(replace(one, suspended=True) for one in held) if suspended else tuple(held)


def _mandate(line: MandateLine, charters: frozenset[UUID], bound: Engagements) -> Mandate:
    role = Role(line.role)
    signed = bound.bind(charters, person_alone=role in _CONTROL)
    kind = line.kind if line.group_id and line.kind else ""
    return Mandate(role, line.group_id, line.from_on, line.until_on, signed, kind=kind)


def require_sound_mandate(mandate: NewMandate) -> None:
    """Raise InvalidInput for dates in disorder, or a control role tied to one group."""
    if mandate.until_on < mandate.from_on:
        raise InvalidInput({"until_on": [N_("La fin du mandat précède son début.")]})
    if mandate.role in _CONTROL and mandate.group_id is not None:
        raise InvalidInput({"group_id": [N_("Ce rôle s’exerce pour tout le conseil.")]})


def require_sound_group(group: NewGroup) -> None:
    """Raise InvalidInput for a prefix or a commune that is none, or for one commune too many."""
    if not _PREFIX.fullmatch(group.prefix):
        raise InvalidInput({"prefix": [N_("Deux à six lettres majuscules, par exemple « SN ».")]})
    if not group.communes or not all(map(_COMMUNE.fullmatch, group.communes)):
        raise InvalidInput(
            {"communes": [N_("Des codes INSEE sont attendus, par exemple « 67482 ».")]}
        )
    if group.kind in COMMUNAL and len(group.communes) > 1:
        raise InvalidInput({"communes": [N_("Cette procédure relève d’une seule commune.")]})
