"""What each channel calls itself."""

_NAMES = {
    "app-store": "App Store",
    "bluesky": "Bluesky",
    "discourse": "Discourse",
    "github": "GitHub",
    "google-play": "Google Play",
    "hackernews": "Hacker News",
    "instagram": "Instagram",
    "linkedin": "LinkedIn",
    "mail": "Alert mail",
    "mastodon": "Mastodon",
    "reddit": "Reddit",
    "rss": "RSS",
    "stackexchange": "Stack Exchange",
    "stocktwits": "StockTwits",
    "tiktok": "TikTok",
    "x": "X",
    "youtube": "YouTube",
}

# What its people write under; where their words are shown, its name stands beside them with who wrote them and where.
_LICENCES = {"stackexchange": "CC BY-SA"}


def channel_name(channel: str) -> str:
    """A channel as it writes itself; one that is not known by its key with a capital, short ones as initials."""
    words = channel.replace("_", " ")
    return _NAMES.get(channel) or (words.upper() if len(words) <= 3 else words[:1].upper() + words[1:])


def credited(channel: str) -> str:
    """The same with the licence that its people write under, as it stands beside their words."""
    licence = _LICENCES.get(channel)
    return f"{channel_name(channel)}, {licence}" if licence else channel_name(channel)
