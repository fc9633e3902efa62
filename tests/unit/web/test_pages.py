import pytest
from flask import Flask

from casework.web import assembly
from tests.fakes import CountingEntropy, FixedClock
from tests.unit.web.house import House


def with_probe(fails: bool) -> Flask:
    def probe() -> None:
        if fails:
            raise OSError("/var/lib/secret/place")

    app, entropy = assembly.new_app(), CountingEntropy()
    assembly.prepare(app, FixedClock(), entropy, assembly.WebSettings(b"k"))
    assembly.finish(app, entropy, probes={"database": probe})
    return app


def test_health_and_readiness_answer_strangers() -> None:
    client = with_probe(fails=False).test_client()
    assert client.get("/healthz").text == "ok\n"
    assert client.get("/readyz").text == "ready\n"


def test_readiness_names_what_is_down_and_not_why() -> None:
    answer = with_probe(fails=True).test_client().get("/readyz")
    assert answer.status_code == 503
    assert answer.text == "down: database\n"


@pytest.mark.parametrize("url", ["/aide", "/accessibilite", "/aide/problemes"])
def test_the_pages_of_nobody_are_served(url: str) -> None:
    assert House().client().get(url).status_code == 200
