"""The QR code in the page."""

from casework.accounts.qr import svg


def test_the_drawing_needs_no_style_no_script_and_no_request() -> None:
    drawn = svg("otpauth://totp/Ville:anne?secret=GEZDGNBVGY3TQOJQ")
    assert drawn.startswith("<svg")
    for word in ("style", "script", "href", "http", "url("):
        assert word not in drawn
