"""Gives pages a label: a text with a color, which a file beside the content says."""

from pathlib import Path

from pelican.plugins import signals


class Label(str):
    color: str


class Badge(Label):
    """Shown as markup of its own."""

    def __html__(self):
        return f"<b>{self.color}</b>"

    __str__ = __html__


def label(generator):
    color = Path(generator.settings["PATH"], "color.txt").read_text()
    for kind in (Label, Badge):
        made = kind("a text")
        made.color = color
        generator.context[kind.__name__.lower()] = made


def register():
    signals.generator_init.connect(label)
