"""The blueprint that the routes of cases hang on, and who asks them."""

from casework.accounts import signin
from casework.identity import Principal, Reason
from casework.web import guard
from casework.web.api.blueprint import ApiBlueprint

cases = ApiBlueprint("cases_api", __name__, url_prefix="/api/v1")


def who() -> Principal:
    """Return in whose name this request is made."""
    return guard.principal()


def reason() -> Reason:
    """Return why they read, as the header `Casework-Reason` says."""
    return signin.current_reason()
