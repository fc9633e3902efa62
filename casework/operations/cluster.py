"""A private PostgreSQL on a free port, for tests and measures: started when asked, then removed."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import create_engine, make_url

from casework.errors import Misconfigured

OWNER: Final = "casework_owner"
APPLICATION: Final = "casework_application"
_PASSWORD: Final = "invented"  # noqa: S105 - of a cluster that only this machine reaches, for minutes
_SETTINGS: Final = (
    "-c listen_addresses=127.0.0.1 -c fsync={fsync} -c full_page_writes={fsync}"
    " -c synchronous_commit={fsync} -c max_connections=60 -c shared_buffers=64MB"
    " -c autovacuum=off -c lc_messages=C"
)


def find(program: str) -> str | None:
    """Return the path of a PostgreSQL program: Debian keeps them out of PATH."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))
    return str(versions[-1]) if versions else shutil.which(program)


@contextmanager
def cluster(*, durable: bool = False) -> Iterator[str]:
    """Start a cluster on a free port; give the URL of its server, without a database name.

    Not `durable` means no fsync: fast, and lost with the machine. Honours
    CASEWORK_TEST_POSTGRES_URL, the URL of a server where databases and roles may be created.
    """
    given = os.environ.get("CASEWORK_TEST_POSTGRES_URL")
    if given:
        yield _without_name(given)
        return
    home = Path(tempfile.mkdtemp(prefix="casework-postgres-"))
    try:
        yield from _run(home, durable=durable)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def administer(server: str, *statements: str) -> None:
    """Run statements of the server's owner, each outside any transaction."""
    tell(f"{server}/postgres", *statements)


def tell(url: str, *statements: str) -> None:
    """Run statements in a database, each outside any transaction."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
    finally:
        engine.dispose()


def make_role(server: str, role: str, powers: str = "NOSUPERUSER NOBYPASSRLS") -> None:
    """Make a role that signs in. Raises what the server says when there is one already."""
    administer(server, f"CREATE ROLE {role} LOGIN {powers} PASSWORD '{_PASSWORD}'")


def acting_as(role: str, url: str) -> str:
    """Return the URL of the same place for another role."""
    other = make_url(url).set(username=role, password=_PASSWORD)
    return other.render_as_string(hide_password=False)


def free_port() -> int:
    """Return a port of this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _without_name(url: str) -> str:
    address, slashes, rest = url.partition("://")
    return address + slashes + rest.split("/", 1)[0]


def _run(home: Path, *, durable: bool) -> Iterator[str]:
    if os.geteuid() == 0:
        shutil.chown(home, "postgres", "postgres")
    data, port = home / "data", free_port()
    _as_owner("initdb", "-D", str(data), "-U", "casework", "-A", "trust", "-E", "UTF8",
              "--locale=C", "--no-sync")  # fmt: skip
    options = _SETTINGS.format(fsync="on" if durable else "off")
    options += f" -c port={port} -c unix_socket_directories={home}"
    log = str(home / "log")
    _as_owner("pg_ctl", "-D", str(data), "-w", "-l", log, "-o", options, "start")
    try:
        yield f"postgresql+psycopg://casework@127.0.0.1:{port}"
    finally:
        _as_owner("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")


def _as_owner(program: str, *arguments: str) -> None:
    """Run a program of PostgreSQL, which refuses to be root."""
    path = find(program)
    if path is None:
        raise Misconfigured(["PostgreSQL is missing: apt-get install postgresql"])
    owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    command = [*owner, path, *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")  # noqa: S603 - ours
