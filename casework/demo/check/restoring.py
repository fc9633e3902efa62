"""Chapter 11: an old copy of the main database comes back, and opens nothing of what was erased."""

from dataclasses import replace
from typing import Final
from uuid import UUID

from casework.accounts.gateway.accounts import account_by_login
from casework.accounts.policy import plain_login
from casework.cases.values import CaseFile
from casework.demo.check.page import CheckFailed
from casework.demo.check.stage import Stage
from casework.identity import Principal, Reason
from casework.runtime import Runtime
from casework.stores import Stores


def opens_nothing(stage: Stage) -> None:
    """La copie restaurée retrouve la situation et n’en ouvre plus un mot : ses clés sont mortes."""
    if words_in_copy(stage):
        raise CheckFailed("des valeurs s’ouvrent encore dans la copie")


def words_in_copy(stage: Stage) -> list[str]:
    """Return what the copy of the main database still opens of the case, with today's keys."""
    if stage.copy is None:
        raise CheckFailed("aucune copie n’a été faite")
    old = _restored(stage)
    reader = _principal(old, stage.personas["coordinator"].login)
    file = old.cases.read(reader, Reason.DUTY, UUID(stage.case))
    old.stores.main.engine.dispose()
    told = _texts(file)
    if not told:
        raise CheckFailed("la copie ne contient pas la situation")
    return [said for said in told if isinstance(said, str) and said]


def _restored(stage: Stage) -> Runtime:
    """Return the services on the old main database and today's key store."""
    house = stage.house
    settings = replace(house.settings, database_url=f"sqlite:///{stage.copy}")
    edges = house.runtime.edges
    return Runtime(Stores(settings, edges), edges, house.runtime.council_id)


def _principal(old: Runtime, login: str) -> Principal:
    """Return a member as a session would establish them in the old database."""
    with old.stores.main.reading(old.desk.scope) as session:
        account = account_by_login(session, old.council_id, plain_login(login))
        standing = old.desk.standing(session, account.member_id) if account else None
    if standing is None:
        raise CheckFailed("la copie ne connaît pas la coordination")
    return old.desk.principal(standing, "", None)


def _texts(file: CaseFile) -> list[object]:
    """Return every sealed value of a case."""
    referral = file.referral
    told = [referral.reason, referral.fact, referral.origin, referral.words] if referral else []
    people = [
        said
        for one in file.persons
        for said in (one.family_name, one.given_name, one.birth_date, one.address, one.phone)
    ]
    written = [one.text for one in (*file.shared, *file.notes)]
    done = [said for one in file.actions for said in (one.kind, one.detail, one.outcome)]
    return [*told, *people, *written, *done, *(one.code for one in file.decisions)]


STEPS: Final = (opens_nothing,)
