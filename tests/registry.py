"""A registrar kept elsewhere, in the invented town: its key, and the way of a request and back."""

from dataclasses import dataclass

from casework.crypto.signing import SigningKey
from casework.identity import operator
from casework.keys.registrar import signing, texts
from casework.keys.registrar.texts import Signed
from casework.keys.service.registrar import Imported
from casework.runtime import Runtime
from tests.town import COUNCIL, Town

ROOT = operator(COUNCIL, "founder")


@dataclass(frozen=True)
class Registry:
    """A key on another machine; what goes there and back goes as text."""

    key: SigningKey

    @classmethod
    def drawn(cls, seed: int = 7) -> "Registry":
        return cls(SigningKey.from_seed(bytes([seed]) * 32))

    def adopted(self, town: Town) -> Imported:
        """Announce it."""
        text = texts.write_public(self.key.public)
        return town.runtime.registrar.adopt(ROOT, texts.read_public(text))

    def signed(self, town: Town) -> Signed:
        """Sign what waits."""
        request, _ = town.runtime.registrar.pending(ROOT, {})
        sent = texts.write_request(request, town.runtime.registrar_pins.instance)
        answer = signing.sign(texts.read_request(sent), self.key)
        return texts.read_signed(texts.write_signed(answer))

    def signs(self, town: Town) -> Imported:
        """Sign what waits, and let the server take it in."""
        done = town.runtime.registrar.take_in(ROOT, self.signed(town))
        town.runtime.rotation_runner.resume(COUNCIL)
        return done

    @classmethod
    def in_force(cls, town: Town, seed: int = 7) -> "Registry":
        """Let it count for everybody."""
        made = cls.drawn(seed)
        made.adopted(town)
        assert made.signs(town).in_force
        return made


def another_process(town: Town) -> Runtime:
    """Return the same council as another worker has it."""
    return Runtime(town.runtime.stores, town.runtime.edges, COUNCIL)
