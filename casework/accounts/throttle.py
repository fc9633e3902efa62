"""How long somebody who keeps failing has to wait. Pure; every attempt counts before it is tried.

A browser that has already signed in here carries a device cookie: it has a counter of its own, so
nobody can lock a member out by failing in their name.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Address, ip_address
from typing import Final

from casework.crypto.encoding import lp, utf8

_FIRST_WAIT: Final = timedelta(seconds=5)
_LONGEST_WAIT: Final = timedelta(minutes=15)
_FORGOTTEN_AFTER: Final = timedelta(hours=1)
_FREE: Final = 5
# A town hall stands behind one address: its people must not block one another.
_FREE_PER_NETWORK: Final = 20
_DOUBLINGS: Final = 8


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody proves who they are: as whom, from where, and on which known device if any."""

    login: str
    network: str
    device: bytes | None = None


@dataclass(frozen=True, slots=True)
class Bucket:
    """A counter: its keyed name, and the failures it allows before one has to wait."""

    name: bytes
    free: int


@dataclass(frozen=True, slots=True)
class Counter:
    """What a bucket holds."""

    failures: int
    last_at: datetime

    def after(self, now: datetime) -> "Counter":
        """Return the counter with one attempt more; an hour without any forgets the past."""
        past = 0 if now - self.last_at >= _FORGOTTEN_AFTER else self.failures
        return Counter(past + 1, now)

    def wait(self, free: int, now: datetime) -> int:
        """Return the whole seconds left before the next attempt, 0 when it may be made."""
        waits = delay(self.failures, free)
        if not waits:
            # Whoever came first may have read the clock last: that is no reason to wait.
            return 0
        left = self.last_at + waits - now
        return max(0, -(-left // timedelta(seconds=1)))


def delay(failures: int, free: int) -> timedelta:
    """Return the wait after so many failures: none, then doubling up to fifteen minutes."""
    if failures < free:
        return timedelta()
    return min(_LONGEST_WAIT, _FIRST_WAIT * (1 << min(failures - free, _DOUBLINGS)))


def buckets_of(attempt: Attempt, key: bytes) -> tuple[Bucket, ...]:
    """Return the counters an attempt falls under, its own first.

    Their names tell neither login nor address to whoever reads the table.
    """
    login = utf8(attempt.login, "login")
    if attempt.device is not None:
        return (Bucket(_name(key, b"device", login, attempt.device), _FREE),)
    return (Bucket(_name(key, b"account", login), _FREE), network_bucket(attempt, key))


def network_bucket(attempt: Attempt, key: bytes) -> Bucket:
    """Return the counter of the network."""
    name = _name(key, b"network", network_of(attempt.network).encode())
    return Bucket(name, _FREE_PER_NETWORK)


def network_of(address: str) -> str:
    """Return what one subscriber holds: an IPv4 address, or the /64 of an IPv6 one."""
    try:
        known = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(known, IPv4Address):
        return str(known)
    if known.ipv4_mapped is not None:
        return str(known.ipv4_mapped)
    return known.packed[:8].hex()


def _name(key: bytes, *parts: bytes) -> bytes:
    return hmac.digest(key, lp(b"casework/throttle/v1", *parts), "sha256")
