"""Reading what was heard: the stream, the trackers, the sources, the imports."""

from portal.listening.queries.days import Days, heard_days
from portal.listening.queries.pushes import is_crowded, mentions_to_recheck, next_waiting_push, source_by_token
from portal.listening.queries.sources import (
    QuietSource,
    forgotten_uploads,
    import_by_key,
    imports,
    next_due_source,
    next_waiting_import,
    quiet_sources,
    sources,
    sources_of,
)
from portal.listening.queries.stream import TOPIC, Stream, heard_channels, mention_stream
from portal.listening.queries.trackers import (
    active_matcher,
    active_queries,
    active_trackers,
    match_counts,
    matcher_of,
    mentions_after,
    names_in_use,
    newest_mentions,
    next_unswept_tracker,
    tracker_by_query,
    trackers,
)
from portal.listening.queries.wanted import StreamFilter

__all__ = [
    "TOPIC",
    "Days",
    "QuietSource",
    "Stream",
    "StreamFilter",
    "active_matcher",
    "active_queries",
    "active_trackers",
    "forgotten_uploads",
    "heard_channels",
    "heard_days",
    "import_by_key",
    "imports",
    "is_crowded",
    "match_counts",
    "matcher_of",
    "mention_stream",
    "mentions_after",
    "mentions_to_recheck",
    "names_in_use",
    "newest_mentions",
    "next_due_source",
    "next_unswept_tracker",
    "next_waiting_import",
    "next_waiting_push",
    "quiet_sources",
    "source_by_token",
    "sources",
    "sources_of",
    "tracker_by_query",
    "trackers",
]
