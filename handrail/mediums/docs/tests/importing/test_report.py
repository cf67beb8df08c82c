"""Does a report say what happened, and hide nothing behind strange names?"""

from handrail.mediums.docs.importing.report import MOST_KEPT, Report


def test_problems_are_grouped_and_counted() -> None:
    report = Report()
    report.counts["added"] = 3
    for number in range(7):
        report.note("a.md", number, "{% x %}", "Not understood.")
    report.note("b.md", 0, "", "Left out.")
    lines = list(report.lines(colour=False))
    assert lines[0] == "3 added"
    assert "7 times: Not understood." in lines
    assert "  and 2 more; --json lists all" in lines
    assert "  b.md" in lines
    assert not any("\033" in line for line in lines)
    assert any("\033" in line for line in report.lines(colour=True))


def test_a_name_moves_no_cursor() -> None:
    report = Report()
    report.note("a\x1b[2J\u202e.md", 1, "\0\ud800", "x\ny")
    assert all(line.isprintable() for line in report.lines(colour=False))


def test_a_report_has_an_end() -> None:
    report = Report()
    for number in range(MOST_KEPT + 5):
        report.note("a.md", number, "", "Same.")
    assert len(report.problems()) == MOST_KEPT
    assert report.as_facts()["problems_not_kept"] == 5
