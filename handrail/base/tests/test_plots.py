"""Are bars as high as what they count?"""

from handrail.base.plots import HEIGHT, Column, drawn


def test_counts_stand_upon_each_other() -> None:
    plot = drawn([Column("a", "", (1, 2)), Column("b", "", (0, 0))], ["good", "bad"])
    good, bad = plot.bars[0].pieces
    assert good.height + bad.height == HEIGHT
    assert (good.y, bad.y) == (round(HEIGHT * 2 / 3, 2), 0)
    assert plot.bars[1].pieces == ()
    assert (plot.first, plot.last) == ("a", "b")


def test_a_share_is_of_the_whole() -> None:
    [piece] = drawn([Column("a", "", (50,))], ["right"], top=100).bars[0].pieces
    assert (piece.y, piece.height) == (HEIGHT / 2, HEIGHT / 2)


def test_no_counts_have_no_height() -> None:
    assert drawn([Column("a", "", (0,))], ["x"]).bars[0].pieces == ()


def test_a_gap_is_no_0() -> None:
    plot = drawn([Column("a", "", (0,)), Column("b", "", (), ("None asked",))], ["x"])
    assert [bar.is_gap for bar in plot.bars] == [False, True]
    assert [bar.cells for bar in plot.bars] == [("0",), ("None asked",)]
    assert plot.peak == ""


def test_the_peak_is_said_in_words() -> None:
    plot = drawn([Column("a", "", (3, 4)), Column("b", "", (2, 0))], ["x", "y"], said="{} h".format)
    assert plot.peak == "7 h"
    assert plot.bars[1].cells == ("2 h", "0 h")
