"""Bodies, members and groups as an operator names them: by id, or by their exact name."""

from collections.abc import Iterable
from uuid import UUID

from casework.commands.acting import root
from casework.commands.wording import said
from casework.errors import InvalidInput
from casework.operations.instance import Instance


def organisation_id(opened: Instance, typed: str) -> UUID:
    """Return a body. Raises `InvalidInput` when there is none, or more than one."""
    found = opened.organisations.list(root(opened))
    return _only("organisation", typed, ((one.id, one.name) for one in found))


def member_id(opened: Instance, typed: str) -> UUID:
    """Return a member. Raises as `organisation_id`."""
    found = opened.members.list(root(opened))
    return _only("member", typed, ((one.id, one.name.full) for one in found))


def group_id(opened: Instance, typed: str) -> UUID:
    """Return a group, by its name or its prefix. Raises as `organisation_id`."""
    found = opened.groups.list(root(opened))
    names = [(one.id, name) for one in found for name in {one.name, one.prefix}]
    return _only("group", typed, names)


def _only(field: str, typed: str, known: Iterable[tuple[UUID, str]]) -> UUID:
    matching = {one for one, name in known if typed in {str(one), name}}
    if len(matching) == 1:
        return matching.pop()
    if matching:
        sentence = said("Ce nom est porté deux fois : donnez l’identifiant.", "Give the id.")
    else:
        sentence = said(f"« {typed} » n’existe pas ici.", f"There is no “{typed}” here.")
    raise InvalidInput({field: [sentence]})
