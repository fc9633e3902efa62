"""What retention asks of the register: its newest moment, and the line of an erasure."""

from datetime import datetime
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.gateway import RegisterGateway
from casework.audit.lines import Asked, Slice
from casework.audit.ports import SubjectTags
from casework.audit.work import Work
from casework.moments import from_micros


def newest_line(work: Work) -> datetime:
    """Return the moment of the newest line or checkpoint, whichever is later."""
    gateway = RegisterGateway(work.session, work.principal.council_id)
    moments = [line.at for line in gateway.page(Asked(), (), Slice(count=1))]
    head = gateway.head()
    signed = head.signed_at if head else 0
    return from_micros(max([*moments, signed]))


def erasure_line(work: Work, tags: SubjectTags, case_id: UUID) -> int | None:
    """Return the number of the newest line that says a case was erased."""
    gateway = RegisterGateway(work.session, work.principal.council_id)
    tag = tags.tag("case", case_id)
    found = gateway.page(Asked(acts=frozenset({Act.CASE_ERASED})), [tag], Slice(count=1))
    return found[0].seq if found else None
