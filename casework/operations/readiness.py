"""What /readyz asks: whether each part of the service can be used now."""

from collections.abc import Callable, Mapping

from casework.audit.gateway import RegisterGateway
from casework.db.engine import Scope
from casework.errors import Unavailable
from casework.operations.disk import require_room
from casework.operations.schema import Schema, require_current
from casework.runtime import Runtime
from casework.settings import Settings


def probes(runtime: Runtime, settings: Settings) -> Mapping[str, Callable[[], object]]:
    """Return a probe for each part, by a name without detail; each raises when not ready."""
    stores = runtime.stores
    return {
        "database": lambda: require_current(stores.main, Schema.MAIN),
        "keystore": lambda: require_current(stores.keystore_database, Schema.KEYSTORE),
        "register": lambda: _require_register(runtime),
        "disk": lambda: require_room(settings.home),
    }


def _require_register(runtime: Runtime) -> None:
    scope = Scope(runtime.council_id, whole=True)
    with runtime.stores.main.reading(scope) as session:
        if RegisterGateway(session, runtime.council_id).head() is None:
            raise Unavailable("the council has no register")
