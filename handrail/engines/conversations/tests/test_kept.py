"""How do the bytes of attachments come and go, where their storage may be silent?"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.storage import default_storage, storages
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from handrail.base.object_storage import FilesUnreachable
from handrail.engines.conversations import actions
from handrail.engines.conversations.files import NotKept
from handrail.engines.conversations.models import Attachment
from handrail.engines.conversations.tasks import KEEP_UNSENT
from handrail.engines.tasks.worker import Worker, enqueue_due
from handrail.people.models import Member
from tests.making import picture, upload, viewer_of
from tests.object_store import ObjectStore, kept_names, silent_url

pytestmark = pytest.mark.django_db

UseBucket = Callable[[str], Any]


def full(*_: Any, **__: Any) -> str:
    raise OSError(28, "No space left on device")


def files_of_this_test() -> Any:
    """What `default_storage` leads to at present."""
    return storages["default"]


def test_where_there_is_no_room_it_is_said_in_words_and_nothing_is_kept(
    alice: Member, monkeypatch: pytest.MonkeyPatch, storage: str
) -> None:
    monkeypatch.setattr(files_of_this_test(), "save", full)
    with pytest.raises(NotKept, match=r"“screen\.png” could not be kept just now"):
        upload(alice, "screen.png", picture())
    assert not Attachment.objects.exists()


def test_a_file_without_its_preview_is_not_kept_either(
    alice: Member, monkeypatch: pytest.MonkeyPatch, storage: str
) -> None:
    save = files_of_this_test().save

    def only_the_file(name: str, *given: Any, **more: Any) -> str:
        return save(name, *given, **more) if not kept_names() else full()

    monkeypatch.setattr(files_of_this_test(), "save", only_the_file)
    with pytest.raises(NotKept):
        upload(alice, "screen.png", picture())
    assert (Attachment.objects.count(), kept_names()) == (0, set())


@pytest.mark.django_db(transaction=True)
def test_what_cannot_be_removed_now_is_removed_as_soon_as_it_can_be(
    alice: Member, object_store: ObjectStore, use_bucket: UseBucket
) -> None:
    url = object_store.new_bucket()
    use_bucket(url)
    kept = upload(alice, "screen.png", picture())
    use_bucket(silent_url(url))
    actions.discard_upload(viewer_of(alice), kept)
    assert not Attachment.objects.exists(), "for its uploader it is gone at once"
    Worker().run_ready()  # in vain
    use_bucket(url)
    assert len(kept_names()) == 2
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        Worker().run_ready()
    assert kept_names() == set()
    assert not DBTaskResult.objects.ready().exists()


def test_forgotten_uploads_go_while_the_bucket_is_silent_too(
    alice: Member, object_store: ObjectStore, use_bucket: UseBucket
) -> None:
    url = object_store.new_bucket()
    use_bucket(url)
    upload(alice, "screen.png", picture())
    use_bucket(silent_url(url))
    with pytest.raises(FilesUnreachable):
        default_storage.open("ab/abc")
    with time_machine.travel(timezone.now() + KEEP_UNSENT * 2):
        enqueue_due()
        Worker().run_ready()
    assert not Attachment.objects.exists()
    use_bucket(url)
    with time_machine.travel(timezone.now() + KEEP_UNSENT * 2 + timedelta(minutes=1)):
        Worker().run_ready()
    assert kept_names() == set()
