"""What every holder of the KEK keeps to: a file, a credential, a vault, a token."""

import pytest

from casework.errors import CaseworkError, SealBroken
from casework.keys.kek.provider import Kind, head, version_of
from tests.unit.crypto.damage import every_damage
from tests.unit.keys.kek.conftest import Holder

SECRET = bytes(range(32))
KINDS = {"file": Kind.FILE, "credential": Kind.FILE, "transit": Kind.TRANSIT, "pkcs11": Kind.TOKEN}


def test_what_it_wrapped_opens_for_its_own_purpose_alone(holder: Holder) -> None:
    wrapped = holder.open().wrap(SECRET, b"purpose")
    assert holder.open().unwrap(wrapped, b"purpose") == SECRET
    for other in (b"other purpose", b"purpose\x00", b"purpos", b""):
        with pytest.raises(SealBroken):
            holder.open().unwrap(wrapped, other)


def test_another_key_in_the_same_place_opens_nothing(holder: Holder) -> None:
    wrapped = holder.open().wrap(SECRET, b"purpose")
    with pytest.raises(SealBroken):
        holder.neighbour().unwrap(wrapped, b"purpose")
    with pytest.raises(SealBroken):
        holder.neighbour().rewrap(wrapped, b"purpose")


def test_the_secret_does_not_stand_in_the_wrap_and_no_two_wraps_are_alike(holder: Holder) -> None:
    kek = holder.open()
    first, second = kek.wrap(SECRET, b"purpose"), kek.wrap(SECRET, b"purpose")
    assert first != second
    assert SECRET not in first + second


def test_no_spoilt_byte_of_a_wrap_opens(holder: Holder) -> None:
    kek = holder.open()
    for spoilt in every_damage(kek.wrap(SECRET, b"purpose")):
        with pytest.raises(SealBroken):
            kek.unwrap(spoilt, b"purpose")


def test_a_wrap_says_who_made_it_under_which_version(
    holder: Holder, request: pytest.FixtureRequest
) -> None:
    wrapped = holder.open().wrap(SECRET, b"purpose")
    kind = KINDS[request.node.callspec.params["holder"]]
    assert wrapped[:4] == head(kind, 1) == bytes((kind, 0, 0, 1))
    for wrong in set(Kind) - {kind}:
        with pytest.raises(SealBroken):
            holder.open().unwrap(head(wrong, 1) + wrapped[4:], b"purpose")


def test_a_new_version_wraps_at_once_and_the_old_one_still_opens(holder: Holder) -> None:
    kek, elsewhere = holder.open(), holder.open()
    old = kek.wrap(SECRET, b"purpose")
    assert holder.draw(kek, after=1) == 2
    assert elsewhere.versions() == (1, 2)
    assert version_of(elsewhere.wrap(SECRET, b"purpose")) == elsewhere.current_version() == 2
    assert elsewhere.unwrap(old, b"purpose") == SECRET


def test_a_version_asked_for_twice_is_drawn_once(holder: Holder) -> None:
    kek, elsewhere = holder.open(), holder.open()
    assert [holder.draw(kek, after=1), holder.draw(elsewhere, after=1)] == [2, 2]
    assert kek.versions() == (1, 2)


def test_wrapping_anew_changes_the_version_and_not_the_secret(holder: Holder) -> None:
    kek = holder.open()
    old = kek.wrap(SECRET, b"purpose")
    assert kek.rewrap(old, b"purpose") == old
    holder.draw(kek, after=1)
    fresh = kek.rewrap(old, b"purpose")
    assert version_of(fresh) == 2
    assert kek.unwrap(fresh, b"purpose") == SECRET
    assert kek.rewrap(fresh, b"purpose") == fresh


def test_what_does_not_open_is_not_wrapped_anew(holder: Holder) -> None:
    kek = holder.open()
    wrapped = kek.wrap(SECRET, b"purpose")
    with pytest.raises(SealBroken):
        kek.rewrap(wrapped, b"other purpose")
    holder.draw(kek, after=1)
    with pytest.raises(SealBroken):
        kek.rewrap(wrapped, b"other purpose")


def test_a_retired_version_opens_nothing_any_more(holder: Holder) -> None:
    kek, elsewhere = holder.open(), holder.open()
    old = kek.wrap(SECRET, b"purpose")
    holder.draw(kek, after=1)
    fresh = kek.rewrap(old, b"purpose")
    assert holder.retire(kek) == 1
    assert holder.retire(kek) == 0
    assert elsewhere.versions() == (2,)
    assert elsewhere.unwrap(fresh, b"purpose") == SECRET
    with pytest.raises(SealBroken):
        elsewhere.unwrap(old, b"purpose")


def test_nothing_secret_is_said_by_it_or_by_its_faults(holder: Holder) -> None:
    kek = holder.open()
    wrapped = kek.wrap(SECRET, b"purpose")
    with pytest.raises(CaseworkError) as caught:
        kek.unwrap(wrapped, b"other purpose")
    said = f"{kek!r} {vars(kek)!r} {holder.settings!r} {caught.value} {caught.value!r}"
    assert not [word for word in holder.unsayable if word in said]
    assert SECRET.hex() not in said
    assert repr(SECRET) not in said
