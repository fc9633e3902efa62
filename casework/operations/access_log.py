"""What the server writes down: method, route, status and duration. Never a path, never a name.

A path holds ids of cases, a query what was searched, a header who asks: none belongs in a log.
"""

import sys
from datetime import timedelta
from typing import Any, Final

from gunicorn.glogging import Logger

_MILLISECOND: Final = timedelta(milliseconds=1)


class RouteLogger(Logger):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn's logger, told to keep silent about whom and what."""

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: timedelta) -> None:
        """Write one line for a request that was answered."""
        del req
        status = str(resp.status).split(" ", 1)[0]
        method, route = environ.get("REQUEST_METHOD", "-"), route_of(environ)
        took = request_time // _MILLISECOND
        self.access_log.info("%s %s %s %d ms", method, route, status, took)

    def exception(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """Name the kind of a fault; its words, and gunicorn's, may quote the address asked."""
        del msg, args, kwargs
        fault = sys.exception()
        self.error_log.error("fault in a request: %s", type(fault).__name__)


def route_of(environ: dict[str, Any]) -> str:
    """Return the name of the route that answered, `-` when none did."""
    # Werkzeug leaves the request of the application in the environment it was given.
    request = environ.get("werkzeug.request")
    return str(getattr(request, "endpoint", None) or "-")
