"""Catalogues as translators edit them, and the compiled copies of them."""

import sys

import pytest

from pelican.plugins.incremental.system.catalogues import read_catalogue

PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n<5 ? 1 : 2);\\n"

msgid "Posts"
msgstr "Příspěvky"

msgid "{n} day"
msgid_plural "{n} days"
msgstr[0] "{n} den"
msgstr[1] "{n} dny"
msgstr[2] "{n} dní"

#, fuzzy
msgid "Old"
msgstr "Nový"
"""


@pytest.fixture
def po(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    path = tmp_path / "cs.po"
    path.write_text(PO, encoding="utf-8")
    return path


def test_a_catalogue_has_its_own_plural_rule(po):
    """As many forms as the language has; what is not sure is not used."""
    read = read_catalogue(po)

    days = [read.ngettext("{n} day", "{n} days", n) for n in (1, 3, 5)]
    assert days == ["{n} den", "{n} dny", "{n} dní"]
    assert read.gettext("Old") == "Old"


@pytest.mark.parametrize("damage", [lambda data: data[:-9], lambda data: b""])
def test_a_compiled_copy_is_used_only_while_it_is_true(po, tmp_path, damage):
    """A changed catalogue and a damaged copy are both compiled anew."""
    copy = tmp_path / "cache" / "cs.pyc"

    assert read_catalogue(po, copy).gettext("Posts") == "Příspěvky"
    po.write_text(PO.replace("Příspěvky", "Články"), encoding="utf-8")
    assert read_catalogue(po, copy).gettext("Posts") == "Články"
    copy.write_bytes(damage(copy.read_bytes()))
    assert read_catalogue(po, copy).gettext("Posts") == "Články"


def test_a_compiled_copy_saves_the_parsing(po, tmp_path, monkeypatch):
    """With a copy, Babel's parser is not even loaded."""
    copy = tmp_path / "cs.pyc"
    read_catalogue(po, copy)
    monkeypatch.setitem(sys.modules, "babel.messages.pofile", None)

    assert read_catalogue(po, copy).gettext("Posts") == "Příspěvky"


def test_no_copy_is_written_where_python_writes_none(po, tmp_path, monkeypatch):
    """Who keeps Python from writing bytecode keeps us from writing copies."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    copy = tmp_path / "cs.pyc"

    assert read_catalogue(po, copy).gettext("Posts") == "Příspěvky"
    assert not copy.exists()


def test_what_is_no_catalogue_is_an_error(po):
    """A file that Babel cannot read is not taken for an empty one."""
    po.write_text("Posts: Příspěvky", encoding="utf-8")

    with pytest.raises(ValueError):
        read_catalogue(po)
