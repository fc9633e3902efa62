"""How to reach a victim without danger: opened apart, for a reason, kept up to date."""

import pytest

from casework.charters.vocabulary import CompartmentClass
from casework.errors import AccessDenied, InvalidInput, ReasonRequired
from casework.identity import Reason
from casework.keys.values import Withheld
from tests.integration.cases.victims import contact, read, stated
from tests.network import ADDRESS, CONTACT, PHONE, Network


def test_the_safe_contact_opens_apart_and_to_the_service_after_a_typed_reason(
    network: Network,
) -> None:
    case_id = network.refer()
    for reader in ("police", "support"):
        file = read(network, reader, case_id)
        assert PHONE not in repr(file)
        assert ADDRESS not in repr(file)
        shut = [one for one in file.parts if not one.open]
        assert CompartmentClass.PROTECTED_CONTACT in {one.compartment_class for one in shut}
    assert contact(network, "police", case_id).answers == CONTACT
    with pytest.raises(ReasonRequired):
        contact(network, "support", case_id)
    stated(network, "support", case_id)
    assert contact(network, "support", case_id).answers == CONTACT
    assert PHONE not in repr(read(network, "support", case_id))


def test_a_reason_typed_for_one_victim_opens_no_other(network: Network) -> None:
    first, second = network.refer(), network.refer()
    stated(network, "support", first)
    contact(network, "support", first)
    with pytest.raises(ReasonRequired):
        contact(network, "support", second)
    stated(network, "support", second)
    with pytest.raises(ReasonRequired):
        contact(network, "support", first)


def test_the_safe_contact_is_replaced_by_who_refers_and_the_former_is_gone(
    network: Network,
) -> None:
    case_id, town = network.refer(), network.town
    keep, police = town.runtime.victims.keep_contact, town.who("police")
    said = {**CONTACT, "contact_phone": "06 39 98 17 00", "hidden_address": ""}
    del said["address_covered"]
    keep(police, Reason.DUTY, (case_id, network.version(case_id)), said)
    opened = contact(network, "police", case_id).answers
    assert not isinstance(opened, Withheld)
    assert (opened["contact_phone"], "hidden_address" in opened) == ("06 39 98 17 00", False)
    stated(network, "support", case_id)
    assert contact(network, "support", case_id).answers == opened
    with pytest.raises(AccessDenied):
        keep(town.who("support"), Reason.DUTY, (case_id, 1), said)


def test_an_address_that_she_did_not_agree_to_tell_is_not_added_later(network: Network) -> None:
    scope = {"consent_scope": "identity_and_needs,children_too"}
    told_less = {"hidden_address": "", "address_covered": "no"}
    case_id, town = network.refer(sheet=scope, contact=told_less), network.town
    said = {**CONTACT, "hidden_address": ADDRESS}
    del said["address_covered"]
    with pytest.raises(InvalidInput) as fault:
        town.runtime.victims.keep_contact(
            town.who("police"), Reason.DUTY, (case_id, network.version(case_id)), said
        )
    assert "hidden_address" in fault.value.fields
