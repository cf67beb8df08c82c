"""How does a story get an answer that takes seconds? By an answerer that writes slowly, in the
place of a model; all else is the settings that run in production."""

from handrail.config.settings import *  # noqa: F403
from handrail.config.settings import INSTALLED_APPS as OURS

INSTALLED_APPS = [*OURS, "tests.story.slow_answers"]
