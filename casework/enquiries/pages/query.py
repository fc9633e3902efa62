"""What a query asks, told to nobody but the officer: not even that it is wrong."""

from typing import Any

from marshmallow import Schema

from casework.enquiries.service import EnquiryService
from casework.errors import InvalidInput
from casework.web.guard import principal, service
from casework.web.load import load_query


def query(schema: type[Schema]) -> dict[str, Any]:
    """Return the values of the query. Raises `InvalidInput`, and first `AccessDenied`."""
    try:
        return load_query(schema)
    except InvalidInput:
        service(EnquiryService).prepare(principal())
        raise
