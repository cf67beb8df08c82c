"""What of a page is the same for everybody, so that it need not be drawn again for each?"""

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.translation import get_language

register = template.Library()


class Fixed(template.Node):
    """Draws its content once for each language, and keeps it for as long as the process lives.

    It is drawn without any of the page's values: nothing that belongs to one viewer can come into
    what others see. A value that is named in it stays empty.
    """

    child_nodelists = ()  # a block in it could not be replaced, so no page need look for one

    def __init__(self, content: NodeList) -> None:
        self.nodelist = content
        self._drawn: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        language = get_language()
        drawn = self._drawn.get(language)
        if drawn is None:  # two threads may both draw it: to the same end
            drawn = self._drawn[language] = self.nodelist.render(_blank(context))
        return drawn


def _blank(context: Context) -> Context:
    blank = Context(autoescape=context.autoescape)
    blank.template = context.template
    blank.render_context = context.render_context
    return blank


@register.tag
def fixed(parser: Parser, token: Token) -> Fixed:
    """`{% fixed %}…{% endfixed %}` around words, icons and addresses that hang on nothing else.

    A tenth of a list's cost was translating the same labels and naming the same files again.
    """
    content = parser.parse(("endfixed",))
    parser.delete_first_token()
    return Fixed(content)
