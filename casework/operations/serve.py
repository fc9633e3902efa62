"""Runs the web service under gunicorn, configured here and not by files found on the way."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any, Final

from gunicorn.app.base import BaseApplication

from casework.errors import Misconfigured
from casework.operations.settling import settle
from casework.settings import Settings

Load = Callable[[], Any]
"""Builds the WSGI application, in each worker: connections never cross a fork."""

_SYNC: Final = {"worker_class": "sync", "workers": 2}
_MOST_WORKERS: Final = 8
_HIGHEST_PORT: Final = 65535


@dataclass(frozen=True, slots=True)
class Binding:
    """Where to listen. The proxy that faces people stands on the same machine, or is trusted."""

    host: str = "127.0.0.1"
    port: int = 8000

    def __post_init__(self) -> None:
        """Refuse what is no address of a machine."""
        try:
            ip_address(self.host)
        except ValueError:
            raise Misconfigured([f"{self.host!r} is no IP address to listen on"]) from None
        if not 1 <= self.port <= _HIGHEST_PORT:
            raise Misconfigured([f"a port is a number from 1 to {_HIGHEST_PORT}"])

    @property
    def loopback(self) -> bool:
        """Say whether only this machine can reach it."""
        return ip_address(self.host).is_loopback

    def __str__(self) -> str:
        """Return what gunicorn binds to."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn, given its whole configuration in code."""

    def __init__(self, options: dict[str, Any], load: Load) -> None:
        """Run the application that `load` builds, under `options`."""
        self._options = options
        self._load = load
        super().__init__()

    def load_config(self) -> None:
        """Take our options and nothing else."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Build the application; gunicorn calls it in each worker."""
        application = self._load()
        settle()
        return application


def serve(settings: Settings, binding: Binding, load: Load) -> None:
    """Serve until told to stop. Does not return."""
    Server(options(settings, binding), load).run()


def options(settings: Settings, binding: Binding) -> dict[str, Any]:
    """Return gunicorn's settings for this instance."""
    return _workers(settings) | {
        "bind": [str(binding)],
        "proc_name": "casework",
        "preload_app": False,
        "logger_class": "casework.operations.access_log.RouteLogger",
        "accesslog": "-",
        "errorlog": "-",
        # A document waits 5 seconds for others, 15 for a scanner, 30 for its child.
        "timeout": 60,
        "graceful_timeout": 20,
        # A worker is replaced now and then, not all at once: what leaks never grows old.
        "max_requests": 20_000,
        "max_requests_jitter": 4_000,
        "umask": 0o077,
        "control_socket_disable": True,
        "forwarded_allow_ips": "127.0.0.1,::1" if settings.trusted_proxies else "",
    }


def _workers(settings: Settings) -> dict[str, Any]:
    """SQLite has one writer: two processes. PostgreSQL waits on the network: threads."""
    if settings.database_url.startswith("sqlite"):
        return dict(_SYNC)
    workers = min(_MOST_WORKERS, 2 * (os.cpu_count() or 1))
    return {"worker_class": "gthread", "workers": workers, "threads": 4}
