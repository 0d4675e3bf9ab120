"""What other plugins may listen to, besides Pelican's own signals, in order.

The first argument is the sender, all others are keywords. A `tree` is a `BuildTree`,
and a `report` a `BuildReport`, both of which `pelican.plugins.incremental` has.

`trust_check`: (inputs) posts that were not read anew are what they were in the last
build, it seems; a receiver that knows of more returns what it is: then every page is
looked at.
`content_ready`: (tree, generators, edited, sources) all posts are read and nothing is
written yet. `edited` are the posts that are not what they were in the last build; all
of them may be so if it is None. If texts are all that has changed, `tree.partial` says
so: then only pages that may show these are looked at. `sources` has, for the path of
each post, the paths of all files that were opened while it was read.
`page_notes`: (name, notes) what a page that is not rendered here had noted.
`page_rendered`: (name, text) a page was rendered, maybe in another process. What a
receiver returns, as plain values, is given by `tree.page_result(name)`, if the page
lies where nobody else can have changed it.
`page_failed`: (name, error) a page could not be rendered. If a receiver returns true,
it tells of the error: the build goes on, so that all errors are found, and ends at
`before_commit`, whose receiver must raise then.
`before_commit`: (tree) all files are made and none is in place; a receiver that raises
stops the build and leaves the site as it was.
`after_commit`: (tree, report) the site is in place.
"""

from blinker import signal

from pelican.plugins import signals as pelican

__all__ = [
    "after_commit",
    "before_commit",
    "content_ready",
    "page_failed",
    "page_notes",
    "page_rendered",
    "pelican",
    "trust_check",
]

trust_check = signal("incremental_trust_check")
content_ready = signal("incremental_content_ready")
page_notes = signal("incremental_page_notes")
page_failed = signal("incremental_page_failed")
page_rendered = signal("incremental_page_rendered")
before_commit = signal("incremental_before_commit")
after_commit = signal("incremental_after_commit")
