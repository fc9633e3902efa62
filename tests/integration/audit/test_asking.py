"""Who may ask the register, and on which days."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from casework.audit.lines import Asked
from casework.audit.service import RegisterService
from casework.audit.typed_reasons import TypedReasons
from casework.errors import AccessDenied
from casework.identity import Mandate, Role
from tests.fakes import CountingEntropy
from tests.register import Register, dpo

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(("day", "may"), [(22, False), (23, True), (24, True), (25, False)])
def test_the_officers_days_begin_and_end_at_midnight_in_the_town(
    register: Register, day: int, may: bool
) -> None:
    register.read()
    mandate = Mandate(Role.DPO, None, date(2026, 11, 23), date(2026, 11, 24), signed=True)
    officer = replace(dpo(), mandates=(mandate,))
    half_past_midnight = datetime(2026, 11, day, 0, 30, tzinfo=PARIS)
    register.clock.advance(seconds=(half_past_midnight - register.clock.now()).total_seconds())
    if may:
        assert [one.seq for one in service_of(register).read(officer, Asked()).lines] == [0]
    else:
        with pytest.raises(AccessDenied):
            service_of(register).read(officer, Asked())


def service_of(register: Register) -> RegisterService:
    typed = TypedReasons(register.keyring, register.clock, CountingEntropy())
    parts = (register.database, register.ledger, register.keyring, register.clock)
    return RegisterService(*parts, typed)
