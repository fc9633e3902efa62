"""A browser and a server for tests that look at pages, and the real application for journeys."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect, sync_playwright
from werkzeug.serving import make_server

from tests.browser.judged import JUDGED
from tests.browser.stage import PATIENCE, Stage
from tests.integration.conftest import confidants, families, network, scene, town
from tests.office import office_of
from tests.town import Town

__all__ = ["confidants", "families", "network", "scene", "town"]

CHROMIUM = "/usr/bin/chromium-headless-shell"
Serve = Callable[[Flask], str]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session", autouse=True)
def judged(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> None:
    """Remember what this run has judged, whichever process did."""
    own = tmp_path_factory.getbasetemp()
    JUDGED.kept = (own if worker_id == "master" else own.parent) / "judged"


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serve applications on free loopback ports until the test ends."""
    stops: list[Callable[[], None]] = []

    def start(app: Flask) -> str:
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        stops.extend([thread.join, server.server_close, server.shutdown])
        return f"http://127.0.0.1:{server.port}"

    yield start
    while stops:
        stops.pop()()


@pytest.fixture
def stage(town: Town, browser: Browser, serve: Serve, tmp_path: Path) -> Stage:
    """Give the real application of the town, served, and browsers to look at it."""
    office = office_of(town, tmp_path, "http://127.0.0.1")
    return Stage(office, serve(office.app), browser)
