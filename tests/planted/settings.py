"""Mistakes in settings files: names, kinds of values, Python that does not run."""

from planted import Case, Fine
from support.site_folder import SETTINGS

LINE = SETTINGS.count("\n") + 2
"""The first line that a case adds to the settings file."""


def wrong(name, settings, mended, *says, line=LINE, **more):
    """A mistake in one line of the settings, and that line mended."""
    return Case(
        name=name,
        settings=settings,
        mended_settings=mended,
        at=f"conf.py:{line}",
        says=says,
        **more,
    )


CASES = [
    wrong(
        "an unknown place in an address",
        'ARTICLE_URL = "{slg}/"',
        'ARTICLE_URL = "posts/{slug}/"',
        "ARTICLE_URL has {slg} in it",
        "write {slug}",
    ),
    wrong(
        "a folder is misspelt",
        'STATIC_PATHS = ["imags"]',
        'STATIC_PATHS = ["images"]',
        'STATIC_PATHS has "imags" in it',
        'write "images"',
        files={"content/images/a.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>"},
    ),
    wrong(
        "letters of a setting in another order",
        'SITENMAE = "My blog"',
        'SITENAME = "My blog"',
        "SITENMAE is no setting",
        'did you mean "SITENAME"?',
    ),
    wrong(
        "a letter of a setting is missing",
        "DEFAULT_PAGINATON = 5",
        "DEFAULT_PAGINATION = 5",
        'did you mean "DEFAULT_PAGINATION"?',
    ),
    wrong(
        "a setting of live_stats is misspelt",
        'LIVE_STATS_PLATFROMS = ["mastodon"]',
        'LIVE_STATS_PLATFORMS = ["mastodon"]',
        'did you mean "LIVE_STATS_PLATFORMS"?',
    ),
    wrong(
        "a setting of the theme is misspelt",
        'MENUITEM = [("About", "about/")]',
        'MENUITEMS = [("About", "/archives/")]',
        'did you mean "MENUITEMS"?',
    ),
    wrong(
        "a setting in small letters",
        'sitename = "My blog"',
        'SITENAME = "My blog"',
        "those have capitals only",
        "write SITENAME",
    ),
    wrong(
        "a list that is a text",
        'ARTICLE_PATHS = "posts"',
        'ARTICLE_PATHS = ["posts"]',
        "ARTICLE_PATHS is 'posts'",
        'write ARTICLE_PATHS = ["posts"]',
    ),
    wrong(
        "no list at all",
        "STATIC_PATHS = None",
        "STATIC_PATHS = []",
        "STATIC_PATHS is None",
    ),
    wrong(
        "a number that is a text",
        'DEFAULT_PAGINATION = "10"',
        "DEFAULT_PAGINATION = 10",
        "write DEFAULT_PAGINATION = 10",
    ),
    wrong(
        "a switch that is a text",
        'WITH_FUTURE_DATES = "False"',
        "WITH_FUTURE_DATES = False",
        "every text counts as yes",
    ),
    wrong(
        "a dictionary that is a list",
        'MARKDOWN = ["extra"]',
        "MARKDOWN = {'extension_configs': {'markdown.extensions.extra': {}}}",
        "a dictionary is wanted",
    ),
    wrong(
        "a plugin that there is not",
        'PLUGINS = ["incremental", "theme_suport", "live_stats"]',
        'PLUGINS = ["incremental", "theme_support", "live_stats"]',
        'PLUGINS names "theme_suport"',
        'did you mean "theme_support"?',
    ),
    wrong(
        "a time zone misspelt",
        'TIMEZONE = "Europe/Berln"',
        'TIMEZONE = "Europe/Berlin"',
        'did you mean "Europe/Berlin"?',
    ),
    wrong(
        "a city for a time zone",
        'TIMEZONE = "New York"',
        'TIMEZONE = "America/New_York"',
        'did you mean "America/New_York"?',
    ),
    wrong(
        "a language by its name",
        'DEFAULT_LANG = "English"',
        'DEFAULT_LANG = "en"',
        "there is no such language",
        'did you mean "en"?',
    ),
    wrong(
        "a language with an underscore",
        'DEFAULT_LANG = "en_GB"',
        'DEFAULT_LANG = "en-GB"',
        'write "en-GB"',
    ),
    wrong(
        "a theme that there is not",
        'THEME = "them"',
        'THEME = "theme"',
        'THEME is "them"',
        'did you mean "theme"?',
    ),
    wrong(
        "a folder of content that there is not",
        'PATH = "contents"',
        'PATH = "content"',
        'did you mean "content"?',
    ),
    wrong(
        "a menu of texts",
        'MENUITEMS = ["About"]',
        'MENUITEMS = [("About", "https://a.example/")]',
        "no label with its address",
    ),
    wrong(
        "a menu that leads to nothing",
        'MENUITEMS = [("About", "/about-us/")]',
        'MENUITEMS = [("About", "/archives/"), ("Data", "data/observations.csv")]',
        'MENUITEMS has "About"',
        "/about-us/ leads to nothing",
    ),
    wrong(
        "a logo from elsewhere",
        'SITELOGO = "https://a.example/logo.svg"',
        'SITELOGO = "theme/favicon.svg"',
        "pages load no picture from elsewhere",
    ),
    wrong(
        "an icon that there is not",
        'FAVICON = "images/icon.png"',
        'FAVICON = ""',
        "the site has no such file",
        "put it into content/images/",
    ),
    wrong(
        "an accent that nobody can read",
        'ACCENT_COLOR = "#fc0"',
        'ACCENT_COLOR = "#856a00"',
        "a contrast of 1.3:1; links need 4.5:1",
        '"#856a00" has it',
    ),
    wrong(
        "an accent that nobody can read in the dark",
        'ACCENT_COLOR = ("#003366", "#003366")',
        'ACCENT_COLOR = ("#003366", "#6b89a6")',
        "on dark pages",
        '"#6b89a6" has it',
    ),
    wrong(
        "an accent by a name",
        'ACCENT_COLOR = "red"',
        'ACCENT_COLOR = "#c00"',
        "'red' is no colour such as #8a1c4a",
    ),
    wrong(
        "a way to follow without its page",
        'FOLLOW = [{"label": "Follow us"}]',
        'FOLLOW = [{"label": "Follow us", "page": "https://x.com/you"}]',
        "no label or no page",
    ),
    wrong(
        "an open bracket",
        'FOLLOW = [{"label": "Follow us"',
        "FOLLOW = []",
        "was never closed",
    ),
    wrong(
        "a word that Python does not know",
        "\nRELATIVE_URLS = true",
        "\nRELATIVE_URLS = True",
        "name 'true' is not defined",
        line=LINE + 1,
    ),
    wrong(
        "a file beside the settings that there is not",
        "from secret_settings import *",
        "",
        "No module named 'secret_settings'",
    ),
    wrong(
        "a contact that is no address",
        'LIVE_STATS_CONTACT = "me"',
        'LIVE_STATS_CONTACT = "me@a.example"',
        "write an e-mail address or a web address",
    ),
    wrong(
        "a service that there is not",
        'ANALYTICS = {"service": "clickey", "site": "101"}',
        'ANALYTICS = {"service": "clicky", "site": "101"}',
        'did you mean "clicky"?',
    ),
    Case(
        name="an error in a file that the settings import",
        files={"more.py": '"""More settings."""\n\nSITENAME = names["blog"]\n'},
        settings="from more import *",
        at="more.py:3",
        says=("name 'names' is not defined",),
        mended={"more.py": 'SITENAME = "Blog"\n'},
        mended_settings="from more import *",
    ),
    Case(
        name="a misspelt setting in a file that the settings import",
        files={"others.py": "# Others\nSITE_NAME = 'Blog'\n"},
        settings="from others import *",
        at="others.py:2",
        says=('did you mean "SITENAME"?',),
        mended={"others.py": "SITENAME = 'Blog'\n"},
        mended_settings="from others import *",
    ),
    Case(
        name="a misspelt key for a platform",
        files={".env": "# Keys\n\nBLUESKY_HANDEL=me.example\n"},
        at=".env:3",
        says=("nothing reads BLUESKY_HANDEL", 'did you mean "BLUESKY_HANDLE"?'),
        mended={".env": "BLUESKY_HANDLE=me.example\n"},
        alone=True,
    ),
    Case(
        name="an address of the site where keys are",
        files={".env": "SITE_ADDRESS=https://blog.example.org\n"},
        at=".env:1",
        says=("settings are not read from here", "write it into publishconf.py"),
        mended={".env": "# Keys\n"},
        alone=True,
    ),
    Case(
        name="a line of .env without =",
        files={".env": "BLUESKY_HANDLE: me.example\n"},
        at=".env:1",
        says=("this line cannot be read", "write NAME=value"),
        mended={".env": "BLUESKY_HANDLE=me.example\n"},
        alone=True,
    ),
]

FINE = [
    Fine(
        name="settings of one's own, and of other themes",
        files={},
        settings="\n".join(
            [
                'MY_OWN_SETTING = {"a": 1}',
                "ARTICLE_FOLDERS = ['posts']",
                "ARTICLE_PATHS = ARTICLE_FOLDERS",
                "NAMES = ['a']  # near no other",
                "TAGS_URL = 'tag/'",
                "SHOW_READING_TIME = True",
                "GITHUB_URL = 'https://github.com/you'",
                "LOCALE = 'C.UTF-8'",
                "SUMMARY_MAX_LENGTH = None",
                "AUTHOR_FEED_RSS = None",
                "DEFAULT_LANG = 'en-GB'",
            ]
        ),
    ),
    Fine(
        name="a name that a template of the theme reads",
        files={"theme/templates/partials/own.html": "{{ AUTHORS }}"},
        settings="AUTHORS = ['You']",
    ),
    Fine(
        name="variables of other programs",
        files={".env": "# Mine\nexport OTHER_PROGRAM=1\n\nX_BEARER_TOKEN='a b'\n"},
        alone=True,
    ),
]
