"""The end of a month: its key is destroyed, and with it what backups still hold of its parts."""

from casework.audit.actions import Act
from casework.audit.forgetting.claim import Horizons
from casework.audit.forgetting.gateway import ForgettingGateway
from casework.audit.forgetting.ground import Pass
from casework.audit.forgetting.policy import months_over, span_of
from casework.audit.work import Work


def over(run: Pass, gateway: ForgettingGateway, horizons: Horizons) -> list[int]:
    """Return the months whose key is still there although no line needs it any more."""
    ended = months_over(run.months.part_months(run.council_id), horizons.who_before)
    return [one for one in ended if not gateway.any_since(horizons.who, span_of(one))]


def end_months(run: Pass) -> int:
    """Destroy the keys of the months that are over; return how many.

    Nothing is left to be found by them then. The line comes first: cut short before the key is
    gone, it is told, and done, once more. Cut short between the key and its last bytes in the
    files, those go with the next pass, which therefore asks for it even when no month is over.
    """
    with run.looking() as gateway:
        horizons = gateway.claim(run.keys).horizons
        ended = over(run, gateway, horizons)
    while horizons.who and _strays_dropped(run):
        pass
    for month in ended:
        while not _told(run, month):
            pass
    if horizons.who:
        run.months.destroy_part_keys(run.council_id, ended)
    return len(ended)


def _strays_dropped(run: Pass) -> bool:
    """Take away some index entries of lines whose parts did not open when they were redacted.

    Those were altered, or an old copy of the database outlived their key.
    """
    with run.looking() as gateway:
        claim = gateway.claim(run.keys)
        stray = gateway.stray_subjects(claim.horizons.who)
    if not stray:
        return False

    def step(_: Work, changing: ForgettingGateway) -> None:
        changing.drop_subjects(stray)

    run.commit(claim, (Act.REGISTER_REDACTED, claim.horizons), step, strays=len(stray))
    return True


def _told(run: Pass, month: int) -> bool:
    with run.looking() as gateway:
        claim = gateway.claim(run.keys)
    said = (Act.REGISTER_REDACTED, claim.horizons)
    return run.commit(claim, said, lambda *_: None, month=month)
