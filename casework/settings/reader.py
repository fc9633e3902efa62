"""Reads the environment, and remembers every fault instead of stopping at the first."""

import re
from collections.abc import Mapping, Sequence
from itertools import permutations
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from casework.errors import Misconfigured
from casework.settings.values import KEK_SCHEMES, Backups, Smtp, kek_scheme, readable_on_white

_PREFIX: Final = "CASEWORK_"
_NAMES: Final = frozenset(
    {
        "HOME",
        "DATABASE_URL",
        "MIGRATION_DATABASE_URL",
        "KEYSTORE_URL",
        "KEK",
        "KEK_TOKEN_FILE",
        "KEK_CA_FILE",
        "PUBLIC_URL",
        "TOWN",
        "ACCENT",
        "IDLE_MINUTES",
        "SESSION_HOURS",
        "ARGON2_MEMORY_MIB",
        "KEYSTORE_BACKUP_DAYS",
        "BACKUP_DIR",
        "BACKUP_DAYS",
        "KEYSTORE_BACKUP_DIR",
        "BACKUP_RECIPIENTS",
        "LOG_MLDSA",
        "TRUSTED_PROXIES",
        "SMTP_HOST",
        "SMTP_PORT",
        "SMTP_SECURITY",
        "SMTP_USER",
        "SMTP_PASSWORD",
        "SMTP_FROM",
        "ANCHOR_TO",
        "REMIND_TO",
        "TSA_URL",
        "TSA_CA_FILE",
        "WITNESSES",
        "CLAMAV",
        "TEST_POSTGRES_URL",
    }
)
_RECIPIENT: Final = re.compile(r"age1[02-9ac-hj-np-z]{58}")
_LOCAL: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_MAIL: Final = re.compile(r"[^@\s<>,;]{1,64}@[A-Za-z0-9.-]{1,190}")
_PLACE: Final = re.compile(r"(\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+):[0-9]{1,5}")
_SECRETS: Final = frozenset(
    {"DATABASE_URL", "MIGRATION_DATABASE_URL", "KEYSTORE_URL", "SMTP_PASSWORD"}
)


class Reader:
    """Reads values and remembers every fault instead of stopping at the first."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._faults: list[str] = []

    def text(self, name: str, default: str) -> str:
        """Return a text without control characters."""
        value = self._environment.get(_PREFIX + name, default).strip()
        if any(ord(char) < ord(" ") for char in value):
            self._faults.append(f"{_PREFIX}{name} holds control characters")
        return value

    def secret(self, name: str, default: str) -> str:
        """Return what the file named by `…_FILE` holds, or the text itself."""
        path = self._environment.get(f"{_PREFIX}{name}_FILE")
        if not path:
            return self.text(name, default)
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            self._faults.append(f"{_PREFIX}{name}_FILE cannot be read")
            return default

    def url(self, name: str, default: str) -> str:
        """Return the address of a database that we run on."""
        value = self.secret(name, default)
        if value and not value.startswith(("sqlite:///", "postgresql+psycopg://")):
            self._faults.append(
                f"{_PREFIX}{name} must start with sqlite:/// or postgresql+psycopg://"
            )
        return value

    def kek(self, default: str) -> str:
        """Return who holds the KEK."""
        value = self.text("KEK", default)
        if not kek_scheme(value):
            schemes = ", ".join(f"{scheme}:" for scheme in KEK_SCHEMES)
            self._faults.append(f"{_PREFIX}KEK must start with one of {schemes}")
        if kek_scheme(value) == "transit" and not self.text("KEK_TOKEN_FILE", ""):
            self._faults.append(f"{_PREFIX}KEK_TOKEN_FILE is missing: a vault asks who we are")
        return value

    def path(self, name: str) -> Path | None:
        """Return a whole path, or None."""
        value = self.text(name, "")
        if value and not value.startswith("/"):
            self._faults.append(f"{_PREFIX}{name} must be a whole path")
        return Path(value) if value else None

    def credentials(self) -> Path | None:
        """Return the folder that systemd.exec(5) gives to a unit that loads credentials."""
        value = self._environment.get("CREDENTIALS_DIRECTORY", "")
        return Path(value) if value else None

    def public_url(self, default: str) -> str:
        """Return how people reach us: over TLS, or on this machine."""
        value = self.text("PUBLIC_URL", default).rstrip("/")
        parts = urlsplit(value)
        local = parts.hostname in _LOCAL
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
            self._faults.append(f"{_PREFIX}PUBLIC_URL must be https://HOST")
        elif parts.scheme == "http" and not local:
            self._faults.append(f"{_PREFIX}PUBLIC_URL must use https outside this machine")
        return value

    def accent(self, default: str) -> str:
        """Return a colour that can be read on white."""
        value = self.text("ACCENT", default)
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
            self._faults.append(f"{_PREFIX}ACCENT must look like #1f5c63")
            return default
        if not readable_on_white(value):
            self._faults.append(f"{_PREFIX}ACCENT is too pale to be read on white")
        return value

    def address(self, name: str) -> str:
        """Return the address of a time-stamp authority whose roots are known."""
        value = self.text(name, "")
        parts = urlsplit(value)
        if value and (parts.scheme not in {"http", "https"} or not parts.hostname):
            self._faults.append(f"{_PREFIX}{name} must be http:// or https://")
        if value and not self.text("TSA_CA_FILE", ""):
            self._faults.append(f"{_PREFIX}TSA_CA_FILE is missing: whose time stamps are good?")
        return value

    def smtp(self) -> Smtp | None:
        """Return the mail service, or None."""
        host = self.text("SMTP_HOST", "")
        found = Smtp(
            host,
            self.number("SMTP_PORT", 587, 1, 65_535),
            self.text("SMTP_SECURITY", "starttls"),
            self.text("SMTP_USER", ""),
            self.secret("SMTP_PASSWORD", ""),
            self.text("SMTP_FROM", ""),
            tuple(self.text("ANCHOR_TO", "").split()),
            tuple(self.text("REMIND_TO", "").split()),
        )
        if found.security not in {"starttls", "tls", "none"}:
            self._faults.append(f"{_PREFIX}SMTP_SECURITY must be starttls, tls or none")
        if found.security == "none" and host not in _LOCAL:
            self._faults.append(f"{_PREFIX}SMTP_SECURITY may be none on this machine only")
        if host and not found.recipients:
            self._faults.append(f"{_PREFIX}ANCHOR_TO is missing: to whom are letters sent?")
        for one in (found.sender, *found.recipients, *found.reminded):
            if host and not _MAIL.fullmatch(one):
                names = "SMTP_FROM, ANCHOR_TO and REMIND_TO"
                self._faults.append(f"{_PREFIX}{names} hold mail addresses")
        return found if host else None

    def backups(self, home: Path) -> Backups | None:
        """Return where copies go, three settings that go together; or None."""
        main, keystore = self.path("BACKUP_DIR"), self.path("KEYSTORE_BACKUP_DIR")
        recipients = tuple(self.text("BACKUP_RECIPIENTS", "").split())
        days = self.number("BACKUP_DAYS", 30, 1, 3650)
        if main is None and keystore is None and not recipients:
            return None
        if main is None or keystore is None or not recipients:
            names = "BACKUP_DIR, KEYSTORE_BACKUP_DIR and BACKUP_RECIPIENTS"
            self._faults.append(f"{_PREFIX}{names} go together")
            return None
        if not all(_RECIPIENT.fullmatch(one) for one in recipients):
            self._faults.append(f"{_PREFIX}BACKUP_RECIPIENTS holds age1… keys, separated by spaces")
        if _nested([home, main, keystore]):
            names = "HOME, BACKUP_DIR and KEYSTORE_BACKUP_DIR"
            self._faults.append(f"{_PREFIX}{names} must lie apart, none inside another")
        return Backups(main, keystore, recipients, days)

    def scanner(self) -> str:
        """Return where a virus scanner listens."""
        value = self.text("CLAMAV", "")
        if value and not value.startswith("/") and not _PLACE.fullmatch(value):
            self._faults.append(f"{_PREFIX}CLAMAV must be HOST:PORT or the whole path of a socket")
        return value

    def number(self, name: str, default: int, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`."""
        value = self.text(name, str(default))
        if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
            self._faults.append(f"{_PREFIX}{name} must be a whole number from {low} to {high}")
            return default
        return int(value)

    def refuse(self, sentence: str) -> None:
        """Remember a fault that concerns more than one setting."""
        self._faults.append(sentence)

    def finish(self) -> None:
        """Raise `Misconfigured` with everything found, names that we do not know among it."""
        known = {_PREFIX + name for name in _NAMES} | {f"{_PREFIX}{s}_FILE" for s in _SECRETS}
        for name in sorted(self._environment):
            if name.startswith(_PREFIX) and name not in known:
                self._faults.append(f"{name} is not a setting of casework")
        if self._faults:
            raise Misconfigured(self._faults)


def _nested(folders: Sequence[Path]) -> bool:
    """Say whether one of the folders is, or lies in, another."""
    known = [one.resolve() for one in folders]
    return any(one.is_relative_to(other) for one, other in permutations(known, 2))
