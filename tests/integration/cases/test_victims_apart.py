"""Nothing leads to a victim but her own list, and nothing of her stands in clear."""

import json
from datetime import date

import pytest

from casework.cases.orders import Asked
from casework.cases.procedures.steps import Step
from casework.cases.service.victims import LegalReport
from casework.errors import AccessDenied, InvalidInput
from casework.identity import Reason, service
from casework.keys.recovery.values import Why
from tests.integration.cases.victims import (
    contact,
    listed,
    proved,
    read,
    refused,
)
from tests.network import ADDRESS, NAME, PHONE, Network
from tests.stored import dump
from tests.town import COUNCIL


def test_rule_03_no_list_home_or_presence_leads_to_a_victim(network: Network) -> None:
    case_id, town = network.refer(), network.town
    network.take("support", case_id, Step.ACCEPT)
    for member in ("police", "support", "coordination", "landlord"):
        who = town.who(member)
        assert town.runtime.cases.list_cases(who, Reason.DUTY, Asked()) == []
        home = town.runtime.home.open(who, Reason.DUTY)
        assert [*home.referrals, *home.waiting] == []
    indexed = [value for name, value in dump(town.keystore).items() if "presence" in name]
    assert not any(indexed)


def test_rule_03_the_case_of_an_author_tells_nothing_of_a_victim_s(network: Network) -> None:
    town = network.town
    author, victim = town.refer("police"), network.refer()
    town.follow(author)
    town.name(author, "landlord")
    for member in ("police", "landlord", "coordination"):
        file = read(network, member, author)
        assert str(victim) not in repr(file)
        assert NAME not in repr(file)
    assert refused(network, "landlord", victim)
    file = read(network, "police", victim)
    assert str(author) not in repr(file)


def test_no_emergency_opens_a_victim_s_case(network: Network) -> None:
    case_id = network.refer()
    network.take("support", case_id, Step.ACCEPT)
    reference = network.row(case_id).reference
    for member in ("coordination", "mediation", "street_work"):
        with pytest.raises(AccessDenied):
            network.town.runtime.exceptional.ask(
                proved(network, member), reference, next(iter(Why))
            )


def test_nothing_of_her_stands_in_clear_in_either_database(network: Network) -> None:
    case_id = network.refer()
    contact(network, "police", case_id)
    read(network, "support", case_id)
    town = network.town
    stores = (town.runtime.stores.main, town.keystore)
    text = b"\n".join(value for store in stores for value in dump(store).values())
    for said in (NAME, PHONE, ADDRESS, "Ondinette", "3 et 7 ans"):
        assert said.encode() not in text
        assert json.dumps(said).strip('"').encode() not in text


def test_a_report_without_consent_leaves_a_count_and_a_line_about_nobody(network: Network) -> None:
    town = network.town
    report = LegalReport(network.group_id, date(2026, 11, 23), "prosecutor", "immediate_danger")
    town.runtime.victims.report(town.who("police"), report)
    assert b"reported\n1" in dump(town.runtime.stores.main)["tallies"]
    assert listed(network, "coordination") == []
    for changed in ("elsewhere", "prosecutor"):
        wrong = LegalReport(network.group_id, date(2026, 11, 23), changed, "curiosity")
        with pytest.raises(InvalidInput):
            town.runtime.victims.report(town.who("police"), wrong)
    with pytest.raises(AccessDenied):
        town.runtime.victims.report(town.who("street_work"), report)


def test_a_referral_that_nobody_answers_is_let_go_after_a_month(network: Network) -> None:
    case_id = network.refer()
    network.town.clock.advance(days=70)
    network.town.runtime.retention.sweep(service(COUNCIL, "tick:retention"))
    assert network.row(case_id) is None
