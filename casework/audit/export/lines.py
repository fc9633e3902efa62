"""One leaf as a line of JSON: what is clear, its commitments, the parts that may be seen."""

from collections.abc import Iterable

from casework.audit.additions import LeafValues
from casework.audit.parts import Stored, open_part, stored_parts
from casework.audit.ports import RegisterKeys
from casework.audit.tree import HASH
from casework.crypto.encoding import Json, canonical_json
from casework.errors import SealBroken


class LeafLines:
    """Tells leaves; opens the parts it was given the right to open."""

    def __init__(self, keys: RegisterKeys, opened: frozenset[str]) -> None:
        """Open the parts that `opened` names: who, what, det."""
        self._keys = keys
        self._opened = opened

    def with_nodes(self, values: LeafValues) -> bytes:
        """Return the line of a leaf among all its neighbours, with the nodes it completes."""
        return self._line(values, nodes=_hashes(_cut(values.nodes)))

    def with_path(self, values: LeafValues, path: Iterable[bytes]) -> bytes:
        """Return the line of a leaf alone, with its path to the root."""
        return self._line(values, path=_hashes(path))

    def _line(self, values: LeafValues, **proof: Json) -> bytes:
        parts, altered = self._parts(values)
        told: dict[str, Json] = {
            "seq": values.seq,
            "at": values.at,
            "act": values.kind,
            "outcome": values.outcome,
            "leaf": values.leaf.hex(),
            "commitments": {
                name: bound.hex() for name, bound in values.commitments._asdict().items()
            },
            "parts": parts,
            **proof,
        }
        return canonical_json(told | {"altered": altered} if altered else told) + b"\n"

    def _parts(self, values: LeafValues) -> tuple[dict[str, Json], list[Json]]:
        """Return the parts in clear, and the names of those that do not open as they should."""
        parts: dict[str, Json] = {}
        altered: list[Json] = []
        for part in stored_parts(values):
            name = part.tag.decode()
            try:
                told = self._part(values, part) if name in self._opened else None
            except (SealBroken, UnicodeDecodeError):
                altered.append(name)
                continue
            if told is not None:
                parts[name] = told
        return parts, altered

    def _part(self, values: LeafValues, part: Stored) -> Json:
        plaintext = open_part(self._keys, values, part)
        if plaintext is None or part.salt is None:
            return None
        return {"salt": part.salt.hex(), "text": plaintext.decode()}


def _cut(nodes: bytes) -> list[bytes]:
    return [nodes[at : at + HASH] for at in range(0, len(nodes), HASH)]


def _hashes(found: Iterable[bytes]) -> list[Json]:
    return [one.hex() for one in found]
