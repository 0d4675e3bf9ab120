"""Variables that are almost those of a platform, in `.env` and around the program."""

import pytest

from pelican.plugins.live_stats.model.errors import Mistakes
from pelican.plugins.live_stats.providers.environment import check_environment


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_suspicious_line_of_the_file_is_named(folder):
    """With its number, below comments, empty lines and values of several lines."""
    (folder / ".env").write_text(
        "# Keys\n\nX_BEARER_TOKEN='one\ntwo'\n\n# Bluesky\nexport BLUESKY_HANDEL=me\n"
        "YOUTUBE_APIKEY=1\ngithub_token=1\nMASTODON: x\nOTHER_PROGRAM=1\n"
    )
    with pytest.raises(Mistakes) as error:
        check_environment()

    assert [str(mistake) for mistake in error.value.mistakes] == [
        '.env:7: nothing reads BLUESKY_HANDEL; did you mean "BLUESKY_HANDLE"?',
        '.env:8: nothing reads YOUTUBE_APIKEY; did you mean "YOUTUBE_API_KEY"?',
        '.env:9: nothing reads github_token; did you mean "GITHUB_TOKEN"?',
        ".env:10: this line cannot be read; write NAME=value, or # before",
    ]


def test_the_environment_is_only_suspected(monkeypatch):
    """It belongs to other programs too, so nothing stops."""
    monkeypatch.setenv("BLUESKY_HANDEL", "me")
    monkeypatch.setenv("BLUESKY_HANDLE", "me")
    monkeypatch.setenv("XDG_DATA_HOME", "/a")

    said = [line for line in check_environment() if "BLUESKY" in line or "XDG" in line]
    assert said == [
        "the environment: BLUESKY_HANDEL is set, and nothing reads it; "
        'did you mean "BLUESKY_HANDLE"?'
    ]
