"""Letters by SMTP: one to each address, so that nobody learns who else is written to."""

import logging
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Final

from casework.entropy import new_id
from casework.errors import Unavailable
from casework.settings.values import Smtp
from casework.stores import Edges

_PATIENCE: Final = 10.0  # seconds
_logger: Final = logging.getLogger("casework.smtp")


@dataclass(frozen=True, slots=True)
class SmtpMailer:
    """The town's mail service."""

    settings: Smtp
    edges: Edges

    @property
    def recipients(self) -> int:
        """How many are written to."""
        return len(self.settings.recipients)

    def send(self, subject: str, text: str) -> str:
        """Send a plain text to each; return the id of the message.

        An address that is refused keeps no other from its letter, and is not tried again today;
        Unavailable when no letter left.
        """
        domain = self.settings.sender.rpartition("@")[2]
        number = f"<{new_id(self.edges.clock, self.edges.entropy)}@{domain}>"
        try:
            with self._connected() as server:
                letters = [
                    self._letter(one, number, subject, text) for one in self.settings.recipients
                ]
                sent = [_sent(server, letter) for letter in letters]
        except (OSError, smtplib.SMTPException) as fault:
            raise Unavailable(f"the mail service: {type(fault).__name__}") from fault
        if not any(sent):
            raise Unavailable("the mail service took no letter")
        return number

    def _connected(self) -> smtplib.SMTP:
        host, port = self.settings.host, self.settings.port
        if self.settings.security == "tls":
            trusted = ssl.create_default_context()
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=_PATIENCE, context=trusted)
        else:
            server = smtplib.SMTP(host, port, timeout=_PATIENCE)
        if self.settings.security == "starttls":
            server.starttls(context=ssl.create_default_context())
        if self.settings.user:
            server.login(self.settings.user, self.settings.password)
        return server

    def _letter(self, recipient: str, number: str, subject: str, text: str) -> EmailMessage:
        letter = EmailMessage()
        letter["From"], letter["To"] = self.settings.sender, recipient
        letter["Subject"], letter["Message-ID"] = subject, number
        letter["Date"] = self.edges.clock.now()
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(text, cte="quoted-printable")
        return letter


def _sent(server: smtplib.SMTP, letter: EmailMessage) -> bool:
    try:
        server.send_message(letter)
    except smtplib.SMTPResponseException as refused:
        _logger.warning("a letter was refused: %s", refused.smtp_code)
    except smtplib.SMTPRecipientsRefused:
        _logger.warning("an address of CASEWORK_ANCHOR_TO or REMIND_TO was refused")
    else:
        return True
    return False
