"""Is code shown as code, whatever is in it?"""

from handrail.base.markdown.tests.trees import html_of


def test_code_has_its_title_numbers_and_breaks() -> None:
    html = html_of(
        '{% code title="index.js" overflow="wrap" lineNumbers="true" %}\n```javascript\n'
        "const a = '<b>';\n\nrun(a);\n```\n{% endcode %}"
    )
    assert 'class="code wrapped numbered"' in html
    assert '<span class="code-title">index.js</span>' in html
    assert '<span class="ke">const</span>' in html
    assert html.count('class="code-line"') == 3
    assert "'&lt;b&gt;'" in html


def test_code_of_a_language_that_nobody_knows_is_plain() -> None:
    assert '<span class="code-line">a &lt; b</span>' in html_of("```nobody\na < b\n```")


def test_tags_in_code_are_code() -> None:
    html = html_of("```\n{% hint %}\n```\n\nand `{% tabs %}` too\n\n    {% endhint %}")
    assert "{% hint %}" in html
    assert "<code>{% tabs %}</code>" in html
    assert "{% endhint %}" in html


def test_code_of_an_export_keeps_its_lines() -> None:
    html = html_of(
        '<pre class="language-python" data-title="a.py" data-line-numbers>'
        '<code class="lang-python">'
        "<strong>a = 1\n</strong>b = 2\n</code></pre>"
    )
    assert '<span class="code-title">a.py</span>' in html
    assert "numbered" in html
    assert html.count('class="code-line"') == 2


def test_a_formula_is_code() -> None:
    assert "<code>a_1 * b_2</code>" in html_of("It is $$a_1 * b_2$$, for $5 or $6.")
    assert "\\sum" in html_of("$$\n\\sum_i x\n$$")
