import gzip

import pytest

from casework.web.static import asset
from tests.unit.web.house import House

NAMES = ["casework.css", "casework.js", "vendor/htmx/htmx.min.js", "vendor/lucide/icons.svg"]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_served_under_the_hash_of_its_content_and_kept_for_ever(name: str) -> None:
    house = House()
    with house.app.app_context():
        url = asset(name)
    answer = house.client().get(url)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    zipped = house.client().get(url, headers={"Accept-Encoding": "gzip"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.data) == answer.data


@pytest.mark.parametrize(
    "url",
    [
        "/static/0000000000000000/casework.css",
        "/static/0/vendor/vendor.toml",
        "/static/0/../permissions.py",
        "/static/casework.css",
    ],
)
def test_nothing_else_is_served(url: str) -> None:
    assert House().client().get(url).status_code == 404


def test_a_first_visit_weighs_less_than_sixty_kilobytes() -> None:
    house = House()
    names = [*NAMES, "vendor/htmx/hx-csp.min.js", "icon.svg"]
    with house.app.app_context():
        urls = [asset(name) for name in names]
    sent = [house.client().get(url, headers={"Accept-Encoding": "gzip"}).data for url in urls]
    assert sum(map(len, sent)) < 50_000
