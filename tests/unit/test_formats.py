"""The page of formats names every label that separates two uses, and every frozen vector."""

import re
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
FORMATS: Final = (ROOT / "docs/formats.md").read_text("utf-8")
LABEL: Final = re.compile(r"casework[/-][a-z0-9/-]*?/?v[0-9]+\b")
VECTOR: Final = re.compile(r"tests/vectors/([a-z_]+\.(?:json|txt))")


def labels(text: str) -> set[str]:
    return set(LABEL.findall(text))


def test_every_label_of_the_code_is_described_and_no_other() -> None:
    code = "".join(path.read_text("utf-8") for path in (ROOT / "casework").rglob("*.py"))
    assert len(labels(code)) > 30
    assert sorted(labels(FORMATS)) == sorted(labels(code))


def test_every_frozen_vector_pins_a_format_of_the_page() -> None:
    frozen = {path.name for path in (ROOT / "tests/vectors").iterdir()}
    assert sorted(set(VECTOR.findall(FORMATS))) == sorted(frozen)
