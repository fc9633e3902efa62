"""Gives invented members the accounts that the demonstration prints: known passwords and phones."""

from base64 import b32decode
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from casework.accounts.assembly import Accounts
from casework.accounts.gateway import accounts as gateway
from casework.accounts.policy import plain_login, require_sound_login
from casework.accounts.values import Account, Credentials, Verifier
from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.demo.cast import Cast
from casework.demo.shapes import Member
from casework.entropy import new_id
from casework.identity import Reason
from casework.keys.member_keys import keep_seal, seal_seed

_SEED_BYTES: Final = 32
_AT_ONCE: Final = 2


@dataclass(frozen=True, slots=True)
class _Stretched:
    member: Member
    verifier: Verifier
    unlock: bytes


def enrol(cast: Cast, accounts: Accounts, members: Sequence[Member]) -> None:
    """Open the accounts of `members`; passwords are stretched two at a time."""
    passwords = accounts.enrolment.passwords
    with ThreadPoolExecutor(_AT_ONCE) as lane:
        stretched = lane.map(passwords.set, [one.password for one in members])
        for member, (verifier, unlock) in zip(members, stretched, strict=True):
            _open(cast, accounts, _Stretched(member, verifier, unlock))


def _open(cast: Cast, accounts: Accounts, known: _Stretched) -> None:
    edges, council_id = cast.workshop.edges, cast.workshop.council_id
    member_id = cast.members[known.member.key]
    account = _account(cast, known.member)
    phone = b32decode(known.member.totp_seed)
    totp = accounts.enrolment.second.seal(account.id, phone, edges.entropy)
    seed = seal_seed(member_id, known.unlock, edges.entropy.bytes(_SEED_BYTES), edges.entropy)
    with cast.workshop.ledger.begin(cast.root, Reason.OPERATION) as work:
        gateway.add_account(work.session, council_id, account, work.now)
        given = Credentials(known.verifier, totp, 0)
        gateway.set_credentials(work.session, council_id, account.id, given)
        keep_seal(work.session, council_id, member_id, seed)
        work.digest("accounts", account.id, "totp_sealed", totp)
        detail = {"account": account.id, "member": member_id}
        work.record(Entry(Act.ACCOUNT_ADDED, detail=detail))
        work.record(Entry(Act.PASSWORD_SET, detail={"account": account.id}))


def _account(cast: Cast, member: Member) -> Account:
    edges = cast.workshop.edges
    login = plain_login(member.login)
    require_sound_login(login)
    own_id = new_id(edges.clock, edges.entropy)
    return Account(own_id, cast.members[member.key], login, None, None, 0, None, None)
