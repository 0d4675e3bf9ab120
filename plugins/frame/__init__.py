"""frame: what stands around the posts and is nobody's number.

Languages of the interface, related posts, what a page may load, who counts its visits.
It knows nothing of live figures and serves any Pelican site.
"""


def register() -> None:
    from . import plugin

    plugin.register()
