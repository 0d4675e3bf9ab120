"""Makes the scaled pictures of a site, and has them published.

Those that were made before lie beside the state of `incremental`, by the digest of what
they were made from. What no post needs any more is removed there; in the output
`incremental` does that.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pelican.contents import Static
from pelican.generators import Generator

from pelican.plugins import incremental
from pelican.plugins.incremental.system import process_pool

from .pictures import FOLDER, scaled_pictures

QUALITY = 82


class PictureFiles(Generator):
    """Gives Pelican's static generator, which writes last, the scaled pictures."""

    def generate_output(self, writer: Any) -> None:
        wanted: dict[str, tuple[str, int]] = {}
        # Drafts and planned posts are no longer there, if nothing of them is published.
        for post in self.context["generated_content"].values():
            for source, width, name in scaled_pictures(post):
                wanted[name] = (os.path.join(self.path, source), width)
        folder = cache_folder(self.settings)
        make(folder, wanted)
        folder_of_site = f"{self.settings['THEME_STATIC_DIR']}/{FOLDER}"
        statics = [
            one
            for one in self.context["staticfiles"]
            if not str(one.source_path).startswith(f"{folder}{os.sep}")
        ]
        for name in sorted(wanted):
            path = f"{folder_of_site}/{name}"
            statics.append(
                Static(
                    content=None,
                    metadata={"save_as": path, "url": quote(path), "title": name},
                    settings=self.settings,
                    source_path=str(folder / name),
                    context=self.context,
                )
            )
        self.context["staticfiles"] = statics


def cache_folder(settings: Any) -> Path:
    """Where scaled pictures are kept from build to build. Safe to lose."""
    import PIL

    state = settings.get("INCREMENTAL_PATH")
    if not state:
        state = os.path.dirname(os.path.abspath(settings["OUTPUT_PATH"]))
        if not incremental.is_building():  # which writes into a folder of its state
            state = os.path.join(state, ".incremental/output")
    # Another version may make other bytes of the same picture.
    return Path(state).absolute() / FOLDER / PIL.__version__


def make(folder: Path, wanted: dict[str, tuple[str, int]]) -> None:
    """Make the files in `folder` that are not there yet, and remove all others.

    `wanted` has by name the source and the width of each.
    """
    there = {path.name for path in folder.glob("*")} if folder.is_dir() else set()
    for name in there - wanted.keys():
        (folder / name).unlink()
    missing = sorted(wanted.keys() - there)
    if not missing:
        return
    folder.mkdir(parents=True, exist_ok=True)

    def work(name: str) -> bool:
        source, width = wanted[name]
        scale(source, folder / name, width)
        return True

    if process_pool.can_fork(len(missing)):
        for name, result in process_pool.map_forked(work, missing):
            if result is not None:
                missing.remove(name)
    for name in missing:
        work(name)


def scale(source: str, target: Path, width: int) -> None:
    """Write the picture `source`, upright and `width` pixels wide, as `target`."""
    from PIL import Image, ImageOps

    with Image.open(source) as image:
        profile = image.info.get("icc_profile")
        image.draft(image.mode, (2 * width, 2 * width))
        upright = ImageOps.exif_transpose(image)
        if upright.mode == "CMYK":
            upright, profile = upright.convert("RGB"), None
        height = max(1, round(upright.height * width / upright.width))
        small = upright.resize((width, height), Image.Resampling.LANCZOS)
    new = target.with_name(f".{target.name}.new")
    small.info.clear()  # where the picture was taken is nobody's concern
    options: dict[str, Any] = {"icc_profile": profile} if profile else {}
    kind = {".jpg": "JPEG", ".png": "PNG", ".webp": "WEBP"}[target.suffix]
    if kind == "PNG":
        options["optimize"] = True
    else:
        options["quality"] = QUALITY
    if kind == "JPEG":
        options["progressive"] = True
    small.save(new, kind, **options)
    new.replace(target)
