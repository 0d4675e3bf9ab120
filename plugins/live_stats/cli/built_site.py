"""The site as it was last built in this folder."""

from pathlib import Path

from ..model.errors import Mistake, Mistakes
from ..publishing.index import SiteIndex
from ..publishing.site_manifest import SiteManifest
from ..storage.paths import BUILD_FOLDER


def load_built_site() -> tuple[SiteIndex, SiteManifest]:
    """The index, which the caller closes, and the manifest.

    Raises `Mistakes` if no site was built here.
    """
    index = SiteIndex.load(Path(BUILD_FOLDER).absolute())
    about = index.about if index else None
    if index is None or about is None:
        raise Mistakes(
            [
                Mistake(
                    path=BUILD_FOLDER,
                    what="no site was built here",
                    mend="make publish",
                )
            ]
        )
    return index, about
