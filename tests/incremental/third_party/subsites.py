"""A plugin that builds another site while one is built, from posts of its own."""

from pelican.settings import configure_settings

from pelican import Pelican, signals


def register():
    signals.get_writer.connect(get_writer)


def get_writer(pelican):
    settings, name = pelican.settings, pelican.settings.get("SUBSITE")
    if name:
        more = {
            "SUBSITE": "",
            "SITENAME": f"The {name} site",
            "PATH": f"{settings['PATH']}/{name}",
            "OUTPUT_PATH": f"{settings['OUTPUT_PATH']}/{name}",
            "DELETE_OUTPUT_DIRECTORY": False,
        }
        Pelican(configure_settings(settings.copy() | more)).run()
