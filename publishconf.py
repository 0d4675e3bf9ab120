"""What differs in production: `make publish` uses this file.

Set SITE_ADDRESS to where the site will stand; feeds, the sitemap and canonical links
need it. Everything else links relatively and works anywhere.
"""

import os
import sys
from urllib.parse import urlsplit

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from pelicanconf import *  # noqa: E402, F403

SITE_ADDRESS = os.environ.get("SITE_ADDRESS", "https://blog.example").rstrip("/")
SITE_PATH = urlsplit(SITE_ADDRESS).path + "/"
SITEURL = FEED_DOMAIN = SITE_ADDRESS
