"""A plugin that installs the catalogue of a language, as those for subsites do."""

from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from pelican import signals


class Loud(GNUTranslations):
    def gettext(self, message):
        return f"{super().gettext(message)}!"


def register():
    signals.generator_init.connect(generator_init)


def generator_init(generator):
    settings = generator.settings
    file = Path(settings["PATH"]).parent / "words.mo"
    kind = Loud if settings.get("LOUD") else GNUTranslations
    words = NullTranslations()
    if file.exists():
        with open(file, "rb") as opened:
            words = kind(opened)
    generator.env.install_gettext_translations(
        words, newstyle=settings.get("NEWSTYLE", False)
    )
