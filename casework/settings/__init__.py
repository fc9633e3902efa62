"""Settings from the environment: frozen, validated whole, secrets never printed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from casework.settings.reader import Reader
from casework.settings.values import Backups, Smtp


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
    backups: Backups | None = None
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
        reader = Reader(environment)
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
            backups=reader.backups(home),
            trusted_proxies=reader.number("TRUSTED_PROXIES", 0, 0, 3),
            log_mldsa=bool(reader.number("LOG_MLDSA", 0, 0, 1)),
            smtp=reader.smtp(),
            tsa_url=reader.address("TSA_URL"),
            tsa_ca_file=reader.path("TSA_CA_FILE"),
            witnesses=tuple(reader.text("WITNESSES", "").split()),
            clamav=reader.scanner(),
        )
        if settings.database_url and settings.database_url == settings.keystore_url:
            reader.refuse("the key store must not be in the main database")
        reader.finish()
        return settings

    @property
    def host(self) -> str:
        """The only host name answered."""
        return urlsplit(self.public_url).hostname or ""

    @property
    def secure(self) -> bool:
        """Whether people reach us over TLS."""
        return self.public_url.startswith("https://")
