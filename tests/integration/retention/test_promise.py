"""For how long backups can still give an erased case back: what is said, and what is kept."""

from datetime import timedelta
from pathlib import Path

import pytest

from casework.charters.promise import Promise
from casework.identity import Reason
from casework.web.dates import long_day
from tests.gathering import sweep, today
from tests.office import Office, office_of
from tests.town import Town

DAYS = 21


@pytest.fixture
def promising(town: Town) -> Town:
    """Give a town whose operator keeps backups of keys for other than the usual days."""
    town.runtime.__dict__["promise"] = Promise(DAYS)
    return town


@pytest.fixture
def office(promising: Town, tmp_path: Path) -> Office:
    return office_of(promising, tmp_path)


def _erase(town: Town) -> None:
    case_id = town.refer()
    town.runtime.referrals.refuse(town.who("coordination"), Reason.DUTY, case_id, version=1)
    sweep(town)


def test_the_certificate_says_since_when_no_backup_gives_the_case_back(promising: Town) -> None:
    _erase(promising)
    (kept,) = promising.runtime.retention.certificates(promising.who("dpo"))
    assert kept.backups_until == today(promising) + timedelta(days=DAYS)
    assert kept.backup_days == DAYS


def test_a_certificate_keeps_the_days_of_its_time(promising: Town) -> None:
    _erase(promising)
    del promising.runtime.__dict__["retention"]
    promising.runtime.__dict__["promise"] = Promise(60)
    (kept,) = promising.runtime.retention.certificates(promising.who("dpo"))
    assert kept.backup_days == DAYS


def test_members_read_the_promise_where_they_sign(office: Office) -> None:
    page = office.at("street_work").get("/charte").text
    assert "irrécupérable, sauvegardes comprises, dans les 21 jours" in page


def test_the_page_of_retention_prints_the_promise_and_each_certificates_own(
    office: Office,
) -> None:
    _erase(office.town)
    page = office.at("dpo").get("/dpd/conservation").text
    assert "irrécupérable, sauvegardes comprises, dans les 21 jours" in page
    assert f"après le {long_day(today(office.town) + timedelta(days=DAYS))}" in page
    assert "(sauvegardes gardées 21 jours)" in page


@pytest.mark.parametrize(("days", "promised", "kept"), [(14, 14, True), (15, 14, False)])
def test_a_charter_is_kept_when_backups_are_gone_as_early_as_it_says(
    days: int, promised: int, kept: bool
) -> None:
    assert Promise(days).kept_by(promised) is kept
