"""What somebody who holds some or all of the stores reads; docs/threats.md says it in words."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from casework.cases.gateway import admission
from casework.cases.values import CaseFile
from casework.charters.outcome import Decision
from casework.charters.vocabulary import Level
from casework.crypto.organisation import OrganisationKeys
from casework.entropy import SystemEntropy
from casework.errors import AccessDenied, Locked, SealBroken
from casework.identity import Reason
from casework.keys.custody import Custody
from casework.keys.kek.file import FileKek, create_file
from casework.keys.values import Acting, Withheld
from tests.holders import kept_by_members
from tests.postgres import broken_into
from tests.staff import Staff
from tests.town import COUNCIL, Town

BODY = "street_work"
YES = Decision(True, Level.WRITE, "", "", "granted")


class Guessed:
    """A seed that somebody without the password made up."""

    def seed(self) -> bytes:
        return b"\x07" * 32


def read(town: Town, body: str, case_id: UUID) -> CaseFile:
    return town.runtime.cases.read(town.who(body), Reason.DUTY, case_id)


def opened(custody: Custody, acting: Acting, version: int) -> bool:
    return isinstance(custody.keys_of(acting, version), OrganisationKeys)


def test_a_check_that_somebody_forgot_shows_withheld_and_never_a_text(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = town.refer()
    monkeypatch.setattr(admission, "demand", lambda *_: YES)
    monkeypatch.setattr(admission, "decide", lambda *_: YES)
    if town.runtime.stores.main.on_postgresql:
        # There a third wall stands before the keys: the rows themselves are not seen.
        with pytest.raises(AccessDenied, match="no-such-case"):
            read(town, "landlord", case_id)
        return
    file = read(town, "landlord", case_id)
    (person,), referral = file.persons, file.referral
    assert referral is not None
    cells = (person.family_name, person.address, referral.fact, referral.words, referral.origin)
    assert set(cells) == {Withheld("no-key")}


def test_without_the_kek_both_databases_open_nothing(town: Town, tmp_path: Path) -> None:
    town.refer()
    another = tmp_path / "another-kek"
    create_file(another, SystemEntropy())
    runtime, acting = town.runtime, Acting(COUNCIL, town.bodies[BODY])
    thief = Custody(
        runtime.stores.main,
        FileKek(another, SystemEntropy()),
        runtime.custody.directory,
        town.clock,
    )
    with pytest.raises(SealBroken):
        thief.keys_of(acting, 1)
    assert opened(runtime.custody, acting, 1)


def test_every_store_and_the_kek_open_server_custody_and_nothing_of_members(staff: Staff) -> None:
    town = staff.town
    case_id = town.refer(BODY)
    first, _ = kept_by_members(staff, BODY)
    staff.wait(minutes=16)
    custody, body = town.runtime.custody, Acting(COUNCIL, town.bodies[BODY])
    assert opened(custody, Acting(COUNCIL, town.bodies["coordination"]), 1)
    with pytest.raises(Locked):
        custody.keys_of(body, 2)
    with pytest.raises(Locked):
        custody.keys_of(replace(body, member_id=first.member_id, own_keys=Guessed()), 2)
    # What their passwords give, and it alone, opens: that is what a guess is worth.
    assert opened(custody, replace(body, member_id=first.member_id, own_keys=first.own_keys), 2)
    assert read(town, BODY, case_id).subject is not None


def test_one_password_for_everybody_gives_everybody_another_key(staff: Staff) -> None:
    for body in {"coordination", "school", BODY} - staff.phones.keys():
        staff.enrol(body)
    with (
        broken_into(staff.town.runtime.stores.main) as owned,
        owned.engine.connect() as connection,
    ):
        rows = connection.execute(text("SELECT salt, verifier FROM accounts")).all()
    assert len({bytes(salt) for salt, _ in rows}) == len({bytes(one) for _, one in rows}) == 3


def test_a_ring_entry_replayed_from_another_organisation_opens_nothing(town: Town) -> None:
    case_id = town.refer(BODY)
    town.follow(case_id)
    assert _name(town, case_id) == "Zéphirinquois"
    with broken_into(town.runtime.stores.main) as owned, owned.engine.begin() as connection:
        rings = connection.execute(
            text("SELECT organisation_id, compartment_id, entry FROM rings")
        ).all()
        entries = {(bytes(_raw(one)), bytes(_raw(part))): entry for one, part, entry in rings}
        mine, theirs = town.bodies["coordination"].bytes, town.bodies[BODY].bytes
        shared = [part for one, part in entries if one == mine and (theirs, part) in entries]
        assert shared
        for _, part, entry in rings:
            if bytes(_raw(part)) in shared:
                there = entries[(theirs, bytes(_raw(part)))]
                connection.execute(
                    text("UPDATE rings SET entry = :there WHERE entry = :entry"),
                    {"there": there, "entry": entry},
                )
    assert _name(town, case_id) == Withheld("broken")


def _name(town: Town, case_id: UUID) -> object:
    person = read(town, "coordination", case_id).subject
    assert person is not None
    return person.family_name


def _raw(one: object) -> bytes:
    """Return an id as both databases give it."""
    return one.bytes if isinstance(one, UUID) else bytes(one)  # type: ignore[call-overload]
