"""Every error raised on purpose. What happened, never how it looks: `web.problems` knows that."""

from collections.abc import Mapping, Sequence
from typing import ClassVar


class CaseworkError(Exception):
    """Base of our errors; `code` is stable, public and English."""

    code: ClassVar[str] = "internal"


class InvalidInput(CaseworkError):
    """Fields that cannot be accepted, each with sentences for the person who typed them."""

    code = "invalid-input"

    def __init__(self, fields: Mapping[str, Sequence[str]]) -> None:
        """Keep the sentences; the message names the fields and never a value."""
        super().__init__(f"invalid fields: {sorted(fields)}")
        self.fields = {name: list(sentences) for name, sentences in fields.items()}


class TextDoubted(InvalidInput):
    """Texts that ask their author a question before they are kept: saying yes keeps them."""


class InputRefused(InvalidInput):
    """The same, where the attempt belongs in the register: it would have lost something."""

    def __init__(self, fields: Mapping[str, Sequence[str]], wanted: str, reason: str) -> None:
        """`wanted` is an act, `reason` a code; both go to the trail."""
        super().__init__(fields)
        self.wanted = wanted
        self.reason = reason


class NotSignedIn(CaseworkError):
    """Nobody is signed in, or the session has ended."""

    code = "not-signed-in"


class SignInRefused(CaseworkError):
    """Wrong identifier, password or code. We never say which."""

    code = "sign-in-refused"


class UndertakingRequired(CaseworkError):
    """The member must read and sign the charter before anything opens."""

    code = "undertaking-required"


class ReviewRequired(CaseworkError):
    """The member's organisation has not said in time who still works there: nothing opens."""

    code = "review-required"


class StepUpRequired(CaseworkError):
    """A fresh second factor is needed for this act."""

    code = "step-up-required"


class ReasonRequired(CaseworkError):
    """A case opens only once its reader has typed why, for it alone."""

    code = "reason-required"

    def __init__(self, reference: str) -> None:
        """Carry the `reference` by which the reader's lists call the case."""
        super().__init__("no reason typed for this case")
        self.reference = reference


class AccessDenied(CaseworkError):
    """Refused, or no such thing: shown alike, so that a refusal confirms nothing."""

    code = "not-found"

    def __init__(
        self,
        wanted: str,
        reason: str,
        *,
        subject: str = "",
        article: str | None = None,
        charter: str = "",
    ) -> None:
        """`wanted` is an act, `reason` a code, `subject` an id; all go to the trail, none out.

        `charter` is the digest of the text that refused, by its `article`.
        """
        super().__init__(f"{wanted}: {reason}")
        self.wanted = wanted
        self.reason = reason
        self.subject = subject
        self.article = article
        self.charter = charter


class Conflict(CaseworkError):
    """Somebody changed it meanwhile; `current` is the version now stored."""

    code = "conflict"

    def __init__(self, current: int | None = None) -> None:
        """Carry the current version so that both texts can be shown side by side."""
        super().__init__("stale version")
        self.current = current


class PreconditionRequired(CaseworkError):
    """A change by the API must name the version it starts from (If-Match)."""

    code = "precondition-required"


class RepeatKeyRequired(CaseworkError):
    """The request must carry a key, so that sending it again does nothing twice."""

    code = "repeat-key-required"


class RepeatKeyReused(CaseworkError):
    """The key was already used for another request."""

    code = "repeat-key-reused"


class AlreadyRunning(CaseworkError):
    """Another request with the same key was under way; ask again for its answer."""

    code = "already-running"


class StepRefused(CaseworkError):
    """The procedure does not allow this step now; `source` cites the rule."""

    code = "step-refused"

    def __init__(self, reason: str, source: str = "") -> None:
        """`reason` is a code with a French sentence in the catalogue of steps."""
        super().__init__(reason)
        self.reason = reason
        self.source = source


class CustodyRefused(StepRefused):
    """A charter keeps a part for organisations whose members hold the key themselves."""

    code = "custody-refused"

    def __init__(
        self, wanted: str, reason: str, subject: str = "", article: str | None = None
    ) -> None:
        """As for `AccessDenied`: all of it goes to the trail."""
        super().__init__(reason, f"charte, article {article}" if article else "")
        self.wanted = wanted
        self.subject = subject
        self.article = article


class PressFailed(CaseworkError):
    """A letter could not be made into a file; the letter itself is there."""

    code = "press-failed"

    def __init__(self, reason: str) -> None:
        """`reason` is a code: `library-missing`, `too-long`, or the kind of what broke."""
        super().__init__(reason)
        self.reason = reason


class RequestRejected(CaseworkError):
    """The request did not come from our own pages, or its form is too old."""

    code = "request-rejected"


class TooManyAttempts(CaseworkError):
    """Wait `after` seconds before trying again."""

    code = "too-many-attempts"

    def __init__(self, after: int) -> None:
        """`after` in seconds."""
        super().__init__("too many attempts")
        self.after = after


class QuestionsSpent(TooManyAttempts):
    """As many questions as the hour allows were asked; the next in `after` seconds."""

    code = "questions-spent"


class SealBroken(CaseworkError):
    """The sealed value, its place or its key is wrong. We do not say which."""

    code = "content-unavailable"


class Locked(CaseworkError):
    """The key of this organisation is not delivered yet."""

    code = "key-pending"


class RegistrarAwaited(Locked):
    """The registrar has not signed the keys of this organisation yet: nobody uses them."""

    code = "registrar-awaited"

    def __init__(self) -> None:
        """Say so."""
        super().__init__("the registrar has not signed yet")


class IntegrityFailure(CaseworkError):
    """Something stored contradicts itself: an alert, never a detail for the reader."""

    code = "internal"


class VisibilityUndeclared(IntegrityFailure):
    """A statement touches rows of cases, and nobody said by which decision they are seen."""

    def __init__(self, tables: Sequence[str] = ()) -> None:
        """`tables` for whoever repairs it; the message, which the register keeps, is a code."""
        super().__init__("visibility undeclared")
        self.tables = tuple(tables)


class AuditGap(CaseworkError):
    """A unit of work ended without a trail, or a sealed value was asked without a receipt."""

    code = "internal"


class Unavailable(CaseworkError):
    """The trail or the database cannot be written now; nothing was opened or half-written."""

    code = "unavailable"

    def __init__(self, message: str = "unavailable", after: int = 5) -> None:
        """`after` in seconds, for Retry-After."""
        super().__init__(message)
        self.after = after


class ScannerSilent(Unavailable):
    """The virus scanner does not say that a file is clean: it is not taken."""

    code = "scanner-silent"


class DocumentTooLarge(CaseworkError):
    """A file is announced larger than one may be; nothing of it was read."""

    code = "document-too-large"


class KekUnavailable(Unavailable):
    """Whoever holds the key of keys does not answer now; the message tells the operator how."""


class CopyFailed(Unavailable):
    """A copy of a database could not be made or put back; the message tells the operator why."""


class Misconfigured(CaseworkError):
    """The settings or the home cannot be used; all faults at once, never a value."""

    code = "misconfigured"

    def __init__(self, faults: Sequence[str]) -> None:
        """Each fault is a sentence for the operator."""
        super().__init__("; ".join(faults))
        self.faults = tuple(faults)
