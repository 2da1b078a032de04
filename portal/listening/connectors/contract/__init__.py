"""What every channel's connector offers, and the words in which it reports back; no database, no Flask.

A channel is one file `connectors/<channel>.py` (a folder when it grows), with one class and one pure function:

    class HackerNews(Connector):
        key = "hackernews"                       # also MentionDraft.channel
        caps = Caps(channel_name="Hacker News", base_urls={"api": "https://…"}, retention_days="while-live",
                    deletion_signal="refresh-miss", matching="native", recheck_days=30)
        fields = (Field("words", "Words to search for", required=False), Field("token", "Token", secret=True))

        def check(self, ctx): …                  # one cheap call; CheckResult says what is missing
        def poll(self, ctx, state, budget): …    # ONE page; PollResult(items, state, more=True) while there is more
        def unwrap(self, document): …            # the raw items in one recorded or received JSON document
        def normalise(self, raw, ctx): …         # pure: MentionDraft, Change or Deletion; raises Contract
                                                 # (unknown shape) or LeftOut (private, or asks not to be found)

and one line in `connectors/__init__.py`. The rest is done for it:

* The form of the Sources page is drawn from `fields`. Values arrive as `ctx.config` (all strings, a flag is "yes"
  or ""), those of secret fields as `ctx.credentials`; they are stored encrypted and never shown again.
* `wire.call(ctx, url, params=…, headers=…)` is the way out. It goes through the guarded fetcher, counts the call
  for "62 of 100 calls today", and raises AuthFailed, RateLimited, Gone, Transient… by status and by the back-off
  headers; `wire.call_json` also reads the JSON. A call of 404 or 400 that means something else to the channel:
  `wire.call(ctx, …, accept={404})` hands it back. Money: `ctx.meter.pay(micros)` BEFORE the call; it raises
  QuotaGone when the cap is reached (the cap is the source's field "cap", in whole money, see Caps.is_metered).
* A page and its state are stored in one transaction, so a walk that is killed goes on from its last page.
  `walking.py` has the newest-first walk (pin, high, overlap, seen) for channels that page by token or by time.
* Words to search for: `ctx.words` (the source's own field "words", else the terms of all trackers).
* Every item is matched by the trackers afterwards. A known item whose words changed is changed here and read again.
* Addresses: `ctx.base("api")` is caps.base_urls["api"] unless the setting CHANNEL_ADDRESSES names another, which
  is how a test points a channel at its loopback server.
* Push: `greet` answers the handshake (GET), `accept` checks the signature over the raw bytes (POST, no network, no
  database; raises PushRefused), and `unpack` gives the raw items later, in the worker. Both come to
  `ctx.callback`, which holds a secret of the source's own. Caps.modes then has "webhook".
* Streams: `poll` may itself listen for at most `ctx.listen_s` seconds and hand out what came with its cursor.
* Deletions: `refresh(ctx, ids)` says of up to caps.refresh_batch ids which are gone (Deletion) or changed
  (Change); ids it does not return are fine. One miss is asked again; `certain=True` blanks at once. `lookups.told`
  and `lookups.each` keep one strange item from hiding the others; `ctx.urls` says where each of them stood.
* Profiles: `profiles(ctx, ids)` gives accounts as AuthorDraft (followers, bio), caps.profile_batch at once. It is
  asked only for people whose first score is worth it, and again after thirty days.
* Drafts need no `keep_until` where retention_days says it all.
"""

from portal.listening.connectors.contract.caps import (
    Caps,
    DeletionSignal,
    Field,
    Matching,
    Mode,
    UndeclaredRules,
    check_caps,
)
from portal.listening.connectors.contract.connector import Connector
from portal.listening.connectors.contract.context import Budget, Context, Meter
from portal.listening.connectors.contract.errors import (
    AuthFailed,
    BadQuery,
    ConnectorError,
    Contract,
    Gone,
    LeftOut,
    PushRefused,
    QuotaGone,
    RateLimited,
    Transient,
)
from portal.listening.connectors.contract.results import (
    Accepted,
    Change,
    CheckResult,
    Deletion,
    Greeting,
    Heard,
    PollResult,
    Push,
    Quota,
    Raw,
)

__all__ = [
    "Accepted",
    "AuthFailed",
    "BadQuery",
    "Budget",
    "Caps",
    "Change",
    "CheckResult",
    "Connector",
    "ConnectorError",
    "Context",
    "Contract",
    "Deletion",
    "DeletionSignal",
    "Field",
    "Gone",
    "Greeting",
    "Heard",
    "LeftOut",
    "Matching",
    "Meter",
    "Mode",
    "PollResult",
    "Push",
    "PushRefused",
    "Quota",
    "QuotaGone",
    "RateLimited",
    "Raw",
    "Transient",
    "UndeclaredRules",
    "check_caps",
]
