"""Letters under attack: by who writes the database, by who brings a template, by who listens."""

import logging
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import update

from casework.audit.verify import Extent, verify
from casework.db import sight
from casework.errors import AccessDenied, InvalidInput
from casework.identity import Reason
from casework.letters.fields import LetterField as F
from casework.letters.kinds import LetterKind
from casework.tables import MAIN
from tests.gathering import accepted, rows
from tests.letters import SAID, issue, new_letter, said_in
from tests.office import Office
from tests.planted import Planted
from tests.postgres import broken_into
from tests.raw import raw
from tests.stored import dump, files, opened_leaves
from tests.templates import ATTACKS, KIND, ODT, with_words
from tests.town import COUNCIL, Town

PLACE = "01930000-0000-7000-8000-0000000000c3"
WORDS = ("Zéphirinquois", "Hêtres-Bavards", "Personne-Ajoutée-Ici")


def _execute(town: Town, statement: str, **values: object) -> None:
    with broken_into(town.runtime.stores.main) as owned, owned.engine.begin() as connection:
        connection.execute(raw(statement), values)


def _read(town: Town, case_id: UUID, letter_id: UUID) -> LetterKind | None:
    who = town.who("coordination")
    return town.runtime.letters.reader.read(who, Reason.DUTY, case_id, letter_id).kind


def test_words_of_one_letter_never_open_in_another(town: Town) -> None:
    case_id = accepted(town)
    first, second = issue(town, case_id).id, issue(town, case_id).id
    assert _read(town, case_id, first) is LetterKind.INFORMATION_PERSON
    for column in ("fields_sealed", "kind_sealed"):
        with broken_into(town.runtime.stores.main) as owned, owned.engine.begin() as connection:
            asked = raw(f"SELECT reference, {column} FROM letters ORDER BY reference")
            (one, its), (other, theirs) = connection.execute(asked).all()
            swap = raw(f"UPDATE letters SET {column} = :value WHERE reference = :reference")
            connection.execute(swap, {"value": theirs, "reference": one})
            connection.execute(swap, {"value": its, "reference": other})
        assert [_read(town, case_id, one) for one in (first, second)] == [None, None]


def test_a_letter_moved_to_another_case_never_opens_there(town: Town) -> None:
    theirs, ours = accepted(town), accepted(town)
    letter_id = issue(town, theirs).id
    issue(town, ours)
    letters = MAIN.tables["letters"]
    moved = update(letters).where(letters.c.id == letter_id).values(case_id=ours)
    with broken_into(town.runtime.stores.main) as owned, owned.engine.begin() as connection:
        connection.execute(moved.execution_options(**sight.SHUT))
    with pytest.raises(AccessDenied):
        _read(town, theirs, letter_id)
    who, reader = town.who("coordination"), town.runtime.letters.reader
    keys = town.runtime.register_keys.of(COUNCIL)
    assert reader.read(who, Reason.DUTY, ours, letter_id).kind in {None, KIND}
    assert verify(town.runtime.stores.main, keys, COUNCIL, Extent(rows=True)).clean


def test_a_template_planted_by_sql_is_found_and_runs_nothing(town: Town) -> None:
    who, letters = town.who("coordination"), town.runtime.letters
    place = (town.group_id, KIND, ODT)
    letters.stationery.bring(who, Reason.DUTY, place, with_words(ODT, "Bonjour {{ ville }}."))
    keys = town.runtime.register_keys.of(COUNCIL)
    assert verify(town.runtime.stores.main, keys, COUNCIL, Extent(rows=True)).clean
    _execute(town, "UPDATE letter_templates SET content = :content", content=ATTACKS["event"][1])
    found = verify(town.runtime.stores.main, keys, COUNCIL, Extent(rows=True))
    assert not found.clean
    case_id = accepted(town)
    issued = issue(town, case_id, new_letter(format_=ODT))
    fault = letters.composing.composed(who, Reason.DUTY, case_id, issued)
    assert isinstance(fault, InvalidInput)
    assert _read(town, case_id, issued.id) is KIND


def test_who_does_not_coordinate_brings_no_template_and_no_letterhead(town: Town) -> None:
    stationery, content = town.runtime.letters.stationery, ATTACKS["bomb"][1]
    for body in ("school", "street_work", "dpo"):
        who = town.who(body)
        with pytest.raises(AccessDenied):
            stationery.bring(who, Reason.DUTY, (town.group_id, KIND, ODT), content)
        with pytest.raises(AccessDenied):
            stationery.write_head(who, Reason.DUTY, (town.group_id, 0), {})
        assert stationery.look(who, Reason.DUTY) == []
    assert rows(town, "letter_templates") == rows(town, "letterheads") == 0


def test_no_word_of_a_letter_is_in_a_log_an_address_a_leaf_or_a_file(
    office: Office, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    town, secrets = office.town, Planted.of(WORDS)
    case_id, desk = accepted(town), office.at("coordination")
    caplog.set_level(logging.DEBUG)
    at = f"/situations/{case_id}/courriers"
    typed = {name.value: words for name, words in said_in(KIND).items()}
    typed |= {"contact": "Personne-Ajoutée-Ici", "kind": KIND.value, "format": "odt"}
    answers = [desk.press(f"{at}/preparation", desk.get(at), kind=KIND.value)]
    answers.append(desk.press(at, desk.get(at), **{**typed, "once": PLACE, "signataire": ""}))
    answers.append(desk.press(at, desk.get(at), **typed, once=PLACE))
    page = answers[-1].headers["Location"]
    answers += [desk.get(f"{page}{one}") for one in ("", "/fichier", "/impression")]
    assert [one.status_code for one in answers] == [200, 422, 303, 200, 200, 200]
    assert secrets.found_in(answers[3].data) != []
    told = "\n".join(f"{name}: {value}" for one in answers for name, value in one.headers)
    assert secrets.found_in(told) == []
    assert secrets.found_in(caplog.text) == []
    assert secrets.found_in(b"\n".join(opened_leaves(town))) == []
    stored = {**dump(town.runtime.stores.main), **dump(town.keystore), **files(tmp_path)}
    assert [name for name, content in stored.items() if secrets.found_in(content)] == []
    assert all(F.RECIPIENT.value not in one for one in stored["letters"].decode("latin-1").split())
    assert SAID[F.RECIPIENT] not in told
