import pytest

from casework.crypto.agreement import AgreementKey, HybridKey


def test_a_public_key_follows_rfc_7748_section_5_2() -> None:
    # One iteration from k = u = 9, where u is the base point.
    public = AgreementKey.from_seed(b"\x09" + bytes(31)).public
    assert public.hex() == "422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079"


@pytest.mark.parametrize("kind", [AgreementKey, HybridKey])
@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_seed_is_whole(kind: type[AgreementKey] | type[HybridKey], size: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        kind.from_seed(bytes(size))
