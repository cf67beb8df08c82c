"""Are steps and columns drawn as their documentation shows them?"""

import re

import pytest

from handrail.base.markdown import render
from handrail.base.markdown.tests.trees import html_of, told


def test_steps_are_an_ordered_list_with_their_headings() -> None:
    html = html_of(
        "{% stepper %}\n{% step %}\n### First\n\nDo it.\n{% endstep %}\n\n{% step %}\nThen that.\n"
        "{% endstep %}\n{% endstepper %}"
    )
    assert html.startswith('<ol class="steps"><li class="step"><h3 id="first">First')
    assert '<li class="step"><p>Then that.</p></li></ol>' in html


def test_what_stands_between_steps_belongs_to_the_one_before() -> None:
    html = html_of("{% stepper %}\n{% step %}\nOne\n{% endstep %}\nand on\n{% endstepper %}")
    assert html == '<ol class="steps"><li class="step"><p>One</p><p>and on</p></li></ol>'


def test_columns_take_their_widths_in_twelfths() -> None:
    html = html_of(
        '{% columns %}\n{% column width="66.66666666666666%" %}\nA\n{% endcolumn %}\n'
        '{% column width="33.3%" %}\nB\n{% endcolumn %}\n{% column %}\nC\n'
        "{% endcolumn %}\n{% endcolumns %}"
    )
    assert re.findall(r'class="(column[^"s]*?(?: span-\d+)?)"', html) == [
        "column span-8",
        "column span-4",
        "column",
    ]


@pytest.mark.parametrize("name", ["step", "column"])
def test_a_part_without_its_whole_keeps_its_words(name: str) -> None:
    body = f"{{% {name} %}}\nWords\n{{% end{name} %}}"
    assert "<p>Words</p>" in render(body).html
    assert told(body) == [(1, f"{{% {name} %}}")]
