"""A PostgreSQL database as bytes, by its own programs: pg_dump and pg_restore, custom format.

Addresses and passwords are handed over in the environment, never in arguments.
"""

import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Final
from uuid import UUID

from psycopg import pq
from sqlalchemy import make_url

from casework.errors import CopyFailed, Misconfigured
from casework.operations.cluster import find

# Every row of the council, past row-level security (migration 0010): else pg_dump refuses.
_WHOLE: Final = "-c casework.council={council_id} -c casework.reach=whole"
_DUMP: Final = ("--format=custom", "--compress=1", "--no-owner", "--no-privileges",
                "--enable-row-security")  # fmt: skip
_RESTORE: Final = ("--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")
_GRACE: Final = 0.5  # seconds


@contextmanager
def copied(url: str, council_id: UUID) -> Iterator[IO[bytes]]:
    """Give a database as it stood at one moment. Raises `CopyFailed` with the program's words."""
    with _piped("pg_dump", _DUMP, _environment(url, council_id), into=False) as pipe:
        yield pipe


@contextmanager
def put_back(url: str) -> Iterator[IO[bytes]]:
    """Give where to write a copy: an empty database holds all of it afterwards, or nothing.

    What is raised in the block undoes it. Raises `CopyFailed` with the program's words.
    """
    arguments = (*_RESTORE, f"--dbname={make_url(url).database}")
    with _piped("pg_restore", arguments, _environment(url), into=True) as pipe:
        yield pipe


def _environment(url: str, council_id: UUID | None = None) -> Mapping[str, str]:
    """Return the address in libpq's own variables, and nothing else of ours."""
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    given = {
        one.envvar.decode(): one.val.decode()
        for one in pq.Conninfo.parse(address.encode())
        if one.envvar and one.val
    }
    usual = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    whole = _WHOLE.format(council_id=council_id) if council_id else ""
    options = f"{given.get('PGOPTIONS', '')} {whole}".strip()
    return {**usual, **given, "LC_ALL": "C", "PGOPTIONS": options}


@contextmanager
def _piped(
    program: str, arguments: tuple[str, ...], environment: Mapping[str, str], *, into: bool
) -> Iterator[IO[bytes]]:
    """Give the pipe of a program that runs beside the block; one that fails ends both."""
    path = find(program)
    if path is None:
        raise Misconfigured([f"{program} is missing: apt-get install postgresql-client"])
    ends = (subprocess.PIPE, subprocess.DEVNULL) if into else (subprocess.DEVNULL, subprocess.PIPE)
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(  # noqa: S603 - PostgreSQL's own
            [path, *arguments], env=environment, stdin=ends[0], stdout=ends[1], stderr=said
        ) as run,
    ):
        try:
            yield _pipe_of(run)
            _pipe_of(run).close()
            code: int | None = run.wait()
        except BaseException as fault:
            # A program that ended by itself says better why than the pipe that broke.
            code = _ended(run)
            run.kill()
            if not code:
                raise
            raise CopyFailed(_words(program, said)) from fault
        if code:
            raise CopyFailed(_words(program, said))


def _pipe_of(run: subprocess.Popen[bytes]) -> IO[bytes]:
    (pipe,) = [one for one in (run.stdin, run.stdout) if one is not None]
    return pipe


def _ended(run: subprocess.Popen[bytes]) -> int | None:
    """Return how a program ended by itself; None for one that still runs."""
    try:
        return run.wait(timeout=_GRACE)
    except subprocess.TimeoutExpired:
        return None


def _words(program: str, said: IO[bytes]) -> str:
    """Return what a program complained of first: tables and roles, no row."""
    said.seek(0)
    first = said.readline().decode("utf-8", "replace").strip()
    return first or f"{program} failed and said nothing"
