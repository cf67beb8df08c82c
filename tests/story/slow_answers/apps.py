"""How does a slow answerer make itself known? When the applications are ready."""

from django.apps import AppConfig


class SlowAnswersConfig(AppConfig):
    name = "tests.story.slow_answers"
    label = "slow_answers"

    def ready(self) -> None:
        from handrail.hub import answerers
        from tests.story.slow_answers.answering import answer

        answerers.use(answer)
