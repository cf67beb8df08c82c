"""What can an editor do with sections?"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from handrail.engines.activity import actions as activity
from handrail.engines.activity.ref import Ref
from handrail.mediums.docs.access import EDIT
from handrail.mediums.docs.actions.order import touch
from handrail.mediums.docs.models import Section
from handrail.mediums.docs.paths import slug_of
from handrail.people.viewer import Viewer

RESERVED = {"-", "ask", "search"}
"""First parts of addresses below /docs/ that are ours."""


@transaction.atomic
def make_section(
    viewer: Viewer,
    *,
    title: str,
    slug: str = "",
    description: str = "",
    icon: str = "",
    language: str = "en",
) -> Section:
    """A new section, as the last; readers see it once it holds a page that they may read."""
    viewer.require(EDIT)
    slug = _checked(slug or slug_of(title))
    last = Section.objects.aggregate(last=Max("position"))["last"] or 0
    section = Section.objects.create(
        title=title,
        slug=slug,
        description=description,
        icon=icon,
        language=language,
        position=last + 1,
    )
    _record(viewer, "docs.section_made", section)
    return section


@transaction.atomic
def change_section(
    viewer: Viewer, section: Section, *, title: str, description: str, icon: str
) -> None:
    """Says it in other words. Its slug stays: it begins every address below it."""
    viewer.require(EDIT)
    Section.objects.filter(pk=section.pk).update(title=title, description=description, icon=icon)
    touch(section)
    _record(viewer, "docs.section_changed", section)


@transaction.atomic
def order_sections(viewer: Viewer, sections: list[Section]) -> None:
    """Readers see them in this order from now on."""
    viewer.require(EDIT)
    for position, section in enumerate(sections, start=1):
        section.position = position
    Section.objects.bulk_update(sections, ["position"])


@transaction.atomic
def delete_section(viewer: Viewer, section: Section) -> None:
    """Only an empty one: nobody loses a hundred pages by one press."""
    viewer.require(EDIT)
    if section.pages.exists():
        raise ValidationError(_("There are pages in this section. Move or delete them first."))
    _record(viewer, "docs.section_deleted", section)
    section.delete()


def _checked(slug: str) -> str:
    if slug in RESERVED:
        raise ValidationError(_("This word is taken. Choose another one."))
    if Section.objects.filter(slug=slug).exists():
        raise ValidationError(_("There is a section with this address already."))
    return slug


def _record(viewer: Viewer, verb: str, section: Section) -> None:
    activity.record(viewer, verb, Ref("docs", section.public_id), title=section.title)
