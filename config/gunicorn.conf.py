# ruff: noqa: INP001 - read by gunicorn, imported by nobody
"""For whoever starts gunicorn by hand: the very settings of `casework serve`.

gunicorn -c config/gunicorn.conf.py casework.wsgi:application
"""

import os

from casework.operations.serve import Binding, options
from casework.settings import Settings

globals().update(options(Settings.from_environment(os.environ), Binding()))
