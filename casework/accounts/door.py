"""Where attempts are counted, refused and recorded: the same answer whatever was wrong."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NoReturn
from uuid import UUID

from casework.accounts.desk import Desk
from casework.accounts.device import DeviceCookies
from casework.accounts.throttle import Attempt
from casework.accounts.turnstile import Turnstile
from casework.accounts.values import Client
from casework.audit.actions import Act, Outcome
from casework.audit.entry import Detail, Entry
from casework.errors import SignInRefused, TooManyAttempts, Unavailable
from casework.identity import Reason


@dataclass(frozen=True, slots=True)
class Door:
    """Every proof of identity passes here: password, code, activation."""

    desk: Desk
    turnstile: Turnstile
    devices: DeviceCookies

    def attempt(self, login: str, client: Client) -> Attempt:
        """Return the attempt of a client, trusted if its device cookie is for this account."""
        device = self.devices.device_of(client.device, login)
        return Attempt(login, client.network, device)

    @contextmanager
    def counted(self, attempt: Attempt, step: str) -> Iterator[None]:
        """Count the attempt, then let the block try it.

        Raises `TooManyAttempts`; an attempt that we could not try does not count.
        """
        wait = self.turnstile.enter(attempt)
        if wait:
            if wait.news:
                self.note(attempt, step, "too-many-attempts", None)
            raise TooManyAttempts(wait.seconds)
        try:
            yield
        except Unavailable:
            self.turnstile.take_back(attempt)
            raise

    def refuse(self, attempt: Attempt, step: str, why: str, account_id: UUID | None) -> NoReturn:
        """Record why, and say only that it was refused."""
        self.note(attempt, step, why, account_id)
        raise SignInRefused

    def note(self, attempt: Attempt, step: str, why: str, account_id: UUID | None) -> None:
        """Record a refusal: codes and ids, no address and nothing that was typed."""
        detail: Detail = {
            "step": step,
            "code": why,
            "network": self.turnstile.network_tag(attempt),
            "device": attempt.device is not None,
            "account": account_id or "unknown",
        }
        with self.desk.ledger.begin(self.desk.stranger, Reason.SIGN_IN) as work:
            work.record(Entry(Act.SESSION_REFUSED, outcome=Outcome.REFUSED, detail=detail))
