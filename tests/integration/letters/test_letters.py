"""Letters on both databases: numbered, sealed, marked, and gone with their case."""

from datetime import timedelta
from uuid import UUID

import pytest

from casework.crypto.envelope import EPOCH
from casework.db.engine import Scope
from casework.errors import AccessDenied, Conflict, InvalidInput, StepRefused
from casework.identity import Reason
from casework.letters.fields import LetterField as F
from casework.letters.kinds import LetterFormat, LetterKind, LetterState
from casework.letters.values import AskedLetters, Issued, Letter, Mark, NewLetter
from tests.gathering import accepted, fact, listed, rows, sweep, today, visa
from tests.leaving import followed, rekey, unname
from tests.letters import SAID, issue, new_letter, said_in
from tests.raw import raw
from tests.town import COUNCIL, Town

KIND = LetterKind.INFORMATION_PERSON
ONCE = UUID("01930000-0000-7000-8000-0000000000c1")


def read(town: Town, case_id: UUID, letter_id: UUID, body: str = "coordination") -> Letter:
    return town.runtime.letters.reader.read(town.who(body), Reason.DUTY, case_id, letter_id)


def mark(town: Town, case_id: UUID, letter: Letter, state: LetterState, **told: bool) -> None:
    given = (letter.head.id, letter.head.version)
    said = Mark(state, today(town), **told)
    issuing = town.runtime.letters.issuing
    issuing.mark(town.who("coordination"), Reason.DUTY, case_id, given, said)


def test_a_letter_is_numbered_sealed_and_read_as_it_was_issued(town: Town) -> None:
    case_id = accepted(town)
    issued = issue(town, case_id)
    letter = read(town, case_id, issued.id)
    assert letter.head.reference == f"SN-{today(town).year}-C001"
    assert (letter.kind, letter.head.state) == (LetterKind.INFORMATION_PERSON, LetterState.ISSUED)
    assert letter.fields == issued.fields
    assert letter.fields[F.RECIPIENT] == SAID[F.RECIPIENT]
    assert "3\u00a0mois" in letter.fields[F.KEPT]
    with town.runtime.stores.main.reading(Scope(COUNCIL, whole=True)) as session:
        stored = session.execute(raw("SELECT kind_sealed, fields_sealed FROM letters")).one()
    assert not any("Hêtres".encode() in bytes(one) for one in stored)


def test_rule_16_a_letter_sent_may_say_that_the_person_was_informed(town: Town) -> None:
    case_id = accepted(town)
    letter = read(town, case_id, issue(town, case_id).id)
    mark(town, case_id, letter, LetterState.SENT)
    assert fact(town, case_id, "informed_on") is None
    handed = read(town, case_id, issue(town, case_id).id)
    mark(town, case_id, handed, LetterState.HANDED, inform=True)
    assert str(fact(town, case_id, "informed_on")) == today(town).isoformat()


def test_a_letter_that_cannot_inform_yet_is_not_marked_either(town: Town) -> None:
    case_id = town.refer()
    letter = read(town, case_id, issue(town, case_id).id)
    with pytest.raises(StepRefused):
        mark(town, case_id, letter, LetterState.HANDED, inform=True)
    assert read(town, case_id, letter.head.id).head.state is LetterState.ISSUED
    assert fact(town, case_id, "informed_on") is None


def test_a_letter_is_sent_once_and_comes_back_at_most_once(town: Town) -> None:
    case_id = accepted(town)
    letter_id = issue(town, case_id).id
    first = read(town, case_id, letter_id)
    mark(town, case_id, first, LetterState.SENT)
    with pytest.raises(Conflict):
        mark(town, case_id, first, LetterState.HANDED)
    with pytest.raises(StepRefused):
        mark(town, case_id, read(town, case_id, letter_id), LetterState.SENT)
    mark(town, case_id, read(town, case_id, letter_id), LetterState.RETURNED)
    mark(town, case_id, read(town, case_id, letter_id), LetterState.HANDED)
    assert read(town, case_id, letter_id).head.state is LetterState.HANDED


def test_no_day_before_the_letter_or_to_come_is_taken(town: Town) -> None:
    case_id = accepted(town)
    letter = read(town, case_id, issue(town, case_id).id)
    issuing, who = town.runtime.letters.issuing, town.who("coordination")
    for days in (-1, 1):
        said = Mark(LetterState.SENT, today(town) + timedelta(days=days))
        with pytest.raises(InvalidInput):
            issuing.mark(who, Reason.DUTY, case_id, (letter.head.id, 1), said)


def test_the_same_form_sent_twice_makes_one_letter(town: Town) -> None:
    case_id = accepted(town)
    first = issue(town, case_id, new_letter(once=ONCE))
    issuing, who = town.runtime.letters.issuing, town.who("coordination")
    assert issuing.issue(who, Reason.DUTY, case_id, new_letter(once=ONCE)) == first.id
    assert rows(town, "letters") == 1
    assert issue(town, case_id).fields[F.REFERENCE].endswith("C002")


def test_what_is_missing_or_foreign_to_a_letter_is_said_and_nothing_is_numbered(
    town: Town,
) -> None:
    case_id = accepted(town)
    for said in ({"destinataire": ""}, {"contact": "x" * 300}, {"engagements": "Rien."}):
        with pytest.raises(InvalidInput) as fault:
            issue(town, case_id, NewLetter(KIND, LetterFormat.PDF, said_in(KIND, **said)))
        assert set(fault.value.fields) == set(said)
    with pytest.raises(StepRefused):
        issue(town, case_id, new_letter(LetterKind.SUMMONS_MINOR))
    assert issue(town, case_id).fields[F.REFERENCE].endswith("C001")


def test_rule_19_nothing_is_printed_of_a_protected_case(town: Town) -> None:
    case_id = accepted(town)
    coordinator, safeguards = town.who("coordination"), town.runtime.safeguards
    town.name(case_id, "school")
    safeguards.protection.protect(coordinator, Reason.DUTY, case_id)
    with pytest.raises(AccessDenied):
        issue(town, case_id)
    safeguards.protection.ask(coordinator, Reason.DUTY, case_id)
    member = town.members["coordination"]
    safeguards.protection.grant(town.who("school"), Reason.DUTY, case_id, member)
    with pytest.raises(StepRefused) as refused:
        issue(town, case_id)
    assert refused.value.reason == "letter-protected"
    assert rows(town, "letters") == 0


@pytest.mark.parametrize("body", ["police", "landlord", "dpo", "archives"])
def test_who_was_not_called_finds_no_letter(town: Town, body: str) -> None:
    case_id = accepted(town)
    letter_id = issue(town, case_id).id
    letters, who = town.runtime.letters, town.who(body)
    asked = (
        lambda: letters.reader.read(who, Reason.DUTY, case_id, letter_id),
        lambda: letters.reader.of_case(who, Reason.DUTY, case_id),
        lambda: letters.reader.file(who, Reason.DUTY, case_id, letter_id),
        lambda: letters.issuing.prepare(who, Reason.DUTY, case_id, LetterKind.INFORMATION_PERSON),
        lambda: letters.issuing.issue(who, Reason.DUTY, case_id, new_letter()),
    )
    for one in asked:
        with pytest.raises(AccessDenied):
            one()
    assert letters.reader.everywhere(who, Reason.DUTY, AskedLetters()) == ()


def test_a_member_who_is_named_reads_letters_and_writes_none(town: Town) -> None:
    case_id = accepted(town)
    letter_id = issue(town, case_id).id
    town.name(case_id, "school")
    assert read(town, case_id, letter_id, "school").fields[F.RECIPIENT] == SAID[F.RECIPIENT]
    later = issue(town, case_id).id
    assert read(town, case_id, later, "school").kind is LetterKind.INFORMATION_PERSON
    issuing = town.runtime.letters.issuing
    with pytest.raises(AccessDenied):
        issuing.issue(town.who("school"), Reason.DUTY, case_id, new_letter())
    said = Mark(LetterState.SENT, today(town))
    with pytest.raises(AccessDenied):
        issuing.mark(town.who("school"), Reason.DUTY, case_id, (later, 1), said)
    listed = town.runtime.letters.reader.everywhere(town.who("school"), Reason.DUTY, AskedLetters())
    assert listed == ()


def test_the_coordination_finds_its_letters_by_what_became_of_them(town: Town) -> None:
    first, second = accepted(town), accepted(town)
    ids = [issue(town, first).id]
    town.clock.advance(seconds=1)
    ids.append(issue(town, second).id)
    mark(town, first, read(town, first, ids[0]), LetterState.SENT)
    who, reader = town.who("coordination"), town.runtime.letters.reader
    every = reader.everywhere(who, Reason.DUTY, AskedLetters())
    assert [line.head.id for line in every] == ids[::-1]
    assert {line.kind for line in every} == {LetterKind.INFORMATION_PERSON}
    sent = reader.everywhere(who, Reason.DUTY, AskedLetters((LetterState.SENT,)))
    assert [line.head.id for line in sent] == ids[:1]
    after = reader.everywhere(who, Reason.DUTY, AskedLetters(before=ids[1]))
    assert [line.head.id for line in after] == ids[:1]


def test_what_is_prepared_comes_from_the_case_and_says_what_is_missing(town: Town) -> None:
    case_id = accepted(town)
    letters, who = town.runtime.letters, town.who("coordination")
    found = letters.issuing.prepare(who, Reason.DUTY, case_id, LetterKind.INFORMATION_PERSON)
    assert found.fields[F.RECIPIENT] == "Maïlys ZÉPHIRINQUOIS"
    assert found.fields[F.ADDRESS] == "4 impasse des Hêtres-Bavards\nSchiltigheim"
    assert set(found.missing) == {F.SENDER, F.PLACE, F.SIGNATORY, F.CONTACT, F.OFFICER}
    head = {name: SAID[name] for name in found.missing}
    letters.stationery.write_head(who, Reason.DUTY, (town.group_id, 0), head)
    again = letters.issuing.prepare(who, Reason.DUTY, case_id, LetterKind.INFORMATION_PERSON)
    assert again.missing == ()


def test_the_file_is_made_once_and_kept_as_it_was_made(town: Town) -> None:
    case_id, letters, who = accepted(town), town.runtime.letters, town.who("coordination")
    issued = issue(town, case_id, new_letter(format_=LetterFormat.ODT))
    with pytest.raises(StepRefused):
        letters.reader.file(who, Reason.DUTY, case_id, issued.id)
    assert letters.composing.composed(who, Reason.DUTY, case_id, issued) is None
    kept = letters.reader.file(who, Reason.DUTY, case_id, issued.id)
    letters.composing.compose_again(who, Reason.DUTY, case_id, issued.id)
    assert letters.reader.file(who, Reason.DUTY, case_id, issued.id) == kept
    assert kept.name == f"{issued.fields[F.REFERENCE]}.odt"
    assert kept.content.startswith(b"PK")


def test_rule_14_an_erased_case_leaves_no_letter(town: Town) -> None:
    case_id = accepted(town)
    issue(town, case_id)
    kept = accepted(town)
    issue(town, kept)
    visa(town, listed(town, case_id))
    sweep(town)
    assert fact(town, case_id, "state") is None
    assert rows(town, "letters") == 1
    assert isinstance(issue(town, kept), Issued)


def test_a_letter_opens_after_everything_was_sealed_anew(town: Town) -> None:
    case_id = followed(town, "school")
    issued = issue(town, case_id)
    assert read(town, case_id, issued.id, "school").fields == issued.fields
    unname(town, case_id, "school")
    rekey(town)
    with town.runtime.stores.main.reading(Scope(COUNCIL, whole=True)) as session:
        sealed = bytes(session.execute(raw("SELECT fields_sealed FROM letters")).scalar_one())
    assert sealed[EPOCH] == (2).to_bytes(4)
    assert read(town, case_id, issued.id).fields == issued.fields
    with pytest.raises(AccessDenied):
        read(town, case_id, issued.id, "school")
