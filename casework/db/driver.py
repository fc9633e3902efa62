"""Past SQLAlchemy, to the driver itself: for the few texts that every request waits for.

What SQLAlchemy does around an execution costs more than the execution.
"""

from typing import Any, Final

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

_ANYTHING: Final = "SELECT 1"


def tell(connection: Connection, text: str) -> None:
    """Give the driver a text without parameters; on PostgreSQL it may hold several statements."""
    driver: Any = connection.connection.driver_connection
    # Several statements at once cannot be prepared.
    plainly = {"prepare": False} if connection.dialect.name == "postgresql" else {}
    try:
        driver.execute(text, **plainly)
    except connection.dialect.loaded_dbapi.Error as fault:
        raise named(connection, fault) from fault


def named(connection: Connection, fault: Any) -> BaseException:
    """Return a fault of the driver as SQLAlchemy names it, without the statement.

    When the server is gone it is SQLAlchemy itself that meets the fault: it then forgets every
    connection, as it does after a statement of its own.
    """
    dialect, wrapped = connection.dialect, connection.connection.dbapi_connection
    if dialect.is_disconnect(fault, wrapped, None):
        connection.exec_driver_sql(_ANYTHING)
    told: BaseException = DBAPIError.instance(
        None, None, fault, dialect.loaded_dbapi.Error, hide_parameters=True, dialect=dialect
    )
    return told
