"""What the officer's page calls a case of which the register tells."""

from typing import Final
from uuid import UUID

from casework.identity import Reason
from tests.gathering import sweep
from tests.office import Office
from tests.town import Town

NOTHING: Final = UUID("01930000-0000-7000-8000-00000000dead")


def page(office: Office) -> str:
    return office.at("dpo").get("/dpd/acces").text


def short(case_id: object) -> str:
    return f"({str(case_id)[-6:]})"


def test_a_referral_that_waits_is_not_told_as_erased(office: Office, town: Town) -> None:
    case_id = town.refer()
    shown = page(office)
    assert f"saisine sans numéro {short(case_id)}" in shown
    assert "effacée" not in shown
    town.follow(case_id)
    assert "SN-2026-001" in page(office)


def test_what_was_erased_and_what_never_was_are_told_alike(office: Office, town: Town) -> None:
    case_id = town.refer()
    coordination = office.at("coordination")
    assert coordination.get(f"/situations/{NOTHING}").status_code == 404
    town.runtime.referrals.refuse(town.who("coordination"), Reason.DUTY, case_id, version=1)
    sweep(town)
    shown = page(office)
    assert f"saisine sans numéro {short(case_id)}" not in shown
    for one in (case_id, NOTHING):
        assert f"situation effacée ou inconnue {short(one)}" in shown
