import re
from pathlib import Path

import pytest

import casework.web

WEB = Path(casework.web.__file__).parent
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_keeps_to_the_policy(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"\sstyle=", text)
    assert not re.search(r"\son[a-z]+=", text)
    assert not re.search(r"<script(?![^>]*nonce=)", text)
    assert "|safe" not in text
    assert "autoescape" not in text


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_an_element_that_htmx_drives_carries_the_nonce(path: Path) -> None:
    for tag in re.findall(r"<\w+[^>]*\shx-[^>]*>", path.read_text()):
        assert "hx-nonce=" in tag


def test_scripts_write_nothing_to_browser_storage_and_no_markup() -> None:
    script = (WEB / "static" / "casework.js").read_text()
    for word in (
        "localStorage",
        "sessionStorage",
        "indexedDB",
        "innerHTML",
        "insertAdjacent",
        "eval",
    ):
        assert word not in script
