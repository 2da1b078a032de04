"""Yelp, Trustpilot, Google Play, the App Store and LinkedIn's page notifications on loopback."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.channels.api_server import Answer, ApiServer, Asked, Post, as_json


class YelpServer(ApiServer):
    """Three excerpts of one business; times are Pacific and say no zone."""

    def install(self) -> None:
        self.at("/v3/businesses/lumen/reviews", self.reviews)

    def reviews(self, asked: Asked, _query: dict[str, str]) -> Answer:
        if asked.headers.get("authorization") != "Bearer good-key":
            return as_json({"error": {"code": "TOKEN_INVALID", "description": "no"}}, status=400)
        found = self.corpus.newest_first()
        headers = {
            "RateLimit-DailyLimit": "300",
            "RateLimit-Remaining": "299",
            "RateLimit-ResetTime": "2026-11-22T00:00:00+00:00",
        }
        return as_json({"reviews": [yelp_review(post) for post in found], "total": len(found)}, headers=headers)


def yelp_review(post: Post) -> dict[str, Any]:
    """An excerpt."""
    there = post.at.astimezone(ZoneInfo("America/Los_Angeles"))
    return {
        "id": post.id, "url": f"https://www.yelp.com/biz/lumen?hrid={post.id}", "text": post.text, "rating": 4,
        "time_created": f"{there:%Y-%m-%d %H:%M:%S}", "user": {"id": f"u-{post.author}", "name": post.author},
    }  # fmt: skip


class TrustpilotServer(ApiServer):
    """Reviews by page number."""

    unit = "0123456789abcdef01234567"

    def install(self) -> None:
        self.page_size = 100
        self.at("/v1/business-units/find", self.find)
        self.at(f"/v1/business-units/{self.unit}/reviews", self.reviews)

    def find(self, asked: Asked, query: dict[str, str]) -> Answer:
        return as_json({"id": self.unit}) if query["name"] == "lumen.example" else as_json({}, status=404)

    def reviews(self, asked: Asked, query: dict[str, str]) -> Answer:
        if asked.headers.get("apikey") != "good-key":
            return as_json({"message": "Unauthorized"}, status=401)
        start = (int(query["page"]) - 1) * 100
        return as_json({"reviews": [trust_review(post) for post in self.corpus.newest_first()[start : start + 100]]})


def trust_review(post: Post) -> dict[str, Any]:
    """A review."""
    return {
        "id": post.id, "stars": 5, "title": "Bright", "text": post.text, "language": "en", "status": "active",
        "createdAt": f"{post.at:%Y-%m-%dT%H:%M:%S}Z", "consumer": {"id": f"u{post.author}", "displayName": post.author},
        **post.more,
    }  # fmt: skip


class PlayServer(ApiServer):
    """Google's login by a signed statement, and the reviews of one app."""

    def install(self) -> None:
        self.at("/token", self.log_in)
        self.at("/androidpublisher/v3/applications/com.example.lamp/reviews", self.reviews)

    @property
    def bases(self) -> dict[str, str]:
        return {"api": self.url("").rstrip("/"), "login": self.url("").rstrip("/")}

    def log_in(self, asked: Asked, _query: dict[str, str]) -> Answer:
        if b"assertion=ey" not in asked.body:
            return as_json({"error": "invalid_grant"}, status=400)
        return as_json({"access_token": "play-token", "expires_in": 3599})

    def reviews(self, asked: Asked, query: dict[str, str]) -> Answer:
        if asked.headers.get("authorization") != "Bearer play-token":
            return as_json({"error": {"code": 401}}, status=401)
        page, token = self.cut(self.corpus.newest_first(), query.get("token"))
        more = {"tokenPagination": {"nextPageToken": token}} if token else {}
        return as_json({"reviews": [play_review(post) for post in page], **more})


def play_review(post: Post) -> dict[str, Any]:
    """A review; seconds are a string."""
    said = {
        "text": f"\t{post.text}", "starRating": 2, "reviewerLanguage": "de", "thumbsUpCount": 3,
        "lastModified": {"seconds": str(int(post.at.timestamp())), "nanos": 5},
    }  # fmt: skip
    return {"reviewId": post.id, "authorName": post.author, "comments": [{"userComment": said}]}


class AppStoreServer(ApiServer):
    """App Store Connect with a cursor in a link, and the public feed of one country."""

    def install(self) -> None:
        self.at("/v1/apps/77/customerReviews", self.connect)
        for post in self.corpus.posts:
            self.at(f"/v1/customerReviews/{post.id}", self.one(post.id))
        for page in range(1, 11):
            self.at(f"/us/rss/customerreviews/page={page}/id=77/sortby=mostrecent/json", self.feed(page))

    @property
    def bases(self) -> dict[str, str]:
        return {"api": self.url("").rstrip("/"), "feed": self.url("").rstrip("/")}

    def connect(self, asked: Asked, query: dict[str, str]) -> Answer:
        if asked.headers.get("authorization", "").count(".") != 2:
            return as_json({"errors": [{"status": "401"}]}, status=401)
        page, token = self.cut(self.corpus.newest_first(), query.get("cursor"))
        links = {"self": "x", **({"next": f"https://api.example/v1/x?cursor={token}&limit=200"} if token else {})}
        return as_json({"data": [connect_review(post) for post in page], "links": links})

    def one(self, review_id: str) -> Any:
        def review(_asked: Asked, _query: dict[str, str]) -> Answer:
            found = self.corpus.by_id([review_id])
            if not found:
                return as_json({"errors": [{"status": "404", "code": "NOT_FOUND"}]}, status=404)
            return as_json({"data": connect_review(found[0])})

        return review

    def feed(self, number: int) -> Any:
        def page(_asked: Asked, _query: dict[str, str]) -> Answer:
            found = self.corpus.newest_first()[(number - 1) * 2 : number * 2]
            entries: Any = [feed_entry(post) for post in found]
            # One entry stands alone, none leaves the part out.
            if len(entries) < 2:
                return as_json({"feed": {"entry": entries[0]} if entries else {}})
            return as_json({"feed": {"entry": [{"im:name": {"label": "The app itself"}}, *entries]}})

        return page


def connect_review(post: Post) -> dict[str, Any]:
    """A review as App Store Connect shows it, with the offset of Cupertino."""
    there = post.at.astimezone(ZoneInfo("America/Los_Angeles"))
    said = {
        "rating": 1,
        "title": "Dark",
        "body": post.text,
        "reviewerNickname": post.author,
        "createdDate": there.isoformat(),
    }
    return {"type": "customerReviews", "id": post.id, "attributes": said}


def feed_entry(post: Post) -> dict[str, Any]:
    """A review as the public feed shows it."""
    return {
        "id": {"label": post.id}, "title": {"label": "Dark"}, "content": {"label": post.text},
        "im:rating": {"label": "1"}, "im:voteSum": {"label": "0"}, "updated": {"label": post.at.isoformat()},
        "author": {"name": {"label": post.author}, "uri": {"label": "https://itunes.apple.com/us/reviews/id5"}},
        "link": {"attributes": {"rel": "related", "href": "https://itunes.apple.com/us/review?id=77"}},
    }  # fmt: skip


class LinkedInServer(ApiServer):
    """Notifications of one page, newest first, by start and count."""

    def install(self) -> None:
        self.at("/rest/organizationalEntityNotifications", self.notifications)

    def notifications(self, asked: Asked, query: dict[str, str]) -> Answer:
        if asked.headers.get("authorization") != "Bearer good" or not asked.headers.get("linkedin-version"):
            return as_json({"message": "no", "status": 401}, status=401)
        start, size = int(query["start"]), int(query["count"])
        found = self.corpus.newest_first()[start : start + size]
        return as_json({"elements": [notification(post) for post in found], "paging": {"start": start, "count": size}})


def notification(post: Post) -> dict[str, Any]:
    """A comment on the page's post."""
    return {
        "notificationId": int(post.id), "action": "COMMENT", "organizationalEntity": "urn:li:organization:9",
        "sourcePost": "urn:li:share:1", "generatedActivity": f"urn:li:comment:(urn:li:activity:1,{post.id})",
        "lastModifiedAt": int((post.at + timedelta(milliseconds=7)).timestamp() * 1000),
        "decoratedGeneratedActivity": {"comment": {
            "entity": f"urn:li:comment:(urn:li:activity:1,{post.id})", "owner": f"urn:li:person:{post.author}",
            "text": post.text, "mediaCategory": "NONE"}}, **post.more,
    }  # fmt: skip
