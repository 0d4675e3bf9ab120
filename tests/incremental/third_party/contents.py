"""A plugin that walks through the whole output at the end, as search indexes do."""

from pathlib import Path

from pelican import signals


def gather(pelican):
    output = Path(pelican.output_path)
    pages = sorted(output.rglob("*.html"))
    lines = [f"{page.relative_to(output)} {page.stat().st_size}" for page in pages]
    (output / "contents.txt").write_text("\n".join(lines))


def register():
    signals.finalized.connect(gather)
