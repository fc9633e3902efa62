"""Settings from the environment: frozen, validated whole, secrets never printed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from casework.errors import Misconfigured

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
_KEK_SCHEMES: Final = ("file", "credential", "transit", "pkcs11")
_LOCAL: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_MAIL: Final = re.compile(r"[^@\s<>,;]{1,64}@[A-Za-z0-9.-]{1,190}")
_PLACE: Final = re.compile(r"(\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+):[0-9]{1,5}")
_SECRETS: Final = frozenset(
    {"DATABASE_URL", "MIGRATION_DATABASE_URL", "KEYSTORE_URL", "SMTP_PASSWORD"}
)


@dataclass(frozen=True, slots=True)
class Smtp:
    """The mail service that letters leave by; `security` is starttls, tls or none.

    `recipients` are sent checkpoints of the register, `reminded` what awaits the coordination.
    """

    host: str
    port: int
    security: str
    user: str
    password: str = field(repr=False)
    sender: str = ""
    recipients: tuple[str, ...] = ()
    reminded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """How this instance runs. Limits have ceilings that a setting cannot raise."""

    home: Path
    database_url: str = field(repr=False)
    keystore_url: str = field(repr=False)
    migration_url: str = field(repr=False)
    kek: str = field(repr=False)
    kek_token_file: Path | None = None
    kek_ca_file: Path | None = None
    credentials: Path | None = None
    public_url: str = "http://127.0.0.1:8000"
    town: str = "Eurocité-des-Tilleuls"
    accent: str = "#1f5c63"
    idle_minutes: int = 20
    session_hours: int = 10
    argon2_memory_mib: int = 64
    keystore_backup_days: int = 14
    trusted_proxies: int = 0
    log_mldsa: bool = False
    smtp: Smtp | None = None
    tsa_url: str = ""
    tsa_ca_file: Path | None = None
    witnesses: tuple[str, ...] = ()
    clamav: str = ""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Read `CASEWORK_*` (and `CASEWORK_*_FILE` for secrets).

        Raises `Misconfigured` with every fault at once, by name and never by value.
        """
        reader = _Reader(environment)
        home = Path(reader.text("HOME", "~/.casework")).expanduser().absolute()
        settings = cls(
            home=home,
            database_url=reader.url("DATABASE_URL", f"sqlite:///{home}/data/casework.db"),
            keystore_url=reader.url("KEYSTORE_URL", f"sqlite:///{home}/keystore/keys.db"),
            migration_url=reader.url("MIGRATION_DATABASE_URL", ""),
            kek=reader.kek(f"file:{home}/secrets/kek"),
            kek_token_file=reader.path("KEK_TOKEN_FILE"),
            kek_ca_file=reader.path("KEK_CA_FILE"),
            credentials=reader.credentials(),
            public_url=reader.public_url("http://127.0.0.1:8000"),
            town=reader.text("TOWN", "Eurocité-des-Tilleuls"),
            accent=reader.accent("#1f5c63"),
            idle_minutes=reader.number("IDLE_MINUTES", 20, 1, 20),
            session_hours=reader.number("SESSION_HOURS", 10, 1, 10),
            argon2_memory_mib=reader.number("ARGON2_MEMORY_MIB", 64, 19, 1024),
            keystore_backup_days=reader.number("KEYSTORE_BACKUP_DAYS", 14, 1, 90),
            trusted_proxies=reader.number("TRUSTED_PROXIES", 0, 0, 3),
            log_mldsa=bool(reader.number("LOG_MLDSA", 0, 0, 1)),
            smtp=reader.smtp(),
            tsa_url=reader.address("TSA_URL"),
            tsa_ca_file=reader.path("TSA_CA_FILE"),
            witnesses=tuple(reader.text("WITNESSES", "").split()),
            clamav=reader.scanner(),
        )
        reader.finish(settings)
        return settings

    @property
    def host(self) -> str:
        """The only host name answered."""
        return urlsplit(self.public_url).hostname or ""

    @property
    def secure(self) -> bool:
        """Whether people reach us over TLS."""
        return self.public_url.startswith("https://")


class _Reader:
    """Reads values and remembers every fault instead of stopping at the first."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._faults: list[str] = []

    def text(self, name: str, default: str) -> str:
        value = self._environment.get(_PREFIX + name, default).strip()
        if any(ord(char) < ord(" ") for char in value):
            self._faults.append(f"{_PREFIX}{name} holds control characters")
        return value

    def secret(self, name: str, default: str) -> str:
        path = self._environment.get(f"{_PREFIX}{name}_FILE")
        if not path:
            return self.text(name, default)
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            self._faults.append(f"{_PREFIX}{name}_FILE cannot be read")
            return default

    def url(self, name: str, default: str) -> str:
        value = self.secret(name, default)
        if value and not value.startswith(("sqlite:///", "postgresql+psycopg://")):
            self._faults.append(
                f"{_PREFIX}{name} must start with sqlite:/// or postgresql+psycopg://"
            )
        return value

    def kek(self, default: str) -> str:
        value = self.text("KEK", default)
        if not kek_scheme(value):
            schemes = ", ".join(f"{scheme}:" for scheme in _KEK_SCHEMES)
            self._faults.append(f"{_PREFIX}KEK must start with one of {schemes}")
        if kek_scheme(value) == "transit" and not self.text("KEK_TOKEN_FILE", ""):
            self._faults.append(f"{_PREFIX}KEK_TOKEN_FILE is missing: a vault asks who we are")
        return value

    def path(self, name: str) -> Path | None:
        value = self.text(name, "")
        if value and not value.startswith("/"):
            self._faults.append(f"{_PREFIX}{name} must be a whole path")
        return Path(value) if value else None

    def credentials(self) -> Path | None:
        """Return the folder that systemd.exec(5) gives to a unit that loads credentials."""
        value = self._environment.get("CREDENTIALS_DIRECTORY", "")
        return Path(value) if value else None

    def public_url(self, default: str) -> str:
        value = self.text("PUBLIC_URL", default).rstrip("/")
        parts = urlsplit(value)
        local = parts.hostname in _LOCAL
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
            self._faults.append(f"{_PREFIX}PUBLIC_URL must be https://HOST")
        elif parts.scheme == "http" and not local:
            self._faults.append(f"{_PREFIX}PUBLIC_URL must use https outside this machine")
        return value

    def accent(self, default: str) -> str:
        value = self.text("ACCENT", default)
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
            self._faults.append(f"{_PREFIX}ACCENT must look like #1f5c63")
            return default
        if contrast_with_white(value) < _READABLE:
            self._faults.append(f"{_PREFIX}ACCENT is too pale to be read on white")
        return value

    def address(self, name: str) -> str:
        value = self.text(name, "")
        parts = urlsplit(value)
        if value and (parts.scheme not in {"http", "https"} or not parts.hostname):
            self._faults.append(f"{_PREFIX}{name} must be http:// or https://")
        if value and not self.text("TSA_CA_FILE", ""):
            self._faults.append(f"{_PREFIX}TSA_CA_FILE is missing: whose time stamps are good?")
        return value

    def smtp(self) -> Smtp | None:
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

    def scanner(self) -> str:
        value = self.text("CLAMAV", "")
        if value and not value.startswith("/") and not _PLACE.fullmatch(value):
            self._faults.append(f"{_PREFIX}CLAMAV must be HOST:PORT or the whole path of a socket")
        return value

    def number(self, name: str, default: int, low: int, high: int) -> int:
        value = self.text(name, str(default))
        if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
            self._faults.append(f"{_PREFIX}{name} must be a whole number from {low} to {high}")
            return default
        return int(value)

    def finish(self, settings: Settings) -> None:
        known = {_PREFIX + name for name in _NAMES} | {f"{_PREFIX}{s}_FILE" for s in _SECRETS}
        for name in sorted(self._environment):
            if name.startswith(_PREFIX) and name not in known:
                self._faults.append(f"{name} is not a setting of casework")
        if settings.database_url and settings.database_url == settings.keystore_url:
            self._faults.append("the key store must not be in the main database")
        if self._faults:
            raise Misconfigured(self._faults)


def kek_scheme(spec: str) -> str:
    """Return who holds the KEK by its setting: the word before the colon, or nothing known."""
    scheme, _, rest = spec.partition(":")
    return scheme if scheme in _KEK_SCHEMES and rest else ""


_READABLE: Final = 4.5


def contrast_with_white(colour: str) -> float:
    """Return the contrast ratio of `#rrggbb` with white (WCAG 2.2, 1.4.3)."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    # The two branches and their constants are those of the sRGB definition.
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]  # noqa: PLR2004 - sRGB
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (luminance + 0.05)
