"""Faces: widths are those drawn, and lines hold their words."""

import io

import pytest
from PIL import Image, ImageChops

from pelican.plugins.live_stats.rendering.exports.fonts import CAPITALS, TEXT, TITLE
from pelican.plugins.live_stats.rendering.exports.painting import Painting

FACES = {"title": TITLE, "text": TEXT, "capitals": CAPITALS}
LONG = "When a sentence became a movement, and who was counting " * 9


def drawn_width(face, words):
    """How far a drawing of words at 40 px reaches, in px."""
    painting = Painting(3000, 60, "#fff", ["#000"])
    painting.text([(40, words)], 40, face, "#000", 0)
    drawn = Image.open(io.BytesIO(painting.png())).convert("L")
    return ImageChops.invert(drawn).getbbox()[2]


@pytest.mark.parametrize("words", ["n" * 40, "Wort für Wort, 1,234", "Ωμέγα Москва"])
@pytest.mark.parametrize("face", FACES.values(), ids=FACES)
def test_widths_are_those_of_the_drawing(face, words):
    """A measured line ends where the drawn one does, to 3 in 100, and never before."""
    end = round(face.width(words, 40) - 40 * face.tracking) + 1

    assert end - 4 - end * 3 // 100 < drawn_width(face, words) <= end


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
