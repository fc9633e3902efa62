"""Chapter 15: nothing that was said of anybody is found in clear, anywhere."""

from collections.abc import Collection, Iterator
from typing import Final

from sqlalchemy import MetaData, select

from casework.db.engine import Database
from casework.demo.check import acting, helping, meeting, reminding
from casework.demo.check.needles import any_in
from casework.demo.check.page import CheckFailed
from casework.demo.check.stage import Stage
from casework.demo.disclosure import (
    case_secrets,
    credentials_of,
    secrets_of,
    secrets_of_reminders,
)
from casework.demo.network import network_secrets
from casework.demo.reminders.tales import registers_of


def files_are_mute(stage: Stage) -> None:
    """Aucun nom, aucune date, aucun texte inventé dans aucun fichier de l’instance."""
    needles = secrets_in(stage)
    for path in sorted(stage.house.home.rglob("*")):
        if path.is_file():
            refuse(needles, path.read_bytes(), str(path.relative_to(stage.house.home)))


def rows_are_mute(stage: Stage) -> None:
    """Ni dans les bases une fois le fichier déchiffré : chaque valeur est scellée à part."""
    stores = stage.house.runtime.stores
    needles, read = secrets_in(stage), list[bytes]()
    for database in (stores.main, stores.keystore_database):
        for name, values in rows_of(database):
            refuse(needles, values, f"la table {name}")
            read.append(values)
    if stage.world.organisations[0].name.encode() not in b"".join(read):
        raise CheckFailed("la recherche n’a pas lu les bases")


def addresses_are_mute(stage: Stage) -> None:
    """Ni dans les adresses, ni dans les titres des pages vues pendant cette vérification."""
    seen = [said for browser in stage.browsers for said in browser.trail]
    refuse(secrets_in(stage), "\n".join(seen).encode(), "une adresse ou un titre")


def secrets_in(stage: Stage) -> list[bytes]:
    """Return everything that may be found nowhere, in bytes."""
    chapters = (*acting.WRITTEN, *reminding.WRITTEN, *helping.WRITTEN, meeting.DETAIL)
    typed = (*chapters, *network_secrets())
    registers = registers_of(stage.world)
    reminders = [secret for each in registers for secret in secrets_of_reminders(each)]
    told = {*secrets_of(stage.world), *credentials_of(stage.world), *typed, *reminders}
    proofs = {one.password for one in stage.personas.values()}
    told |= proofs | set(stage.cards.values()) | set(case_secrets(stage.newcomer))
    return [one.encode() for one in told if one]


def refuse(needles: Collection[bytes], haystack: bytes, where: str) -> None:
    """Raise `CheckFailed` when any needle is there; it says where, and not what."""
    if any_in(needles, haystack):
        raise CheckFailed(f"une donnée est en clair dans {where}")


def rows_of(database: Database) -> Iterator[tuple[str, bytes]]:
    """Yield each table with all its values, as the database holds them once decrypted."""
    found = MetaData()
    found.reflect(database.engine)
    with database.engine.connect() as connection:
        for name, table in found.tables.items():
            rows = connection.execute(select(table))
            yield name, b"\n".join(_bytes(value) for row in rows for value in row)


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


STEPS: Final = (files_are_mute, rows_are_mute, addresses_are_mute)
