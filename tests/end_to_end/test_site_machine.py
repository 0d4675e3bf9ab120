"""Whatever is edited, and whatever runs in between: the site is a clean build's."""

import os
import shutil
import tempfile
from contextlib import chdir, contextmanager
from pathlib import Path
from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

from pelican.plugins.live_stats.model.preview_secret import VARIABLE
from support.edited_site import EditedSite, commands, edits
from support.large import large

steps = st.lists(st.tuples(edits, commands), min_size=2, max_size=4)
EXAMPLES = int(os.environ.get("SITE_MACHINE_EXAMPLES", "2"))


@settings(max_examples=EXAMPLES)
@given(steps=steps, many=st.booleans(), search=st.booleans())
def test_any_edits_and_any_commands(steps, many, search):
    """Mistakes are planted and mended too; a failed build leaves all as it was."""
    with large(many), secret_in_environment(), folder_of_its_own() as folder:
        site = EditedSite(folder, search=search)
        for edit, command in steps:
            site.step(edit, command)


@contextmanager
def secret_in_environment():
    with mock.patch.dict(os.environ, {VARIABLE: "a secret of 20 letters"}):
        yield


@contextmanager
def folder_of_its_own():
    folder = Path(tempfile.mkdtemp())
    try:
        with chdir(folder):
            yield folder
    finally:
        shutil.rmtree(folder)
