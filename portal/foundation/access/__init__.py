"""The one door to every view, the one rule of what a request may change, and what readers share."""

from portal.foundation.access.cookies import Cookies, is_own_token
from portal.foundation.access.door import (
    PAGE_POLICY,
    UnguardedView,
    actor,
    after_commit,
    allow,
    anyone,
    install,
    install_limits,
    limited,
    limiter,
    needs_sign_in,
    reader_languages,
    reader_zone,
    reads_only,
    refuse_unguarded_views,
    visitor,
)
from portal.foundation.access.fragments import (
    csrf_token,
    draw_template,
    drawn,
    drawn_page,
    fresh_key,
    own,
    reader_number,
    reader_of_page,
)
from portal.foundation.access.keys import row_key, time_key, time_key_of
from portal.foundation.access.refusals import refusals_flashed, refusals_on
from portal.foundation.database.revisions import NotForSharing

__all__ = [
    "PAGE_POLICY", "Cookies", "NotForSharing", "UnguardedView", "actor", "after_commit", "allow", "anyone",
    "csrf_token", "draw_template", "drawn", "drawn_page", "fresh_key", "install", "install_limits", "is_own_token",
    "limited", "limiter", "needs_sign_in", "own", "reader_languages", "reader_number", "reader_of_page",
    "reader_zone", "reads_only", "refusals_flashed", "refusals_on", "refuse_unguarded_views", "row_key", "time_key",
    "time_key_of", "visitor",
]  # fmt: skip
