"""May this person do this, here, today? Walls first, then the charter, else no."""

from casework.charters.charter import Charter
from casework.charters.facts import CaseFacts, Standing
from casework.charters.outcome import Decision, Wanted
from casework.errors import AccessDenied


def decide(charter: Charter, standing: Standing, wanted: Wanted, facts: CaseFacts) -> Decision:
    """Return the answer of the first wall or rule that speaks; silence is a refusal."""
    gate = charter.gates.get(wanted)
    if gate is None:
        return charter.unforeseen
    bits = standing.bits | facts.bits
    usual, expected = gate.usual
    for mask, value, decision in gate.inner if bits & usual == expected else gate.steps:
        if bits & mask == value:
            return decision
    return gate.otherwise


def demand(
    charter: Charter, standing: Standing, wanted: Wanted, facts: CaseFacts, subject: str = ""
) -> Decision:
    """Decide, and raise `AccessDenied` on a refusal; `subject` is an id for the register."""
    return granted(charter, decide(charter, standing, wanted, facts), wanted, subject)


def granted(charter: Charter, decision: Decision, wanted: Wanted, subject: str = "") -> Decision:
    """Return a decision that `charter` took, or raise `AccessDenied` when it is a refusal."""
    if not decision.allowed:
        raise AccessDenied(
            str(wanted),
            decision.reason,
            subject=subject,
            article=decision.article or None,
            charter=charter.digest,
        )
    return decision
