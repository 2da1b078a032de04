"""The one door to every view, the one rule of what a request may change, and what readers share."""

from portal.foundation.access.cookies import HOLE, Cookies, csrf_token
from portal.foundation.access.door import (
    PAGE_POLICY,
    NotForSharing,
    UnguardedView,
    actor,
    after_commit,
    allow,
    anyone,
    install,
    install_limits,
    limited,
    limiter,
    reader_zone,
    reads_only,
    refuse_unguarded_views,
    visitor,
)
from portal.foundation.access.fragments import draw_template, drawn

__all__ = [
    "HOLE", "PAGE_POLICY", "Cookies", "NotForSharing", "UnguardedView", "actor", "after_commit", "allow", "anyone",
    "csrf_token", "draw_template", "drawn", "install", "install_limits", "limited", "limiter", "reader_zone",
    "reads_only", "refuse_unguarded_views", "visitor",
]  # fmt: skip
