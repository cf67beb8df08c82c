"""Where does a page lead, on the side where it is read?"""

from django import template

from handrail.base.markdown.icons import icon_named
from handrail.base.templatetags.components import icon
from handrail.mediums.docs.models import Page, Section
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
