"""The service under its real server: it answers, keeps its log silent, and ends when told."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest

from casework.errors import Misconfigured
from casework.operations.home import Home
from casework.operations.serve import Binding, options
from casework.settings import Settings

SECRET: Final = "marqueur-tape"
PATIENCE: Final = 60
LINE: Final = re.compile(r"^(GET|POST) [a-z_.-]+ \d{3} \d+ ms$")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(home: Home, log: Path) -> Iterator[str]:
    """Run `casework serve` on a free port; give its address, then end it."""
    port = free_port()
    command = [sys.executable, "-m", "casework", "serve", "--port", str(port)]
    environment = os.environ | {"CASEWORK_HOME": str(home.settings.home)}
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own command
            command, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(PATIENCE) == 0


def wait_for(url: str) -> None:
    for _ in range(PATIENCE * 5):
        try:
            urlopen(url, timeout=5).close()  # noqa: S310 - loopback
        except URLError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("the server does not answer")


def status(url: str) -> int:
    request = Request(url, headers={"User-Agent": SECRET, "Referer": f"http://{SECRET}/"})  # noqa: S310
    try:
        with urlopen(request, timeout=20) as answer:  # noqa: S310 - loopback
            return int(answer.status)
    except HTTPError as fault:
        return fault.code


def test_it_answers_writes_no_address_and_ends_when_told(home: Home, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with served(home, log) as url:
        assert status(f"{url}/readyz") == 200
        assert status(f"{url}/dossiers/{SECRET}?recherche={SECRET}") >= 400
        assert status(f"{url}/connexion?suite={SECRET}") == 200
    written = log.read_text()
    requests = [line for line in written.splitlines() if line.startswith("GET ")]
    assert len(requests) >= 4
    assert all(map(LINE.match, requests))
    assert SECRET not in written
    assert "Traceback" not in written


def test_sqlite_is_served_by_processes_and_postgresql_by_threads(home: Home) -> None:
    postgresql = Settings.from_environment(
        {"CASEWORK_DATABASE_URL": "postgresql+psycopg://server/casework"}
    )
    assert options(home.settings, Binding())["worker_class"] == "sync"
    assert options(home.settings, Binding())["workers"] == 2
    assert options(postgresql, Binding())["worker_class"] == "gthread"
    assert options(postgresql, Binding())["preload_app"] is False


def test_it_listens_on_this_machine_unless_told_otherwise() -> None:
    assert str(Binding()) == "127.0.0.1:8000"
    assert str(Binding("::1", 80)) == "[::1]:80"
    assert Binding().loopback
    assert not Binding("192.0.2.1").loopback


@pytest.mark.parametrize(("host", "port"), [("town.example", 80), ("", 80), ("::1", 0)])
def test_a_wrong_address_is_refused(host: str, port: int) -> None:
    with pytest.raises(Misconfigured):
        Binding(host, port)
