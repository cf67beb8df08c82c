"""Where does a page lead, on the side where it is read, and what may be said of an answer?"""

from django import template
from django.urls import reverse

from handrail.base.markdown.icons import icon_named
from handrail.base.templatetags.components import icon
from handrail.mediums.docs.forms import VerdictForm
from handrail.mediums.docs.models import Page, Section
from handrail.mediums.docs.reading.asked import Exchange, as_text
from handrail.mediums.docs.reading.sides import Side, absolute

register = template.Library()


@register.simple_tag
def address(side: Side, section: Section, page: Page) -> str:
    """`{% address side section page %}`: lists know the section, so no row asks for its own."""
    return side.address(section, page)


@register.simple_tag
def section_address(side: Side, section: Section, language: str = "") -> str:
    return side.index(section, language)


@register.simple_tag
def page_icon(name: str, otherwise: str = "") -> str:
    """The icon that a page or section names, where we have it; else `otherwise`, or nothing."""
    ours = icon_named(name) or otherwise
    return icon(ours) if ours else ""


@register.filter
def whole(path: str) -> str:
    """The absolute address of a path of ours."""
    return absolute(path)


@register.simple_tag
def answer_address(side: Side, name: str, exchange: Exchange) -> str:
    """`{% answer_address side "stop-answer" exchange %}`."""
    question = exchange.question
    return reverse(f"{side.namespace}:{name}", args=[question.thread, question.public_id])


@register.simple_tag
def verdict_form_of(exchange: Exchange, given: VerdictForm | str = "") -> VerdictForm:
    """The form as it was sent, or an empty one; its ids are those of this answer alone."""
    form = given if isinstance(given, VerdictForm) else VerdictForm()
    form.auto_id = f"id_{exchange.question.public_id}_%s"
    return form


@register.filter
def as_plain_text(exchange: Exchange) -> str:
    return as_text(exchange)
