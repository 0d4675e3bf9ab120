"""Pages are prepared for a search that goes by spaces, in one language."""

import pytest

from pelican.plugins.live_stats.publishing.search.texts import language_of, separated


@pytest.mark.parametrize(
    ("written", "parted"),
    [
        ("東京で地震", "東 京 で 地 震"),
        ("は900件", "は 900 件"),
        ("した。MeTooの", "し た。 MeToo の"),
        ("Tokyo東京 (東京)", "Tokyo 東 京 ( 東 京)"),
        ("<b>東</b>京", "<b>東</b>京"),
        ('<p title="東京">テスト</p>', '<p title="東京">テ ス ト</p>'),
        ("<script>東京</script><!-- 東京 -->", "<script>東京</script><!-- 東京 -->"),
        ("지진이 났다", "지진이 났다"),
        ("über Straße, Україна, עברית", "über Straße, Україна, עברית"),
    ],
)
def test_letters_without_spaces_are_parted(written, parted):
    """In texts alone: tags, their attributes, scripts and comments stay."""
    assert separated(written.encode()).decode() == parted


def test_the_index_has_the_language_of_most_pages():
    """The first by name where two have as many; English where none says any."""
    pages = {lang: f'<html class="a" lang="{lang}">'.encode() for lang in ("de", "fr")}

    assert language_of([pages["fr"], pages["de"], pages["fr"]]) == "fr"
    assert language_of([pages["fr"], pages["de"]]) == "de"
    assert language_of([b"<html>"]) == "en"
