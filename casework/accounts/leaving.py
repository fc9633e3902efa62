"""Members who leave, alone or with their organisation: what they left open is closed."""

from collections.abc import Mapping

from casework.accounts.gateway import sessions, tokens
from casework.audit.work import Work
from casework.partners.leaving import Leaver


def close_accounts(work: Work, leaver: Leaver) -> Mapping[str, int]:
    """End every web session and token of those who go; their accounts are locked already."""
    council_id = work.principal.council_id
    for member_id in leaver.members:
        sessions.delete_sessions_of(work.session, council_id, member_id)
        tokens.revoke_all(work.session, council_id, member_id, work.now)
    return {}
