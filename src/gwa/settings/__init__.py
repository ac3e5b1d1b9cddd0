"""Settings of an installation, read from the environment and nowhere else.

`docs/operate/settings.md` lists each variable; `./gwa demo` and `./gwa test` set them all.
"""

from gwa.settings.applications import *  # noqa: F403 (settings are names in one namespace)
from gwa.settings.environment import *  # noqa: F403
from gwa.settings.security import *  # noqa: F403
