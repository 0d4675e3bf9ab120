"""Faces: widths are those drawn, and lines hold their words."""

import pytest
from resvg_py import svg_to_bytes

from live_stats.typeface import CAPITALS, TEXT, TITLE

LONG = "When a sentence became a movement, and who was counting " * 9


def strip(face, words, left, right):
    """What is drawn of words at 40 px, between two distances from their start in px."""
    return svg_to_bytes(
        svg_string='<svg xmlns="http://www.w3.org/2000/svg" height="60" '
        f'width="{right - left}" viewBox="{left} 0 {right - left} 60">'
        f'<text y="40" font-size="40" letter-spacing="{40 * face.tracking}" '
        f'font-family="{face.family}" font-weight="{face.weight}">{words}</text></svg>',
        skip_system_fonts=True,
        font_files=[face.file],
    )


@pytest.mark.parametrize("words", ["n" * 40, "Wort für Wort, 1,234", "Ωμέγα Москва"])
@pytest.mark.parametrize("face", [TITLE, TEXT, CAPITALS], ids=lambda face: face.weight)
def test_widths_are_those_of_the_drawing(face, words):
    """A measured line ends where the drawn one does, to 3 in 100, and never before."""
    end = round(face.width(words, 40) - 40 * face.tracking) + 1
    near = end - 4 - end * 3 // 100

    assert strip(face, words, end, end + 400) == strip(face, "", end, end + 400)
    assert strip(face, words, near, end) != strip(face, "", near, end)


def test_words_are_kept_whole_and_in_order():
    """Lines are no wider than the room, and together they are the text."""
    lines = TITLE.wrapped(LONG, 50, 600)

    assert " ".join(lines) == LONG.strip()
    assert all(TITLE.width(line, 50) <= 600 for line in lines)


def test_a_word_wider_than_the_room_is_broken():
    """It begins its own line, fills it, and goes on in the next."""
    lines = TITLE.wrapped("a " + "n" * 40, 50, 600)

    assert lines[0] == "a"
    assert "".join(lines[1:]) == "n" * 40
    assert TITLE.width(lines[1] + "n", 50) > 600 >= TITLE.width(lines[1], 50)


def test_what_is_too_long_says_so():
    """Words that have no room become an ellipsis, which has its own."""
    lines = TITLE.lines(LONG, 50, 600, 4)

    assert len(lines) == 4
    assert lines[3].endswith("…")
    assert LONG.startswith(" ".join(lines)[:-1])
    assert TITLE.width(lines[3], 50) <= 600


def test_glued_words_stay_in_one_line():
    """No line breaks at a no-break space."""
    assert TITLE.wrapped("one two\u00a0three", 50, 240) == ["one", "two\u00a0three"]


def test_no_text_has_no_lines():
    """An empty text, or one of spaces, is not an empty line."""
    assert TITLE.lines(" \n", 50, 600, 2) == []


def test_letters_in_two_parts_are_one():
    """An accent written after its letter is measured, and broken, with it."""
    assert TITLE.words("Gro\u0308\u00dfe") == ["Gr\u00f6\u00dfe"]
