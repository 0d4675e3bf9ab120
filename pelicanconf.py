"""The site on one page. What differs in production stands in publishconf.py."""

from pathlib import Path

SITENAME = "Digital Media Team"
SITESUBTITLE = "What happens on social media, with numbers that stay true"
SITEURL = SITE_ADDRESS = ""  # publishconf.py knows where the site will stand
SITE_PATH = "/"
DATA_LICENSE = ""  # the address of a license for what stands below /data/
AUTHOR = "Digital Media Team"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"

PATH = "content"
OUTPUT_PATH = "output"
ARTICLE_PATHS = ["posts"]
PAGE_PATHS = ["pages"]
STATIC_PATHS = ["images"]
THEME = "theme"
THEME_STATIC_DIR = "theme"
# Where templates are looked for before the theme's own: style.html joins these files.
# Folders of your own go before it: ["own", *THEME_TEMPLATES_OVERRIDES].
THEME_TEMPLATES_OVERRIDES = [str(Path(__file__).absolute().parent / "theme/css")]
PLUGINS = ["incremental", "theme_support", "live_stats"]

# --- live figures (plugins/live_stats/model/settings.py explains each of them) --------
LIVE_STATS_CONTACT = ""  # an e-mail or web address; platforms ask for one
LIVE_STATS_PLATFORMS = ["mastodon", "bluesky", "x", "gdelt", "hackernews"]
LIVE_STATS_DEADLINE = 20  # seconds that one collection may take
LIVE_STATS_SHARE_IMAGES = True  # an image for each post, with its figure and the date
LIVE_STATS_DATA = True  # the history below /data/, badges, and cards for other sites
LIVE_STATS_PREVIEWS = False  # publish drafts and planned posts too, below drafts/
LIVE_STATS_REFRESHED_EVERY = 0  # minutes between two refreshes where it is served

# --- addresses: a folder for each page; links work wherever the site lies -----------
RELATIVE_URLS = True
ARTICLE_URL = DRAFT_URL = "posts/{slug}/"
ARTICLE_SAVE_AS = "posts/{slug}/index.html"
ARTICLE_LANG_URL = "posts/{slug}/{lang}/"
ARTICLE_LANG_SAVE_AS = "posts/{slug}/{lang}/index.html"
DRAFT_URL = "drafts/{slug}/"
DRAFT_SAVE_AS = "drafts/{slug}/index.html"
PAGE_URL = "{slug}/"
PAGE_SAVE_AS = "{slug}/index.html"
CATEGORY_URL = "category/{slug}/"
CATEGORY_SAVE_AS = "category/{slug}/index.html"
CATEGORIES_SAVE_AS = "category/index.html"
TAG_URL = "tag/{slug}/"
TAG_SAVE_AS = "tag/{slug}/index.html"
TAGS_SAVE_AS = "tag/index.html"
AUTHOR_URL = "author/{slug}/"
AUTHOR_SAVE_AS = "author/{slug}/index.html"
AUTHORS_SAVE_AS = "author/index.html"
ARCHIVES_URL = "archives/"
ARCHIVES_SAVE_AS = "archives/index.html"
YEAR_ARCHIVE_URL = "archives/{date:%Y}/"
YEAR_ARCHIVE_SAVE_AS = "archives/{date:%Y}/index.html"
DEFAULT_PAGINATION = 10
PAGINATION_PATTERNS = (
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
)
# Pelican also writes these as templates: they hold links, so they are pages of ours.
TEMPLATE_PAGES = {}
DIRECT_TEMPLATES = ["index", "categories", "tags", "authors", "archives", "404"]
DIRECT_TEMPLATES += ["style", "sitemap", "robots", "atom", "rss", "jsonfeed"]
DIRECT_TEMPLATES += ["webmanifest", "search"]
SEARCH_SAVE_AS = "search/index.html"
SEARCH_URL = "search/"
STYLE_SAVE_AS = "theme/style.css"
SITEMAP_SAVE_AS = "sitemap.xml"
ROBOTS_SAVE_AS = "robots.txt"
ATOM_SAVE_AS = "feeds/all.atom.xml"
RSS_SAVE_AS = "feeds/all.rss.xml"
JSONFEED_SAVE_AS = "feeds/all.json"
WEBMANIFEST_SAVE_AS = "site.webmanifest"

# --- feeds: templates of the theme (atom, rss, jsonfeed), all alike -----
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None

# --- text -----------------------------------------------------------------------------
MARKDOWN = {
    "extension_configs": {
        "markdown.extensions.extra": {},
        "markdown.extensions.meta": {},
        "markdown.extensions.smarty": {},
        "markdown.extensions.toc": {},
        "markdown.extensions.admonition": {},
        "markdown.extensions.sane_lists": {},  # 1. after - is a new list
        "markdown.extensions.codehilite": {
            "css_class": "highlight",
            "guess_lang": False,
            "linenums": False,
        },
        "pymdownx.tasklist": {},
        "pymdownx.tilde": {"subscript": False},  # "~20" means "about 20"
    },
    "output_format": "html5",
}
SUMMARY_MAX_LENGTH = 45
WITH_FUTURE_DATES = False
JINJA_ENVIRONMENT = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}

# --- the head of the page (docs/reference/settings.md has it all in one table) ------
SITELOGO = ""  # a picture in place of the name: "images/logo.svg"
FAVICON = ""  # "images/favicon.png"; empty: the theme's
ACCENT_COLOR = ""  # of links and charts: "#8a1c4a", or a pair for light and dark
DISPLAY_PAGES_ON_MENU = True  # a page's line "Menu: About" gives it another label
DISPLAY_CATEGORIES_ON_MENU = False
MENUITEMS = []  # more: [("About", "about/"), ("Shop", "https://shop.example.org")]

# --- the foot of the page, and what a page may load (see plugins/theme_support) ------
# Where else readers find you; with `stat`, the number of followers stands beside it:
# {"label": "Follow us", "page": "https://x.com/you", "stat": "x/account/you/followers"}
# {"label": "Like us on Facebook", "page": "https://www.facebook.com/you"}
FOLLOW = []
LINKS = []  # to others: [("Pelican", "https://getpelican.com")]
SOCIAL = []  # to you elsewhere: [("Mastodon", "https://mastodon.social/@you")]
SUBSCRIBE_TEXT = "Subscribe for opinions on social media and search advertising"
NEWSLETTER = ""  # {"service": "buttondown", "name": "you"}
ANALYTICS = ""  # {"service": "clicky", "site": "101"}; empty counts nobody
SEARCH = True  # pages may run Pagefind, which needs WebAssembly
POLICY_HASHES = []
# What pages may load besides: {"frame-src": ["https://www.openstreetmap.org"]}
POLICY_SOURCES = {}
