"""The referral of a victim, from her consent to nothing, on both databases."""

from typing import Any

import pytest

from casework.cases.procedures.steps import CaseState, Step
from casework.errors import AccessDenied, InvalidInput, StepRefused
from casework.identity import service
from casework.keys.values import Withheld
from tests.integration.cases.victims import GONE, holders, listed, read, refused, told
from tests.network import AGREED, NAME, Network
from tests.stored import dump
from tests.town import COUNCIL


def test_one_service_receives_accepts_and_confirms_and_nobody_else_knows_a_word(
    network: Network,
) -> None:
    case_id = network.refer()
    file = read(network, "support", case_id)
    assert file.subject is not None
    assert (file.subject.family_name, told(file)["needs"]) == (NAME, "legal,housing")
    assert file.referral is not None
    assert isinstance(file.referral.origin, Withheld)
    network.take("support", case_id, Step.ACCEPT)
    assert network.row(case_id).reference == "VI-2026-001"
    network.take("support", case_id, Step.CONFIRM, contact_on="2026-11-23")
    row = network.row(case_id)
    assert (row.state, row.closure_reason) == (CaseState.CLOSED, "contact_confirmed")


def test_the_keys_go_to_who_refers_and_to_the_one_service_and_to_nobody_who_coordinates(
    network: Network,
) -> None:
    assert holders(network, network.refer()) == {
        "identity": {"police", "support"},
        "sheet": {"police", "support"},
        "origin": {"police"},
        "protected_contact": {"police", "support"},
    }


def test_at_each_step_whoever_is_none_of_the_two_is_refused(network: Network) -> None:
    case_id = network.refer()
    for accepted in (False, True):
        assert refused(network, "coordination", case_id) == "not-named"
        for stranger in ("mediation", "landlord", "street_work", "dpo"):
            assert refused(network, stranger, case_id)
            assert listed(network, stranger) == []
        assert listed(network, "coordination") == [(case_id, False)]
        assert listed(network, "support") == listed(network, "colleague") == [(case_id, True)]
        if not accepted:
            network.take("support", case_id, Step.ACCEPT)
    with pytest.raises(AccessDenied):
        network.take("mediation", case_id, Step.CONFIRM, contact_on="2026-11-23")
    with pytest.raises(AccessDenied):
        network.take("coordination", case_id, Step.CONFIRM, contact_on="2026-11-23")


def test_a_service_that_cannot_receive_her_loses_its_key_and_another_may_be_asked(
    network: Network,
) -> None:
    case_id = network.refer()
    read(network, "support", case_id)
    network.take("support", case_id, Step.DECLINE)
    assert holders(network, case_id)["identity"] == {"police"}
    assert refused(network, "support", case_id) in GONE
    assert listed(network, "support") == []
    network.take("police", case_id, Step.ADDRESS, to="mediation", **AGREED)
    assert holders(network, case_id)["protected_contact"] == {"police", "mediation"}
    file = read(network, "mediation", case_id)
    assert file.subject is not None
    assert file.subject.family_name == NAME
    assert refused(network, "colleague", case_id) in GONE


def test_another_service_is_asked_only_with_a_new_consent_and_never_one_s_own(
    network: Network,
) -> None:
    case_id = network.refer()
    network.take("support", case_id, Step.DECLINE)
    for to, answers, field in (
        ("mediation", {}, "consent_on"),
        ("landlord", AGREED, "service"),
        ("police", AGREED, "service"),
    ):
        with pytest.raises(InvalidInput) as fault:
            network.take("police", case_id, Step.ADDRESS, to=to, **answers)
        assert field in fault.value.fields


def test_rule_19_nothing_is_sent_without_a_recorded_consent(network: Network) -> None:
    without: tuple[dict[str, Any], ...] = ({"sheet": {"consent_on": ""}}, {"informed_on": None})
    for changed in without:
        with pytest.raises(StepRefused) as fault:
            network.refer(**changed)
        assert (fault.value.reason, fault.value.source) == (
            "consent-missing",
            "CP, art. 226-14",
        )
    assert listed(network, "coordination") == []


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"sheet": {"consent_scope": "identity_and_needs,protected_address"}}, "children"),
        ({"sheet": {"consent_scope": "identity_and_needs,children_too"}}, "hidden_address"),
        ({"sheet": {"consent_scope": "contact_only,children_too"}}, "consent_scope"),
        ({"herself": {"age": "16"}}, "consent_by"),
        ({"sheet": {"consent_by": "representative"}}, "consent_by"),
        ({"sheet": {"danger_on": ""}}, "danger_level"),
        ({"sheet": {"danger_evaluated": "no"}}, "danger_level"),
        ({"sheet": {"needs": "surgery"}}, "needs"),
        ({"fact": "Un récit inventé."}, "fact"),
        ({"words": "Ses mots inventés."}, "words"),
        ({"origin": "gossip"}, "origin"),
    ],
)
def test_what_her_consent_does_not_cover_and_what_is_no_referral_is_not_written(
    network: Network, changed: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as fault:
        network.refer(**changed)
    assert field in fault.value.fields


@pytest.mark.parametrize(
    ("by", "steps"),
    [
        ("police", 0),
        ("support", 0),
        ("police", 1),
        ("support", 1),
        ("police", 2),
    ],
)
def test_rule_19_a_withdrawal_stops_and_purges_at_once_whatever_the_step(
    network: Network, by: str, steps: int
) -> None:
    case_id, town = network.refer(), network.town
    way: list[tuple[Step, dict[str, str]]] = [
        (Step.ACCEPT, {}),
        (Step.CONFIRM, {"contact_on": "2026-11-23"}),
    ]
    for step, answers in way[:steps]:
        network.take("support", case_id, step, **answers)
    network.take(by, case_id, Step.WITHDRAW)
    assert holders(network, case_id) == {}
    assert refused(network, "police", case_id)
    assert refused(network, "support", case_id)
    town.runtime.retention.sweep(service(COUNCIL, "tick:retention"))
    assert network.row(case_id) is None
    assert b"withdrawn\n1" in dump(town.runtime.stores.main)["tallies"]


def test_nobody_but_those_two_ends_her_consent(network: Network) -> None:
    case_id = network.refer()
    for other in ("coordination", "mediation", "landlord"):
        with pytest.raises(AccessDenied):
            network.take(other, case_id, Step.WITHDRAW)
    network.take("police", case_id, Step.WITHDRAW)


def test_whoever_refers_may_give_up_and_nothing_is_left(network: Network) -> None:
    case_id = network.refer()
    with pytest.raises(AccessDenied):
        network.take("support", case_id, Step.REFUSE)
    network.take("police", case_id, Step.REFUSE)
    assert holders(network, case_id) == {}
