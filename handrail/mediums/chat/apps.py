"""How does Django know this package?"""

from django.apps import AppConfig


class ChatConfig(AppConfig):
    name = "handrail.mediums.chat"
    label = "chat"

    def ready(self) -> None:
        from handrail.mediums.chat import actions
        from handrail.mediums.chat.assistant import answering, clock, summing_up, working  # noqa: F401  a task

        working.ANSWERS.worker = answering.answer_owed
        working.SUMMARIES.worker = summing_up.sum_up
        actions.go_live()
        actions.member_said.connect(actions.owe_answer, dispatch_uid="chat.owe_answer")
