"""A registrar kept elsewhere: no row, no old file and no changed text makes another key count."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, insert, select, update

from casework.audit.actions import Act
from casework.audit.lines import Asked as Lines
from casework.crypto.organisation import OrganisationKeys
from casework.crypto.signing import SigningKey
from casework.db.engine import Scope
from casework.errors import IntegrityFailure, InvalidInput, Misconfigured, RegistrarAwaited
from casework.keys.directory import directory_message
from casework.keys.gateway.entries import PublicKeys
from casework.keys.registrar import signing, texts
from casework.keys.registrar.pins import IN_FORCE
from casework.keys.service.running import for_organisation
from casework.tables import MAIN
from tests.leaving import followed, opens, read
from tests.postgres import broken_into
from tests.registry import ROOT, Registry, another_process
from tests.town import COUNCIL, Town

KEYS, WORDS = MAIN.tables["organisation_keys"], MAIN.tables["registrar_signatures"]


def write(town: Town, *statements: Any) -> None:
    with broken_into(town.runtime.stores.main) as owned, owned.engine.begin() as connection:
        for statement in statements:
            connection.execute(statement)


def stored(town: Town, table: Any, body: str) -> list[dict[str, Any]]:
    with broken_into(town.runtime.stores.main) as owned, owned.engine.connect() as connection:
        chosen = table.c.organisation_id == town.bodies[body]
        return [dict(row) for row in connection.execute(select(table).where(chosen)).mappings()]


def current(town: Town, body: str) -> PublicKeys:
    runtime = another_process(town)
    with runtime.stores.main.reading(Scope(COUNCIL)) as session:
        return runtime.key_directory.current(session, (COUNCIL, town.bodies[body]))


def plant(town: Town, body: str, signer: SigningKey, registrar: UUID) -> None:
    """Plant a version 2 of a body's keys, signed by whoever, in the name of a registrar."""
    keys = OrganisationKeys.from_secret(bytes(32))
    own = town.bodies[body]
    entry = PublicKeys(own, 2, keys.agreement.public, keys.signing.public, keys.kid)
    signature = signer.sign(directory_message(COUNCIL, entry))
    row = {
        **stored(town, KEYS, body)[0],
        "version": 2,
        "agreement_public": entry.agreement,
        "signing_public": entry.signing,
        "kid": entry.kid,
        "registrar_signature": signature,
    }
    word = {**stored(town, WORDS, body)[0], "version": 2, "registrar": registrar}
    word["signature"] = signature
    write(town, insert(KEYS).values(**row), insert(WORDS).values(**word))


def failures(town: Town, act: Act) -> list[str]:
    found = town.runtime.register.read(town.who("dpo"), Lines(acts=frozenset({act}))).lines
    return [one.outcome for one in found]


def test_an_entry_signed_by_the_former_registrar_is_refused(town: Town) -> None:
    former, case_id = Registry.in_force(town), followed(town, "school")
    newer = Registry.in_force(town, seed=8)
    plant(town, "school", former.key, texts.registrar_id(newer.key.public))
    with pytest.raises(IntegrityFailure):
        current(town, "school")
    plant(town, "mission", former.key, texts.registrar_id(former.key.public))
    assert current(town, "mission").version == 1
    with pytest.raises(InvalidInput):
        former.adopted(town)
    assert opens(read(town, case_id))


def test_neither_an_old_pin_nor_a_missing_one_brings_a_former_word_back(town: Town) -> None:
    folder = town.runtime.registrar_pins.folder
    former = Registry.in_force(town)
    Registry.in_force(town, seed=8)
    (folder / IN_FORCE).write_text(texts.write_public(former.key.public))
    with pytest.raises(Misconfigured):
        current(town, "school")
    (folder / IN_FORCE).unlink()
    with pytest.raises(Misconfigured):
        current(town, "school")
    (folder / IN_FORCE).write_text("casework-registrar/v1\n????")
    with pytest.raises(Misconfigured):
        current(town, "school")


@pytest.mark.parametrize("kept_elsewhere", [True, False])
def test_a_former_entry_put_back_is_handed_nothing(town: Town, kept_elsewhere: bool) -> None:
    case_id = followed(town, "school")
    registry = Registry.in_force(town) if kept_elsewhere else None
    old = stored(town, KEYS, "school") + stored(town, WORDS, "school")
    town.runtime.custody_service.rotate(for_organisation(COUNCIL, town.bodies["school"]))
    if registry:
        registry.signs(town)
    assert old
    assert current(town, "school").version == 2
    own = town.bodies["school"]
    newest = (KEYS.c.organisation_id == own, KEYS.c.version == 2)
    write(
        town,
        delete(KEYS).where(*newest),
        delete(WORDS).where(WORDS.c.organisation_id == own, WORDS.c.version == 2),
        update(KEYS).where(KEYS.c.organisation_id == own).values(revoked_at=None),
    )
    other = town.refer()
    town.follow(other)
    with pytest.raises(IntegrityFailure):
        town.name(other, "school")
    assert opens(read(town, case_id))


def test_an_entry_that_the_instance_did_not_draw_is_not_even_asked_for(town: Town) -> None:
    registry = Registry.in_force(town)
    plant(town, "school", SigningKey.from_seed(bytes(32)), UUID(int=0))
    request, planted = town.runtime.registrar.pending(ROOT, {})
    assert (request.asked, planted) == ((), 1)
    assert "failed" in failures(town, Act.DIRECTORY_ASKED)
    assert current(town, "school").version == 1
    assert registry.signs(town).kept == 0


def test_a_signature_of_another_body_or_of_nobody_counts_for_none(town: Town) -> None:
    Registry.in_force(town)
    case_id = followed(town)
    foreign = stored(town, WORDS, "police")[0]["signature"]
    mine = WORDS.c.organisation_id == town.bodies["school"]
    write(town, update(WORDS).where(mine).values(signature=foreign))
    with pytest.raises(IntegrityFailure):
        current(town, "school")
    write(town, delete(WORDS).where(mine))
    with pytest.raises(RegistrarAwaited):
        town.name(case_id, "school")
    assert opens(read(town, case_id))


def test_a_changed_request_or_answer_is_refused_whole_with_a_leaf(town: Town) -> None:
    registry, stranger = Registry.drawn(), Registry.drawn(9)
    registry.adopted(town)
    runtime = town.runtime
    request, _ = runtime.registrar.pending(ROOT, {town.bodies["school"]: "École inventée"})
    sent = texts.write_request(request, runtime.registrar_pins.instance)
    with pytest.raises(InvalidInput):
        texts.read_request(sent.replace("École inventée", "Police inventée"))
    with pytest.raises(InvalidInput):
        signing.sign(request, stranger.key)
    answer = registry.signed(town)
    worse = [
        texts.Signed(answer.council_id, stranger.key.public, answer.signatures),
        texts.Signed(UUID(int=7), answer.registrar, answer.signatures),
        texts.Signed(answer.council_id, answer.registrar, _broken(answer.signatures)),
    ]
    for one in worse:
        with pytest.raises(InvalidInput):
            runtime.registrar.take_in(ROOT, one)
    assert failures(town, Act.DIRECTORY_SIGNED) == ["failed"] * 3
    with runtime.stores.main.reading(Scope(COUNCIL)) as session:
        assert runtime.registrar.status(session, COUNCIL).waiting == len(town.bodies)
    assert runtime.registrar.take_in(ROOT, answer).in_force


def _broken(signatures: tuple[texts.Signature, ...]) -> tuple[texts.Signature, ...]:
    last = signatures[-1]
    return (*signatures[:-1], texts.Signature(last.organisation_id, last.version, bytes(64)))


def test_an_answer_of_before_a_rotation_signs_nothing_anew(town: Town) -> None:
    registry = Registry.in_force(town)
    who = for_organisation(COUNCIL, town.bodies["school"])
    town.runtime.custody_service.rotate(who)
    old = registry.signed(town)
    town.runtime.custody_service.rotate(who)
    done = town.runtime.registrar.take_in(ROOT, old)
    assert (done.kept, done.passed_over, done.waiting) == (0, 1, 1)
    assert current(town, "school").version == 1
    assert registry.signs(town).kept == 1
    assert current(town, "school").version == 3
