"""The application for a town's own WSGI server; `casework serve` needs none of it."""

import os

from casework.app import create_app
from casework.operations.doors import require_shut
from casework.operations.instance import open_instance, system_edges
from casework.settings import Settings

_SETTINGS = Settings.from_environment(os.environ)
_INSTANCE = open_instance(_SETTINGS, system_edges())
require_shut(_INSTANCE)
application = create_app(_INSTANCE, _SETTINGS)
# Every connection opened so far closes before a server forks its workers.
_INSTANCE.close()
