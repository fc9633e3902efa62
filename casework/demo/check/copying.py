"""Copies of the databases, kept by an operator or by a thief: what they still open, to whom."""

import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from sqlalchemy import MetaData, Table, delete, insert, select
from sqlalchemy.engine import make_url

from casework.accounts.gateway.accounts import account_by_login
from casework.accounts.policy import plain_login
from casework.cases.values import CaseFile
from casework.db.engine import Database
from casework.demo.check.page import CheckFailed
from casework.demo.check.stage import House, Persona, Stage
from casework.identity import Principal, Reason
from casework.runtime import Runtime
from casework.settings import Settings
from casework.stores import Stores

_SEALED: Final = "_sealed"


@dataclass(frozen=True, slots=True)
class Copies:
    """Where the copies of both databases lie."""

    main: Path
    keystore: Path

    @classmethod
    def in_folder(cls, folder: Path) -> "Copies":
        """Return the copies that a folder holds, or will hold."""
        return cls(folder / "main.db", folder / "keys.db")

    def settings(self, house: House) -> Settings:
        """Return the settings of the house, on both copies."""
        main, keystore = f"sqlite:///{self.main}", f"sqlite:///{self.keystore}"
        return replace(house.settings, database_url=main, keystore_url=keystore)


def copy_database(database: Database, url: str, to: Path) -> None:
    """Copy a database file, with what its log of writes still holds."""
    with database.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    to.parent.mkdir(mode=0o700, exist_ok=True)
    shutil.copyfile(make_url(url).database or "", to)
    to.chmod(0o600)


def read_in(stage: Stage, settings: Settings, persona: Persona) -> CaseFile:
    """Return the case of the check as somebody reads it in other databases."""
    edges = stage.house.runtime.edges
    stores = Stores(settings, edges)
    old = Runtime(stores, edges, stage.house.runtime.council_id)
    try:
        return old.cases.read(principal_of(old, persona), Reason.DUTY, UUID(stage.case))
    finally:
        stores.close()


def shared_texts(file: CaseFile) -> list[object]:
    """Return the sealed values of a case that several organisations hold."""
    referral = file.referral
    told = [referral.reason, referral.fact, referral.origin, referral.words] if referral else []
    people = [
        said
        for one in file.persons
        for said in (one.family_name, one.given_name, one.birth_date, one.address, one.phone)
    ]
    written = [one.text for one in file.shared]
    done = [said for one in file.actions for said in (one.kind, one.detail, one.outcome)]
    return [*told, *people, *written, *done, *(one.code for one in file.decisions)]


def opened(told: list[object]) -> list[str]:
    """Return what of some values is text: neither withheld nor empty."""
    return [said for said in told if isinstance(said, str) and said]


def bring_up_to_date(stage: Stage, copies: Copies) -> None:
    """Put today's sealed values of the case in the copy: its keys of then meet what stands now."""
    live, found = stage.house.runtime.stores.main, MetaData()
    found.reflect(live.engine)
    stores = Stores(copies.settings(stage.house), stage.house.runtime.edges)
    tables = [one for one in found.sorted_tables if _holds_content(one)]
    with live.engine.connect() as now, stores.main.engine.begin() as then:
        for table in tables:
            mine = table.c.case_id == UUID(stage.case).bytes
            rows = [dict(row) for row in now.execute(select(table).where(mine)).mappings()]
            then.execute(delete(table).where(mine))
            if rows:
                then.execute(insert(table), rows)
    stores.close()


def _holds_content(table: Table) -> bool:
    return "case_id" in table.c and any(one.name.endswith(_SEALED) for one in table.c)


def principal_of(old: Runtime, persona: Persona) -> Principal:
    """Return a member as a session would establish them in some databases."""
    with old.stores.main.reading(old.desk.scope) as session:
        account = account_by_login(session, old.council_id, plain_login(persona.login))
        standing = old.desk.standing(session, account.member_id) if account else None
    if standing is None:
        raise CheckFailed("la copie ne connaît pas ce membre")
    return old.desk.principal(standing, "", None)
