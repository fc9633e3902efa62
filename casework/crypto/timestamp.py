"""Time stamps by an outside authority (RFC 3161): a question, and an answer that is checked."""

from cryptography.x509 import load_pem_x509_certificates
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from casework.errors import SealBroken


class StampQuestion:
    """One question to an authority; its nonce makes an old answer useless."""

    def __init__(self, data: bytes) -> None:
        """Ask for the moment of `data`: only its SHA-256 travels."""
        builder = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256)
        self._request = builder.nonce(nonce=True).cert_request(cert_request=True).build()
        self._data = data

    def to_bytes(self) -> bytes:
        """Return the question in DER."""
        return self._request.as_bytes()

    def token_in(self, answer: bytes, roots: bytes) -> bytes:
        """Return the token of an answer that a certificate under `roots` (PEM) signed for us.

        SealBroken for anything else.
        """
        try:
            response = decode_timestamp_response(answer)
            builder = VerifierBuilder.from_request(self._request)
            for root in load_pem_x509_certificates(roots):
                builder = builder.add_root_certificate(root)
            builder.build().verify_message(response, self._data)
            return response.time_stamp_token()
        except (VerificationError, ValueError) as fault:
            raise SealBroken("not a time stamp of the authority") from fault
