"""The session that units of work are lent."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from casework.db.sight import require_sight

_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


class LentSession(Session):
    """Asks for a declared decision even where a row is in memory already and nothing is sent."""

    def get(
        self,
        entity: Any,
        ident: Any,
        *,
        execution_options: Mapping[str, Any] = _NOTHING,
        **more: Any,
    ) -> Any:
        """Return a row by its key, or None. Raises `VisibilityUndeclared`."""
        require_sight(inspect(entity).local_table.name, execution_options)
        return super().get(entity, ident, execution_options=execution_options, **more)
