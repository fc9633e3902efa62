"""To whom a letter goes: the person concerned, or who represents them; never a brother."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from casework.cases.relations import Relation
from casework.letters.kinds import LetterKind
from casework.letters.policy import recipient_of


def file_of(*relations: Relation) -> Any:
    persons = [SimpleNamespace(relation=one) for one in relations]
    subject = next(one for one in persons if one.relation is Relation.SUBJECT)
    return cast("Any", SimpleNamespace(persons=persons, subject=subject))


@pytest.mark.parametrize("answers", [Relation.PARENT, Relation.GUARDIAN])
def test_the_invitation_of_a_family_goes_to_who_answers_for_the_children(
    answers: Relation,
) -> None:
    file = file_of(Relation.SUBJECT, Relation.CHILD, answers)
    found = recipient_of(file, LetterKind.INVITATION_FAMILY)
    assert found is not None
    assert found.relation is answers


def test_a_household_without_an_adult_gets_no_invitation() -> None:
    file = file_of(Relation.CHILD, Relation.SUBJECT)
    assert recipient_of(file, LetterKind.INVITATION_FAMILY) is None
