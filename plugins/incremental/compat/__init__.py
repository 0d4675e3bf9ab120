"""Changes to Pelican and Python-Markdown, checked with Pelican 4.11 and 4.12.

One is elsewhere: `plugin.py` replaces `run` of the `Pelican` that it takes over.


    pelican_run         where one run writes to, and by which writer
    generators          order of files, templates loaded when they are rendered, statics
    pelican_speedups    answers that Pelican works out again and again
    markdown_speedups   inline patterns that cannot match are not tried
    url_cache           addresses of posts, kept from build to build
    lazy_content        the text of a post, loaded when it is read
    content_attributes  attributes that plugins give to all posts
    versions            names that not all versions of Pelican have
    listeners           which other plugins listen to what (changes nothing)

Changes of functions are made inside a context, and undone at its end.
"""
