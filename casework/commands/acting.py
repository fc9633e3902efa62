"""Whom a command acts for: the operator by name, on the instance that the settings describe."""

import os
import pwd
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.identity import Principal, Reason, operator
from casework.operations.instance import Instance, open_instance, system_edges
from casework.settings import Settings

_FOREIGN: Final = re.compile(r"[^A-Za-z0-9._-]")
_LONGEST: Final = 60


def read_settings() -> Settings:
    """Return the settings of the environment. Raises `Misconfigured` with every fault."""
    return Settings.from_environment(os.environ)


@contextmanager
def instance(former_kek: str = "") -> Iterator[Instance]:
    """Give the instance of this environment for the length of a command.

    `former_kek` names who held the KEK, while it moves.
    """
    opened = open_instance(read_settings(), system_edges(), former_kek)
    try:
        yield opened
    finally:
        opened.close()


def root(opened: Instance) -> Principal:
    """Return the operator who types."""
    return operator(opened.council_id, operator_name())


def operator_name() -> str:
    """Return the account of the machine that types, and whose rights it borrowed."""
    own = pwd.getpwuid(os.getuid()).pw_name
    return name_of(own, os.environ)


def name_of(account: str, environment: Mapping[str, str]) -> str:
    """Return a name that the register accepts: `alice@root` for Alice through sudo."""
    behind = environment.get("SUDO_USER", "") if account == "root" else ""
    name = f"{_plain(behind)}@{_plain(account)}" if behind else _plain(account)
    return name[:_LONGEST]


def note(opened: Instance, act: Act, detail: Detail) -> None:
    """Leave a leaf for an operator's act that no service records by itself."""
    with opened.ledger.begin(root(opened), Reason.OPERATION) as work:
        work.record(Entry(act, detail=detail))


def _plain(account: str) -> str:
    return _FOREIGN.sub("-", account)
