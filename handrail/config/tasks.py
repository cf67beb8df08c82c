"""What runs by the clock for no medium in particular? Sessions, codes and tokens are forgotten."""

from datetime import timedelta

from handrail.engines.tasks import every
from handrail.people import tasks as people


@every(timedelta(hours=1))
def forget_expired() -> None:
    people.forget_expired()
