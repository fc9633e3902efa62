"""Letters by SMTP: one to each address, so that nobody learns who else is written to."""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Final

from casework.entropy import new_id
from casework.errors import Unavailable
from casework.settings import Smtp
from casework.stores import Edges

_PATIENCE: Final = 10.0  # seconds


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
        """Send a plain text to each; return the id of the message. Unavailable otherwise."""
        domain = self.settings.sender.rpartition("@")[2]
        number = f"<{new_id(self.edges.clock, self.edges.entropy)}@{domain}>"
        try:
            with self._connected() as server:
                for one in self.settings.recipients:
                    server.send_message(self._letter(one, number, subject, text))
        except (OSError, smtplib.SMTPException) as fault:
            raise Unavailable(f"the mail service: {type(fault).__name__}") from fault
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
