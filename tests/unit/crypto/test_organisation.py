import pytest

from casework.crypto.organisation import OrganisationKeys
from casework.crypto.signing import verify
from tests.unit.crypto.frozen import Vector, vectors


@pytest.mark.parametrize("case", vectors("organisation"))
def test_the_keys_of_an_organisation_keep_their_bytes(case: Vector) -> None:
    keys = OrganisationKeys.from_secret(case.raw("secret"))
    assert keys.agreement.public == case.raw("agreement_public")
    assert keys.signing.public == case.raw("signing_public")
    assert keys.kid == case.raw("kid")
    assert keys.signing.sign(case.raw("message")) == case.raw("signature")
    verify(keys.signing.public, case.raw("signature"), case.raw("message"))


def test_two_organisations_share_no_key() -> None:
    one, two = (OrganisationKeys.from_secret(seed * 32) for seed in (b"a", b"b"))
    publics = {one.agreement.public, two.agreement.public, one.signing.public, two.signing.public}
    assert len(publics) == 4
    assert one.kid != two.kid


@pytest.mark.parametrize("size", [0, 16, 33])
def test_an_organisation_secret_is_whole(size: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        OrganisationKeys.from_secret(bytes(size))
