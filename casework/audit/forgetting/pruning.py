"""Pruning: whole blocks of lines go at their end; a few nodes stand for them in every proof."""

from typing import Final

from casework.audit.actions import Act
from casework.audit.forgetting.attesting import attest
from casework.audit.forgetting.checking import Checked, check
from casework.audit.forgetting.claim import Horizons
from casework.audit.forgetting.gateway import ForgettingGateway, Span
from casework.audit.forgetting.ground import Pass
from casework.audit.forgetting.policy import BLOCK
from casework.audit.work import Work
from casework.errors import IntegrityFailure

_CHECKED: Final = 64 * BLOCK
"""Lines verified, and their digests told anew, in one go."""

_TOGETHER: Final = 4 * BLOCK
"""Lines deleted in one transaction, while appends wait."""


def prunable(horizons: Horizons) -> Span:
    """Return the lines that may go: whole blocks in which nothing of anybody is left."""
    return horizons.first, max(horizons.who - horizons.who % BLOCK, horizons.first)


def prune(run: Pass) -> None:
    """Verify, attest and delete what may go, some blocks at a time."""
    while True:
        with run.looking() as gateway:
            first, end = prunable(gateway.claim(run.keys).horizons)
            if first == end:
                return
            checked = check(run, gateway, (first, min(end, first + _CHECKED)))
        if not attest(run, checked.span):
            continue
        for until in range(first, checked.span[1], _TOGETHER):
            _delete(run, checked, min(until + _TOGETHER, checked.span[1]))


def _delete(run: Pass, checked: Checked, end: int) -> None:
    with run.looking() as gateway:
        claim = gateway.claim(run.keys)
    if claim.horizons.first >= end:
        return
    expected = end - claim.horizons.first

    def step(_: Work, changing: ForgettingGateway) -> None:
        if changing.prune(end, checked.covers[end]) != expected:
            raise IntegrityFailure("lines that are due are missing or are kept back")

    claimed = (Act.REGISTER_PRUNED, claim.horizons._replace(first=end))
    run.commit(claim, claimed, step, lines=expected)
