from uuid import UUID

import pytest

from casework.crypto import labels
from casework.crypto.grant import Delivery, grant_info, grant_statement
from casework.crypto.hpke import body
from tests.unit.crypto.frozen import Vector, vectors

DELIVERY = Delivery(UUID(int=1), UUID(int=2), 3, UUID(int=4), b"k" * 16, b"c" * 32)


def delivery_of(case: Vector) -> Delivery:
    instance, compartment = case.id("instance"), case.id("compartment")
    organisation, kid = case.id("organisation"), case.raw("kid")
    commit = case.raw("dek_commit")
    return Delivery(instance, compartment, case["epoch"], organisation, kid, commit)


@pytest.mark.parametrize("case", vectors("grant"))
def test_grant_info_and_statement_keep_their_bytes(case: Vector) -> None:
    info = grant_info(labels.GRANT, delivery_of(case))
    assert info == case.raw("info")
    wrapped, granter = body(case.raw("grant")), case.id("granter")
    assert grant_statement(info, wrapped, granter, case["granted_at"]) == case.raw("statement")


def test_every_component_of_a_delivery_counts() -> None:
    others = [
        DELIVERY._replace(instance=UUID(int=9)),
        DELIVERY._replace(compartment=UUID(int=9)),
        DELIVERY._replace(epoch=9),
        DELIVERY._replace(organisation=UUID(int=9)),
        DELIVERY._replace(kid=b"x" * 16),
        DELIVERY._replace(dek_commit=b"x" * 32),
        DELIVERY,
    ]
    infos = {grant_info(labels.GRANT, each) for each in others}
    assert len(infos | {grant_info(labels.RING, DELIVERY)}) == 8


def test_every_component_of_a_statement_counts() -> None:
    statements = {
        grant_statement(b"info", b"body", UUID(int=1), 1),
        grant_statement(b"other", b"body", UUID(int=1), 1),
        grant_statement(b"info", b"other", UUID(int=1), 1),
        grant_statement(b"info", b"body", UUID(int=2), 1),
        grant_statement(b"info", b"body", UUID(int=1), 2),
    }
    assert len(statements) == 5
