"""Attestation: sealed values that live on keep a line that says what they were."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.forgetting.gateway import ForgettingGateway, Span
from casework.audit.forgetting.ground import Pass
from casework.audit.leaf import RowDigest
from casework.audit.work import Work

Place = tuple[str, UUID, str]

_TOGETHER: Final = 500
"""Digests on one line: each writes a row while appends wait."""


def attest(run: Pass, span: Span) -> bool:
    """Tell anew the digests that only lines of a span know; erased values have none and drop out.

    They come from lines that were verified, not from the values: what was altered stays found.
    Return False when another pass was faster.
    """
    with run.looking() as gateway:
        size = gateway.lines()
        known = list(living(gateway, span, size).items())
    some = (known[at : at + _TOGETHER] for at in range(0, len(known), _TOGETHER))
    return all(_told(run, dict(one), size) for one in some)


def _told(run: Pass, known: Mapping[Place, bytes], size: int) -> bool:
    with run.looking() as gateway:
        claim = gateway.claim(run.keys)

    def step(work: Work, changing: ForgettingGateway) -> None:
        """Leave out what was written since it was looked at: that has its line already."""
        meanwhile = {one[:3] for _, one in changing.digests_in((size, changing.lines()))}
        for place, digest in known.items():
            if place not in meanwhile:
                work.restate(RowDigest(*place, digest))

    return run.commit(claim, (Act.REGISTER_ATTESTED, claim.horizons), step, values=len(known))


def living(gateway: ForgettingGateway, span: Span, size: int) -> dict[Place, bytes]:
    """Return, by place, the newest digests of a span that no later line tells anew."""
    newest = {one[:3]: one.digest for _, one in gateway.digests_in(span)}
    last = {place: digest for place, digest in newest.items() if digest is not None}
    for _, one in gateway.digests_in((span[1], size)) if last else ():
        last.pop(one[:3], None)
    return last
