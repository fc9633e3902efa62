"""The frozen vectors: computed once by another program, from the formats alone."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

FOLDER = Path(__file__).parents[2] / "vectors"


def load(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


class Vector:
    """One case, read as what it is."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def raw(self, name: str) -> bytes:
        return bytes.fromhex(self.values[name])

    def id(self, name: str) -> UUID:
        return UUID(self.values[name])


def vectors(name: str) -> list[Vector]:
    return [Vector(each) for each in load(name)]
