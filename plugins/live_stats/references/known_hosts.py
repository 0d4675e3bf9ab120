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

OTHER_HOSTS = """
500px.com 9gag.com about.me amazon.* ameblo.jp anchor.fm apple.com archiveofourown.org
artstation.com audiomack.com baidu.com bandcamp.com beehiiv.com behance.net bilibili.com
bitbucket.org bitchute.com blogger.com blogspot.* buymeacoffee.com castbox.fm change.org
clubhouse.com codeberg.org codepen.io cohost.org dcard.tw deviantart.com discogs.com
discord.com discord.gg disqus.com dlive.tv douban.com douyin.com dribbble.com dzen.ru
ebay.* ecency.com etsy.com eventbrite.* fandom.com farcaster.xyz feedly.com figma.com
flipboard.com foundation.app foursquare.com gab.com genius.com gettr.com giphy.com
gitee.com gitlab.com glitch.com gofundme.com goodreads.com google.* gravatar.com
hackernoon.com hashnode.com hashnode.dev hatena.ne.jp hey.xyz hive.blog houzz.*
huggingface.co imdb.com imgur.com indiegogo.com indiehackers.com instructables.com
issuu.com itch.io kaggle.com kakao.com kick.com kickstarter.com ko-fi.com last.fm
letterboxd.com likee.video line.me linktr.ee livejournal.com lobste.rs locals.com
mailchi.mp medium.com meetup.com mewe.com microsoft.com minds.com mirror.xyz
mixcloud.com mixi.jp myspace.com naver.com newgrounds.com nextdoor.com nicovideo.jp
note.com notion.site notion.so observablehq.com odnoklassniki.ru odysee.com
ok.ru opencollective.com opensea.io paragraph.com paragraph.xyz parler.com patreon.com
peakd.com pexels.com pixiv.net plurk.com podbean.com poshmark.com post.news primal.net
producthunt.com qq.com quora.com rarible.com ravelry.com replit.com
researchgate.net rumble.com rutube.ru scratch.mit.edu scribd.com skyrock.com slack.com
slashdot.org slideshare.net snapchat.com soundcloud.com sourceforge.net spotify.com
spoutible.com squarespace.com steamcommunity.com steemit.com stocktwits.com strava.com
substack.com taringa.net triller.co tripadvisor.* trovo.live truthsocial.com twitch.tv
unsplash.com vero.co viber.com vine.co vk.com vk.ru vsco.co warpcast.com wattpad.com
weheartit.com weibo.cn weibo.com weverse.io whatsapp.com wikidata.org wikihow.com
wikimedia.org wixsite.com wordpress.com wordpress.org xiaohongshu.com xing.com yahoo.*
yandex.* yelp.* zhihu.com zora.co
"""
"""Hosts of services that nobody here can ask."""


def _pattern(names: str) -> re.Pattern[str]:
    """A name with `.*` stands for its countries too: pinterest.de, google.co.uk."""
    listed = "|".join(
        re.escape(name).replace(r"\.\*", r"(\.com?)?(\.[a-z]{2,3})?")
        for name in names.split()
    )
    return re.compile(rf"(?:.*\.)?(?:{listed})")


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
