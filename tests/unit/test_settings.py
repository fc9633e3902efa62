"""Settings: every fault at once, by name, and never a value."""

from pathlib import Path

import pytest

from casework.errors import Misconfigured
from casework.settings import Settings
from casework.settings.values import Backups, contrast_with_white

SECRET = "marqueur-tape"
RECIPIENT = "age13vmtp20mfegjwaz2h5cqssxesl6z485vdk2ngdvltzg5fl5dy57qhhaygd"
WRONG = {
    "CASEWORK_DATABASE_URL": f"mysql://root:{SECRET}@server/casework",
    "CASEWORK_KEYSTORE_URL_FILE": f"/nowhere/{SECRET}",
    "CASEWORK_KEK": f"vault:{SECRET}",
    "CASEWORK_KEK_TOKEN_FILE": SECRET,
    "CASEWORK_KEK_CA_FILE": f"./{SECRET}",
    "CASEWORK_PUBLIC_URL": f"http://town.example/{SECRET}",
    "CASEWORK_TOWN": f"{SECRET}\x07",
    "CASEWORK_ACCENT": "#ffff00",
    "CASEWORK_IDLE_MINUTES": "21",
    "CASEWORK_SESSION_HOURS": "٩",
    "CASEWORK_ARGON2_MEMORY_MIB": "18",
    "CASEWORK_KEYSTORE_BACKUP_DAYS": SECRET,
    "CASEWORK_TRUSTED_PROXIES": "-1",
    "CASEWORK_CLAMAV": f"tcp://{SECRET}",
    "CASEWORK_SECRET_KEY": SECRET,
}


def faults_of(environment: dict[str, str]) -> tuple[str, ...]:
    with pytest.raises(Misconfigured) as caught:
        Settings.from_environment(environment)
    return caught.value.faults


def test_every_fault_is_reported_at_once_by_name() -> None:
    faults = faults_of(WRONG)
    assert len(faults) == len(WRONG)
    for name in WRONG:
        assert any(name in fault for fault in faults), name


def test_no_fault_repeats_a_value() -> None:
    assert SECRET not in " ".join(faults_of(WRONG))


def test_nothing_set_gives_a_home_of_files(tmp_path: Path) -> None:
    settings = Settings.from_environment({"CASEWORK_HOME": str(tmp_path)})
    assert settings.database_url == f"sqlite:///{tmp_path}/data/casework.db"
    assert settings.keystore_url == f"sqlite:///{tmp_path}/keystore/keys.db"
    assert settings.kek == f"file:{tmp_path}/secrets/kek"
    assert (settings.idle_minutes, settings.session_hours) == (20, 10)


def test_secrets_are_read_from_files_and_stay_out_of_the_repr(tmp_path: Path) -> None:
    address = f"postgresql+psycopg://casework:{SECRET}@server/casework"
    path = tmp_path / "url"
    path.write_text(f"{address}\n")
    settings = Settings.from_environment({"CASEWORK_DATABASE_URL_FILE": str(path)})
    assert settings.database_url == address
    assert SECRET not in repr(settings)


def test_the_key_store_must_not_be_in_the_main_database() -> None:
    address = "postgresql+psycopg://server/casework"
    same = {"CASEWORK_DATABASE_URL": address, "CASEWORK_KEYSTORE_URL": address}
    assert faults_of(same) == ("the key store must not be in the main database",)


@pytest.mark.parametrize(
    ("name", "value"), [("IDLE_MINUTES", "20"), ("SESSION_HOURS", "10"), ("TRUSTED_PROXIES", "3")]
)
def test_a_limit_may_be_reached_and_never_passed(name: str, value: str) -> None:
    Settings.from_environment({f"CASEWORK_{name}": value})
    assert faults_of({f"CASEWORK_{name}": str(int(value) + 1)})


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8000", "http://localhost", "https://casework.town.example"]
)
def test_clear_text_is_for_this_machine_alone(url: str) -> None:
    settings = Settings.from_environment({"CASEWORK_PUBLIC_URL": f"{url}/"})
    assert settings.public_url == url
    assert settings.secure is url.startswith("https")


@pytest.mark.parametrize("url", ["http://casework.town.example", "ftp://town.example", "town", ""])
def test_other_addresses_are_refused(url: str) -> None:
    assert len(faults_of({"CASEWORK_PUBLIC_URL": url})) == 1


@pytest.mark.parametrize("spec", ["file:", "credential:", "transit:", "pkcs11:", "kek", "", "/etc"])
def test_a_kek_is_held_by_somebody_we_know(spec: str) -> None:
    assert len(faults_of({"CASEWORK_KEK": spec})) >= 1


def test_a_vault_needs_a_token() -> None:
    spec = {"CASEWORK_KEK": "transit:https://vault:8200/transit/casework"}
    assert faults_of(spec) == ("CASEWORK_KEK_TOKEN_FILE is missing: a vault asks who we are",)
    settings = Settings.from_environment(spec | {"CASEWORK_KEK_TOKEN_FILE": "/etc/casework/token"})
    assert settings.kek_token_file == Path("/etc/casework/token")


def test_the_folder_of_credentials_is_the_one_systemd_says() -> None:
    given = {"CASEWORK_KEK": "credential:kek", "CREDENTIALS_DIRECTORY": "/run/credentials/casework"}
    assert Settings.from_environment(given).credentials == Path("/run/credentials/casework")
    assert Settings.from_environment({}).credentials is None


def test_the_accent_can_be_read_on_white() -> None:
    assert round(contrast_with_white("#000000"), 2) == 21.0
    assert round(contrast_with_white("#767676"), 2) == 4.54
    assert faults_of({"CASEWORK_ACCENT": "#777777"})


@pytest.mark.parametrize("place", ["127.0.0.1:3310", "[::1]:3310", "/run/clamav/clamd.ctl", ""])
def test_a_scanner_is_a_host_and_its_port_or_a_socket(place: str, tmp_path: Path) -> None:
    told = {"CASEWORK_HOME": str(tmp_path), "CASEWORK_CLAMAV": place}
    assert Settings.from_environment(told).clamav == place


def backed_up(tmp_path: Path, **changed: str) -> dict[str, str]:
    folders = {"HOME": "home", "BACKUP_DIR": "copies", "KEYSTORE_BACKUP_DIR": "peppers"}
    named = {name: str(tmp_path / folder) for name, folder in folders.items()}
    told = {**named, "BACKUP_RECIPIENTS": RECIPIENT, **changed}
    return {f"CASEWORK_{name}": value for name, value in told.items() if value}


def test_copies_go_to_two_folders_and_open_for_somebody_else(tmp_path: Path) -> None:
    assert Settings.from_environment({}).backups is None
    backups = Settings.from_environment(backed_up(tmp_path)).backups
    assert backups == Backups(tmp_path / "copies", tmp_path / "peppers", (RECIPIENT,), 30)
    longer = Settings.from_environment(backed_up(tmp_path, BACKUP_DAYS="365")).backups
    assert longer is not None
    assert longer.days == 365


@pytest.mark.parametrize("name", ["BACKUP_DIR", "KEYSTORE_BACKUP_DIR", "BACKUP_RECIPIENTS"])
def test_the_three_settings_of_copies_go_together(tmp_path: Path, name: str) -> None:
    (fault,) = faults_of(backed_up(tmp_path, **{name: ""}))
    assert fault.endswith("go together")


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("BACKUP_DIR", "home/copies"),
        ("KEYSTORE_BACKUP_DIR", "copies"),
        ("KEYSTORE_BACKUP_DIR", "copies/../copies/peppers"),
        ("HOME", "copies/home"),
    ],
)
def test_copies_of_the_two_halves_lie_apart_and_out_of_the_home(
    tmp_path: Path, name: str, place: str
) -> None:
    (fault,) = faults_of(backed_up(tmp_path, **{name: str(tmp_path / place)}))
    assert fault.endswith("must lie apart, none inside another")


@pytest.mark.parametrize("key", ["age1", RECIPIENT.upper(), f"{RECIPIENT} me", SECRET])
def test_whoever_opens_copies_is_named_by_an_age_key(tmp_path: Path, key: str) -> None:
    (fault,) = faults_of(backed_up(tmp_path, BACKUP_RECIPIENTS=key))
    assert fault.startswith("CASEWORK_BACKUP_RECIPIENTS holds age1… keys")
