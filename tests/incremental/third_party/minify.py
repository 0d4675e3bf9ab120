"""A plugin that changes each page after it was written, and writes one beside it."""

from pathlib import Path

from pelican import signals


def shrink(path, context):
    file = Path(path)
    file.write_text(file.read_text().replace("\n\n", "\n") + "<!-- small -->")
    file.with_suffix(".gz").write_bytes(b"gz" + context["output_file"].encode())


def register():
    signals.content_written.connect(shrink)
