"""Whoever has fewer cards than needed, or writes in the database, opens nothing with the escrow."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import bindparam, text

from casework.crypto.agreement import AgreementKey
from casework.db.types import UtcDateTime
from casework.errors import (
    AccessDenied,
    IntegrityFailure,
    InvalidInput,
    Locked,
    SealBroken,
    StepRefused,
    TooManyAttempts,
)
from casework.keys import seals as organisation_seals
from casework.keys.gateway import ceremonies
from casework.keys.gateway import escrows as gateway
from casework.keys.recovery import cards, nested, spelling
from casework.keys.recovery.escrows import whose
from casework.keys.service.ceremonies import State
from casework.keys.values import Acting
from tests.keepers import BODY, Keepers
from tests.postgres import broken_into
from tests.staff import employ
from tests.town import COUNCIL, Town


@pytest.fixture
def keepers(town: Town) -> Keepers:
    """Give an escrow of 2 of 3, and a body whose secret its member alone opens."""
    built = Keepers(employ(town))
    built.found()
    built.recovery.escrows.enrol_all(built.root)
    built.to_members()
    return built


def test_one_card_too_few_opens_nothing_with_the_whole_database_and_the_kek(
    keepers: Keepers,
) -> None:
    escrow = keepers.escrow()
    own = _key(keepers, "dpo")
    for keys in ({2: own}, {0: own, 2: own}, {2: own, 1: AgreementKey.from_seed(bytes(range(32)))}):
        with pytest.raises(SealBroken):
            _open(keepers, keys)
    with keepers.town.runtime.stores.main.reading(keepers.town.runtime.desk.scope) as session:
        for places in nested.subsets(3, 2):
            sealed = gateway.subset(session, escrow, places)
            with pytest.raises((SealBroken, KeyError)):
                nested.unseal(whose(escrow), places, {2: own}, sealed or b"")


def test_what_the_cards_gave_so_far_opens_nothing_with_the_key_of_the_instance(
    keepers: Keepers,
) -> None:
    ceremony_id = keepers.recovery.asking.rehearsal(keepers.root)
    keepers.answer("dpo", ceremony_id)
    seals = keepers.recovery.escrows_kept.seals
    with keepers.town.runtime.stores.main.reading(keepers.town.runtime.desk.scope) as session:
        stored = ceremonies.one_of(session, COUNCIL, ceremony_id)
        assert stored is not None
        given = ceremonies.answers(session, stored[0])
    keys = {
        place: AgreementKey.from_seed(seals.open_answer(stored[0], place, sealed))
        for place, sealed in given.items()
    }
    assert list(keys) == [2]
    with pytest.raises(SealBroken):
        _open(keepers, keys)


def test_the_card_of_a_former_escrow_is_refused(keepers: Keepers) -> None:
    former = dict(keepers.cards)
    keepers.found()
    ceremony_id = keepers.recovery.asking.rehearsal(keepers.root)
    with pytest.raises(InvalidInput):
        keepers.answer("dpo", ceremony_id, former["dpo"])
    assert keepers.outcomes("escrow:answered")[-1] == "refused"


def test_the_card_of_another_custodian_is_refused(keepers: Keepers) -> None:
    ceremony_id = keepers.recovery.asking.rehearsal(keepers.root)
    with pytest.raises(InvalidInput):
        keepers.answer("dpo", ceremony_id, keepers.cards["school"])


def test_wrong_cards_have_to_wait_longer_and_longer(keepers: Keepers) -> None:
    ceremony_id = keepers.recovery.asking.rehearsal(keepers.root)
    who = keepers.who("dpo")
    wrong = spelling.spelled(bytes(20))
    for _ in range(5):
        with pytest.raises(InvalidInput):
            keepers.recovery.ceremonies.answer(who, ceremony_id, wrong)
    with pytest.raises(TooManyAttempts):
        keepers.recovery.ceremonies.answer(who, ceremony_id, keepers.cards["dpo"])
    assert keepers.outcomes("escrow:answered") == ["refused"] * 5


def test_a_swapped_public_key_of_a_custodian_stops_everything(keepers: Keepers) -> None:
    planted = AgreementKey.from_seed(bytes(range(32))).public
    keepers.change("UPDATE escrow_custodians SET public = :key WHERE place = 0", key=planted)
    with pytest.raises(IntegrityFailure):
        keepers.recovery.asking.rehearsal(keepers.root)
    with pytest.raises(IntegrityFailure):
        keepers.recovery.escrows.enrol_own(keepers.who(BODY))
    told = keepers.recovery.notices.of(keepers.who("dpo"))
    assert [one.told for one in told] == ["altered"]


def test_a_custodian_named_in_the_database_is_nobody(keepers: Keepers) -> None:
    keepers.change(
        "UPDATE escrow_custodians SET member_id ="
        " (SELECT id FROM members WHERE family_name = 'Membre-landlord') WHERE place = 0"
    )
    with pytest.raises(IntegrityFailure):
        keepers.recovery.asking.rehearsal(keepers.who("landlord"))


def test_a_lower_threshold_written_in_the_database_is_not_obeyed(keepers: Keepers) -> None:
    ceremony_id = keepers.recovery.asking.rehearsal(keepers.root)
    keepers.change("UPDATE escrows SET threshold = 1")
    with pytest.raises(IntegrityFailure):
        keepers.answer("dpo", ceremony_id)


def test_swapped_subsets_open_nothing_and_another_card_still_does(keepers: Keepers) -> None:
    keepers.change("UPDATE escrow_subsets SET places = 'x' WHERE places = '1.2'")
    keepers.change("UPDATE escrow_subsets SET places = '1.2' WHERE places = '0.1'")
    ceremony_id = keepers.recovery.asking.rehearsal(keepers.root)
    keepers.answer("dpo", ceremony_id)
    assert keepers.answer("school", ceremony_id) is State.BROKEN
    assert keepers.outcomes("escrow:opened") == ["failed"]
    assert keepers.answer("coordination", ceremony_id) is State.DONE


def test_a_planted_seed_sealed_to_the_custodians_is_not_the_escrow(keepers: Keepers) -> None:
    escrow = keepers.escrow()
    publics = [one.public or b"" for one in escrow.custodians]
    planted = nested.seal(whose(escrow), (1, 2), publics, bytes(32))
    keepers.change("UPDATE escrow_subsets SET sealed = :blob WHERE places = '1.2'", blob=planted)
    ceremony_id = keepers.recovery.asking.rehearsal(keepers.root)
    keepers.answer("dpo", ceremony_id)
    assert keepers.answer("school", ceremony_id) is State.BROKEN


def test_a_card_given_to_one_ceremony_serves_no_other(keepers: Keepers) -> None:
    first = keepers.recovery.asking.rehearsal(keepers.root)
    keepers.answer("dpo", first)
    second = keepers.recovery.asking.rehearsal(keepers.root)
    keepers.answer("coordination", second)
    _move_answers(keepers, first, second)
    keepers.forget_password()
    third = keepers.ask()
    _move_answers(keepers, second, third)
    assert keepers.answer("school", third) is State.WAITING
    with pytest.raises(Locked):
        keepers.opens()


def test_a_card_given_more_than_half_an_hour_ago_is_forgotten(keepers: Keepers) -> None:
    ceremony_id = keepers.recovery.asking.rehearsal(keepers.root)
    keepers.answer("dpo", ceremony_id)
    keepers.staff.wait(minutes=30)
    with pytest.raises(StepRefused, match="ceremony-over"):
        keepers.answer("school", ceremony_id)


def test_a_ceremony_kept_open_in_the_database_is_refused(keepers: Keepers) -> None:
    ceremony_id = keepers.recovery.asking.rehearsal(keepers.root)
    keepers.answer("dpo", ceremony_id)
    keepers.staff.wait(minutes=40)
    later = text("UPDATE ceremonies SET ends_at = :at").bindparams(
        bindparam("at", keepers.town.clock.now() + timedelta(minutes=20), type_=UtcDateTime)
    )
    main = keepers.town.runtime.stores.main
    with broken_into(main) as owned, owned.engine.begin() as connection:
        connection.execute(later)
    with pytest.raises(IntegrityFailure):
        keepers.answer("school", ceremony_id)


def test_another_member_written_into_a_ceremony_gets_nothing(keepers: Keepers) -> None:
    keepers.forget_password()
    ceremony_id = keepers.ask()
    keepers.change(
        "UPDATE ceremonies SET member_id ="
        " (SELECT id FROM members WHERE family_name = 'Membre-landlord')"
    )
    with pytest.raises(IntegrityFailure):
        keepers.answer("dpo", ceremony_id)


def test_a_planted_public_key_of_the_waiting_member_is_refused(keepers: Keepers) -> None:
    keepers.forget_password()
    planted = AgreementKey.from_seed(bytes(range(32))).public
    keepers.change("UPDATE member_keys SET agreement_public = :key", key=planted)
    with pytest.raises(IntegrityFailure):
        keepers.ask()


def test_a_public_key_planted_once_it_was_asked_is_refused_too(keepers: Keepers) -> None:
    keepers.forget_password()
    ceremony_id = keepers.ask()
    keepers.answer("dpo", ceremony_id)
    planted = AgreementKey.from_seed(bytes(range(32))).public
    keepers.change("UPDATE member_keys SET agreement_public = :key", key=planted)
    with pytest.raises(IntegrityFailure):
        keepers.answer("school", ceremony_id)
    assert keepers.outcomes("escrow:opened") == ["failed"]


def test_a_member_whose_key_changed_since_it_was_asked_is_asked_for_anew(keepers: Keepers) -> None:
    keepers.forget_password()
    ceremony_id = keepers.ask()
    keepers.answer("dpo", ceremony_id)
    keepers.forget_password()
    with pytest.raises(StepRefused, match="key-changed"):
        keepers.answer("school", ceremony_id)
    with pytest.raises(Locked):
        keepers.opens()


def test_a_secret_planted_for_the_escrow_is_not_given_to_anybody(keepers: Keepers) -> None:
    keepers.forget_password()
    ceremony_id = keepers.ask()
    keepers.answer("dpo", ceremony_id)
    holder = f"escrow:{keepers.escrow().id.hex}"
    keepers.change("UPDATE organisation_seals SET sealed = :blob WHERE holder = :holder",
                   blob=_seal_of_another(keepers), holder=holder)  # fmt: skip
    with pytest.raises(IntegrityFailure):
        keepers.answer("school", ceremony_id)


def test_a_stranger_to_the_escrow_learns_nothing_of_a_ceremony(keepers: Keepers) -> None:
    ceremony_id = keepers.recovery.asking.rehearsal(keepers.root)
    with pytest.raises(AccessDenied):
        keepers.recovery.ceremonies.answer(
            keepers.who("landlord"), ceremony_id, keepers.cards["dpo"]
        )


def _key(keepers: Keepers, body: str) -> AgreementKey:
    secret = spelling.read(keepers.cards[body], "card")
    member_id = keepers.town.members[body]
    return AgreementKey.from_seed(cards.key_of_card(whose(keepers.escrow()), member_id, secret))


def _open(keepers: Keepers, keys: dict[int, AgreementKey]) -> AgreementKey:
    kept = keepers.recovery.escrows_kept
    with keepers.town.runtime.stores.main.reading(keepers.town.runtime.desk.scope) as session:
        return kept.open(session, keepers.escrow(), keys)


def _move_answers(keepers: Keepers, source: UUID, target: UUID) -> None:
    """Copy what cards gave to one ceremony into another, as whoever writes in the database."""
    main = keepers.town.runtime.stores.main
    with broken_into(main) as owned, owned.engine.begin() as connection:
        known = {one.hex: one for one in (source, target)}
        rows = connection.execute(text("SELECT DISTINCT ceremony_id FROM ceremony_answers"))
        stored = {_hex(row[0]): row[0] for row in rows}
        ids = connection.execute(text("SELECT id FROM ceremonies"))
        named = {_hex(row[0]): row[0] for row in ids}
        assert set(known) <= set(named)
        connection.execute(
            text("UPDATE ceremony_answers SET ceremony_id = :to WHERE ceremony_id = :own"),
            {"to": named[target.hex], "own": stored[source.hex]},
        )


def _hex(stored: bytes | UUID) -> str:
    return stored.hex() if isinstance(stored, bytes) else stored.hex


def _seal_of_another(keepers: Keepers) -> bytes:
    """Return a secret that somebody else drew, sealed to the escrow as ours would be."""
    escrow = keepers.escrow()
    acting = Acting(COUNCIL, keepers.town.bodies[BODY])
    assert escrow.public is not None
    holder = organisation_seals.escrow_holder(escrow.id)
    return organisation_seals.seal_to_holder(acting, 1, holder, escrow.public, bytes(range(32)))
