"""How is a second medium installed? By this one line beside all other settings."""

from handrail.config.settings import *  # noqa: F403
from handrail.config.settings import INSTALLED_APPS as OURS

INSTALLED_APPS = [*OURS, "tests.fences.postcards"]
REQUIRE_SECOND_FACTOR = False
