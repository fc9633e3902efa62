"""Every small way to spoil bytes."""

from collections.abc import Iterator


def every_flip(sealed: bytes) -> Iterator[bytes]:
    for place in range(len(sealed)):
        for bit in (0x01, 0x80):
            yield sealed[:place] + bytes((sealed[place] ^ bit,)) + sealed[place + 1 :]


def every_cut(sealed: bytes) -> Iterator[bytes]:
    for size in range(len(sealed)):
        yield sealed[:size]


def every_damage(sealed: bytes) -> Iterator[bytes]:
    yield from every_flip(sealed)
    yield from every_cut(sealed)
    yield sealed + b"\0"
