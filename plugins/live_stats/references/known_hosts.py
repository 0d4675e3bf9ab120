"""Well-known hosts that are no server of the fediverse, whatever their URLs look like.

`/@name`, `/c/name`, `/tags/word` and `/post/1` are addresses of Mastodon, Lemmy and
their kin on any host, and of others on theirs: a count that nobody gives would be
published as "on Mastodon". The list is of hosts whose addresses people paste; a name
stands for all that ends with it.
"""

import re

PLATFORM_HOSTS = {
    "x": "x.com twitter.com t.co",
    "bluesky": "bsky.app bsky.social",
    "threads": "threads.net threads.com",
    "instagram": "instagram.com instagr.am",
    "facebook": "facebook.com fb.com fb.me fb.watch messenger.com",
    "youtube": "youtube.com youtu.be youtube-nocookie.com",
    "reddit": "reddit.com redd.it",
    "tumblr": "tumblr.com",
    "flickr": "flickr.com flic.kr",
    "vimeo": "vimeo.com",
    "dailymotion": "dailymotion.com dai.ly",
    "telegram": "t.me telegram.me telegram.org",
    "wikipedia": "wikipedia.org",
    "hackernews": "ycombinator.com",
    "stackexchange": "stackexchange.com stackoverflow.com superuser.com "
    "serverfault.com askubuntu.com mathoverflow.net stackapps.com",
    "github": "github.com",
    "devto": "dev.to",
    "tiktok": "tiktok.com",
    "linkedin": "linkedin.com lnkd.in",
    "pinterest": "pinterest.* pin.it",
    "googletrends": "trends.google.*",
    "buttondown": "buttondown.com buttondown.email",
}
"""The hosts of platforms that have a provider, by its name."""

LANGUAGE_HOSTS = "reddit facebook linkedin pinterest tiktok instagram youtube".split()
"""Platforms that put a language or country before their host: de.linkedin.com."""

NAMED_HOSTS = "tumblr wikipedia stackexchange".split()
"""Platforms whose hosts begin with a name that counts: new.wikipedia.org is Newari."""

SERVERS = {
    "misskey": "misskey.io misskey.design misskey.art misskey.cloud nijimiss.moe",
    "lemmy": "lemmy.world lemmy.ml lemm.ee sh.itjust.works beehaw.org feddit.org",
    "peertube": "sepiasearch.org framatube.org tilvids.com makertube.net",
    "pixelfed": "pixelfed.social pixelfed.de pixey.org gram.social metapixl.com",
}
"""Well-known servers of the fediverse that are none of Mastodon's kind."""

SHORTENERS = """
t.co fb.me lnkd.in pin.it redd.it flic.kr youtu.be dai.ly vm.tiktok.com vt.tiktok.com
bit.ly bitly.com tinyurl.com ow.ly buff.ly is.gd goo.gl dlvr.it shorturl.at rb.gy
cutt.ly rebrand.ly t.ly spoti.fi amzn.to apple.co instagr.am fb.watch on.soundcloud.com
"""
"""Hosts of short addresses, which do not say what they lead to."""

OTHER_HOSTS = """
1x.com 500px.com 9gag.com about.me academia.edu afreecatv.com allrecipes.com
alltrails.com amazon.* ameblo.jp amzn.to anchor.fm anilist.co apple.co apple.com
archive.org archive.ph archive.today archiveofourown.org artstation.com arxiv.org ask.fm
audiomack.com baidu.com bandcamp.com bandlab.com bandsintown.com bbc.co.uk bbc.com
beacons.ai beatport.com beehiiv.com behance.net bere.al bigo.tv bilibili.com bio.link
bit.ly bitbucket.org bitchute.com bitly.com blogger.com blogspot.* bookwyrm.social
boosty.to buff.ly buymeacoffee.com buzzfeed.com calendly.com campsite.bio carrd.co
cash.app castbox.fm change.org chess.com chzzk.naver.com clubhouse.com cnn.com
codeberg.org codepen.io codesandbox.io cohost.org cookpad.com coub.com crates.io cutt.ly
damus.io daum.net dazn.com dcard.tw deezer.com deno.land deviantart.com digg.com
discogs.com discord.com discord.gg disqus.com dlive.tv dlvr.it docker.com douban.com
douyin.com dreamwidth.org dribbble.com duolingo.com dzen.ru ebay.* ecency.com ello.co
espn.com etsy.com eventbrite.* fanbox.cc fandom.com fanfiction.net fansly.com fantia.jp
farcaster.xyz fark.com feedly.com figma.com flipboard.com forbes.com foundation.app
foursquare.com freecodecamp.org gab.com genius.com gettr.com giphy.com gitee.com
github.io githubusercontent.com gitlab.com glassdoor.* glitch.com gofundme.com goo.gl
goodreads.com google.* gravatar.com gumroad.com hackaday.io hackernoon.com
hackerrank.com hackster.io hashnode.com hashnode.dev hatena.ne.jp hey.xyz hive.blog
houzz.* huffpost.com huggingface.co imdb.com imgur.com indeed.* indiegogo.com
indiehackers.com instructables.com iris.to is.gd issuu.com itch.io jsdelivr.com
jsfiddle.net jsr.io kaggle.com kakao.com keybase.io kick.com kickstarter.com kitsu.app
kitsu.io ko-fi.com komoot.com kooapp.com kwai.com last.fm leetcode.com lego.com
lemon8-app.com letterboxd.com liberapay.com librarything.com lichess.org likee.video
line.me linktr.ee livejournal.com lnk.bio lobste.rs locals.com lomography.com lu.ma
mailchi.mp medium.com meetup.com metafilter.com mewe.com micro.blog microsoft.com
minds.com mirror.xyz mixcloud.com mixi.jp mobilizon.fr musescore.com myanimelist.net
myspace.com naver.com newgrounds.com nextdoor.com ngl.link nicovideo.jp nimo.tv njump.me
note.com notion.site notion.so nuget.org nytimes.com observablehq.com
odnoklassniki.ru odysee.com ok.ru onlyfans.com opencollective.com opensea.io
openstreetmap.org orcid.org ow.ly packagist.org paragraph.com paragraph.xyz parler.com
pastebin.com patreon.com paypal.com paypal.me peakd.com pexels.com pillowfort.social
pixiv.net plurk.com podbean.com polywork.com poshmark.com post.news primal.net
printables.com producthunt.com qq.com quora.com ra.co rarible.com
rateyourmusic.com ravelry.com rb.gy read.cv rebrand.ly replit.com researchgate.net
residentadvisor.net reverbnation.com rubygems.org rumble.com rutube.ru scratch.mit.edu
scribd.com sharechat.com shazam.com shorturl.at signal.org sketchfab.com skyrock.com
slack.com slashdot.org slideshare.net smule.com snapchat.com snort.social songkick.com
sooplive.co.kr soundcloud.com sourceforge.net spoti.fi spotify.com spoutible.com
squarespace.com stackblitz.com steamcommunity.com steemit.com stocktwits.com strava.com
streamable.com substack.com t.ly tapas.io taringa.net telegra.ph tellonym.me
theguardian.com thestorygraph.com thingiverse.com threadreaderapp.com tidal.com
tinder.com tinyurl.com tistory.com trakt.tv trello.com triller.co tripadvisor.*
trovo.live trustpilot.com truthsocial.com twitch.tv unpkg.com unsplash.com untappd.com
val.town venmo.com veoh.com vero.co vevo.com viber.com vine.co vivino.com vk.com vk.ru
vsco.co warpcast.com washingtonpost.com wattpad.com webtoons.com wechat.com
weheartit.com weibo.cn weibo.com weverse.io whatsapp.com wikidata.org wikihow.com
wikimedia.org wixsite.com wordpress.com wordpress.org xiaohongshu.com xing.com yahoo.*
yandex.* yelp.* zalo.me zenodo.org zhihu.com zora.co
"""
"""Hosts of services that nobody here can ask."""


def _pattern(names: str) -> re.Pattern[str]:
    """A name with `.*` stands for its countries too: pinterest.de, google.co.uk."""
    listed = "|".join(
        re.escape(name).replace(r"\.\*", r"(\.com?)?(\.[a-z]{2,3})?")
        for name in names.split()
    )
    return re.compile(rf"(?:.*\.)?(?:{listed})")


_SHORTENERS = _pattern(SHORTENERS)
_PLATFORM_PATTERNS = {name: _pattern(hosts) for name, hosts in PLATFORM_HOSTS.items()}
_OTHER_PATTERN = _pattern(OTHER_HOSTS)


def host_name(host: str) -> str:
    """A host without user, port and path: www.example.org."""
    name = host.rpartition("@")[2].partition("/")[0].partition(":")[0]
    return name.rstrip(".").lower()


def platform_of_host(host: str) -> str | None:
    """The platform that a host belongs to; empty for a service without provider.

    None for an unknown host: it may be a server of the fediverse.
    """
    name = host_name(host)
    for platform, pattern in _PLATFORM_PATTERNS.items():
        if pattern.fullmatch(name):
            return platform
    return "" if _OTHER_PATTERN.fullmatch(name) else None


def service_called(name: str) -> str:
    """The host of a service without provider that goes by a name: twitch.tv.

    Empty if there is none.
    """
    known = (host.removesuffix(".*") for host in OTHER_HOSTS.split())
    return next((host for host in known if host.split(".")[0] == name.lower()), "")


def is_shortener(host: str) -> bool:
    """Whether addresses on a host only lead to others."""
    return _SHORTENERS.fullmatch(host_name(host)) is not None


def software_of_server(host: str) -> str:
    """The platform that a well-known server of the fediverse runs; empty if unknown."""
    name = host_name(host)
    return next((one for one, hosts in SERVERS.items() if name in hosts.split()), "")
