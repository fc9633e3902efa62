"""The instance's word for the category of a body: frozen, and of nobody and nothing else."""

from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

from casework.keys.category_seal import CategorySeal

COUNCIL, BODY = UUID(int=1), UUID(int=2)
SECRETS = SimpleNamespace(of=lambda _name: bytes(range(32)))


def seal() -> CategorySeal:
    return CategorySeal(cast("Any", SECRETS))


def test_the_word_is_the_one_of_the_first_version() -> None:
    assert seal().of((COUNCIL, BODY), "street_work").hex() == (
        "e06c586afb6cd7bad134ab4986bae3ccca6df2dcab44026de34529c259a4ff7d"
    )


def test_it_holds_for_this_body_and_this_category_alone() -> None:
    word = seal().of((COUNCIL, BODY), "street_work")
    assert seal().holds((COUNCIL, BODY), "street_work", word)
    assert not seal().holds((COUNCIL, BODY), "social_service", word)
    assert not seal().holds((COUNCIL, UUID(int=3)), "street_work", word)
    assert not seal().holds((UUID(int=4), BODY), "street_work", word)
    assert not seal().holds((COUNCIL, BODY), "street_work", None)
