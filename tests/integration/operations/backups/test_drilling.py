"""A drill tries copies in a place of their own and says what would not come back."""

from dataclasses import replace
from pathlib import Path

import pytest

from casework.crypto import age
from casework.db.engine import Scope
from casework.errors import Misconfigured, SealBroken
from casework.identity import Reason
from casework.operations.backups.copies import Copy
from casework.operations.backups.drilling import Drill, drill
from casework.operations.instance import Instance
from tests.holders import kept_by_members
from tests.integration.operations.backups.conftest import ROOT, Kept, lines
from tests.postgres import APPLICATION, acting_as, broken_into
from tests.staff import employ
from tests.town import COUNCIL


def tried(kept: Kept, *copies: Copy) -> Drill:
    return drill(kept.instance, copies, kept.identity, ROOT)


def in_main(kept: Kept, statement: str) -> None:
    """Write to the living database as whoever holds the machine."""
    whole = Scope(COUNCIL, whole=True)
    with broken_into(kept.instance.stores.main) as main, main.writing(whole) as session:
        session.connection().exec_driver_sql(statement)


def test_sound_copies_are_said_to_bring_everything_back(kept: Kept) -> None:
    kept.town.refer()
    copies = kept.copies()
    kept.town.refer()
    found = tried(kept, *copies)
    assert found.sound
    assert found.register.size == found.register.signed
    assert (found.trial.tried, found.trial.drawn) == (3, 3)
    assert lines(kept.instance)[-1] == ("backup:drilled", "allowed")


def test_nothing_of_a_drill_is_left_and_the_living_are_untouched(kept: Kept) -> None:
    kept.town.refer()
    copies, before = kept.copies(), lines(kept.instance)
    tried(kept, *copies)
    assert list((kept.settings.home / "run").iterdir()) == []
    assert lines(kept.instance)[:-1] == before


def test_keys_that_only_members_hold_are_counted_and_not_called_broken(kept: Kept) -> None:
    case_id = kept.town.refer()
    kept.instance.cases.read(kept.town.who("coordination"), Reason.DUTY, case_id)
    first, _ = kept_by_members(employ(kept.town), "street_work")
    kept.instance.cases.note(first, Reason.DUTY, case_id, "Note gardée.")
    found = tried(kept, *kept.copies())
    assert found.sound
    assert (found.trial.tried, found.trial.drawn, found.trial.members) == (4, 3, 1)


def test_a_register_that_lost_lines_since_is_told(kept: Kept) -> None:
    copies = kept.copies()
    in_main(kept, "UPDATE audit_leaves SET leaf = bound WHERE seq = 3")
    found = tried(kept, *copies)
    assert (found.beginning, found.sound) == (False, False)
    assert lines(kept.instance)[-1] == ("backup:drilled", "failed")


def test_a_copy_that_somebody_else_sealed_is_told(kept: Kept, tmp_path: Path) -> None:
    kept.town.refer()
    main, keys = kept.copies()
    forged = replace(main, path=tmp_path / main.path.name)
    clear = tmp_path / "clear"
    with main.path.open("rb") as source, clear.open("wb") as target:
        age.unseal(source, target, kept.identity)
    with clear.open("rb") as source, forged.path.open("wb") as target:
        age.seal(source, target, [age.recipient_of(kept.identity)])
    found = tried(kept, forged, keys)
    assert (found.made_here, found.beginning, found.sound) == (False, True, False)


def test_copies_of_different_days_are_told(kept: Kept) -> None:
    (_, old) = kept.copies()
    kept.clock.advance(days=1)
    kept.town.refer()
    (main, _) = kept.copies()
    found = tried(kept, main, old)
    assert not found.sound
    assert found.keys.faults
    assert found.trial.broken == 3


def test_a_copy_that_does_not_open_is_in_the_register(kept: Kept) -> None:
    copies, (foreign, _) = kept.copies(), age.draw_identity()
    with pytest.raises(SealBroken):
        drill(kept.instance, copies, foreign, ROOT)
    assert lines(kept.instance)[-1] == ("backup:drilled", "failed")
    assert list((kept.settings.home / "run").iterdir()) == []


@pytest.mark.parametrize("environment", ["postgresql"], indirect=True)
def test_a_role_that_may_make_no_database_is_told_what_to_ask_for(kept: Kept) -> None:
    copies, serving = kept.copies(), acting_as(APPLICATION, kept.settings.keystore_url)
    settings = replace(kept.settings, keystore_url=serving)
    instance = Instance(settings, kept.instance.stores, kept.edges, COUNCIL)
    with pytest.raises(Misconfigured, match=f"ALTER ROLE {APPLICATION} CREATEDB"):
        drill(instance, copies, kept.identity, ROOT)
