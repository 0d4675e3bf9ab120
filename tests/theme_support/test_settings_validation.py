"""What an operator can write wrong in the settings of this plugin."""

import pytest
from test_theme_support import CLICKY, OWN, UUID

from pelican.plugins.theme_support.errors import SettingErrors
from pelican.plugins.theme_support.settings import ThemeSettings

WRONG = [
    ("ANALYTICS", "clicky", "write \"\" for off"),
    ("ANALYTICS", {"site": "1"}, "names no service; write {"),
    ("ANALYTICS", {"service": "cliky"}, 'did you mean "clicky"? known: clicky, '),
    ("ANALYTICS", {"service": "clicky"}, 'has no "site" for clicky; write "site"'),
    ("ANALYTICS", {"service": "clicky", "site": "x1"}, "'x1', which is no site of"),
    ("ANALYTICS", {**CLICKY, "sitte": 1}, '"sitte", which clicky does not use; did'),
    ("ANALYTICS", {**CLICKY, "server": OWN}, "known: service, site, page"),
    ("ANALYTICS", {"service": "matomo", "site": 1}, 'no "server" for matomo; write'),
    (
        "ANALYTICS",
        {"service": "matomo", "site": 1, "server": "http://stats.example.org"},
        "no https address; write",
    ),
    (
        "ANALYTICS",
        {"service": "umami", "site": UUID, "server": "https://a.example; script-src *"},
        "no https address; write",
    ),
    ("ANALYTICS", {"service": "goatcounter", "site": "a", "server": OWN}, "; leave"),
    ("NEWSLETTER", {"service": "buttondown"}, 'no "name" for buttondown; write'),
    ("NEWSLETTER", {"service": "mailchimp", "action": OWN}, "no form of mailchimp; co"),
    ("SEARCH", "yes", "SEARCH is 'yes'; write True or False"),
    ("POLICY_HASHES", ["'unsafe-inline'"], "which is no hash; write"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value", "words"), WRONG)
def test_a_wrong_setting_says_what_is_wrong_and_how_to_mend_it(name, value, words):
    """Each is one line: the file, the setting, the fault, what to write."""
    with pytest.raises(SettingErrors) as raised:
        ThemeSettings.read({name: value})

    line = str(raised.value)
    assert line.startswith(f"pelicanconf.py: {name} ") and "\n" not in line
    assert words in line


def test_all_wrong_settings_are_said_at_once():
    """Whoever mends one need not build again to learn of the next."""
    with pytest.raises(SettingErrors) as raised:
        ThemeSettings.read({"ANALYTICS": "x", "NEWSLETTER": "y", "SEARCH": 1})

    assert len(str(raised.value).splitlines()) == 3
