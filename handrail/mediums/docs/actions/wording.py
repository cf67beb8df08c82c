"""What can an editor do about the words that readers search by?"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from handrail.engines.search.library import actions as library
from handrail.mediums.docs.access import EDIT
from handrail.people.viewer import Viewer


def add_synonym(viewer: Viewer, language: str, asked: str, means: str) -> None:
    """Whoever looks for `asked` also finds what says `means`."""
    viewer.require(EDIT)
    if not library.add_synonym(language, asked, means):
        raise ValidationError(_("Write words on both sides: letters or digits."))


def remove_synonym(viewer: Viewer, pk: int) -> None:
    """One that is gone already is as good as removed."""
    viewer.require(EDIT)
    library.remove_synonym(pk)


def forget_miss(viewer: Viewer, pk: int) -> None:
    """It is dealt with; when somebody asks it again in vain, it is there again."""
    viewer.require(EDIT)
    library.forget_miss(pk)
