"""A plugin that gives templates a value in capitals which is no setting."""

from pathlib import Path

from pelican import signals


def register():
    signals.all_generators_finalized.connect(announce)


def announce(generators):
    for generator in generators:
        file = Path(generator.settings["PATH"]) / "notice.txt"
        if file.exists():
            generator.context["NOTICE"] = {"text": file.read_text()}
