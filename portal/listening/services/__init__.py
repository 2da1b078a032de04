"""What listening does: take mentions in, look for words, ask sources, read files, mute people."""

from portal.listening.services.authors import mark_own, mute_author, unmute_author
from portal.listening.services.imports import (
    AlreadyRead,
    ImportOptions,
    Preview,
    forget_old_uploads,
    keep_upload,
    prepare_import,
    preview,
    rejected_file,
    start_import,
)
from portal.listening.services.indexing import settle, sort_in
from portal.listening.services.judging import NothingToUndo, judge_reading, undo_judgement
from portal.listening.services.keeping import blank_expired
from portal.listening.services.learned import has_news, learn, reread_step, switch_off, switch_on
from portal.listening.services.pictures import claim_pictures, fetch_picture, keep_picture, remove_dropped
from portal.listening.services.previews import TrackerPreview, preview_tracker
from portal.listening.services.profiles import (
    PROFILE_KEPT,
    ask_profiles,
    channels_with_profiles,
    claim_profiles,
    keep_profiles,
)
from portal.listening.services.reading import TakenOver, run_import, run_next_import
from portal.listening.services.renaming import rename_step
from portal.listening.services.sources import (
    SourceRefused,
    add_source,
    change_source,
    check_source,
    fetch_now,
    pause_source,
    remove_source,
    resume_source,
)
from portal.listening.services.take_in import MAX_BATCH, TakenIn, take_in
from portal.listening.services.trackers import (
    AlreadyTracked,
    add_tracker,
    change_tracker,
    mute_words,
    pause_tracker,
    remove_tracker,
    resume_tracker,
    sweep_tracker,
)
from portal.listening.services.turns import ask, claim_turn, keep_answer, push_address, search_words
from portal.listening.services.usage import usage_of

__all__ = [
    "MAX_BATCH",
    "PROFILE_KEPT",
    "AlreadyRead",
    "AlreadyTracked",
    "ImportOptions",
    "NothingToUndo",
    "Preview",
    "SourceRefused",
    "TakenIn",
    "TakenOver",
    "TrackerPreview",
    "add_source",
    "add_tracker",
    "ask",
    "ask_profiles",
    "blank_expired",
    "change_source",
    "change_tracker",
    "channels_with_profiles",
    "check_source",
    "claim_pictures",
    "claim_profiles",
    "claim_turn",
    "fetch_now",
    "fetch_picture",
    "forget_old_uploads",
    "has_news",
    "judge_reading",
    "keep_answer",
    "keep_picture",
    "keep_profiles",
    "keep_upload",
    "learn",
    "mark_own",
    "mute_author",
    "mute_words",
    "pause_source",
    "pause_tracker",
    "prepare_import",
    "preview",
    "preview_tracker",
    "push_address",
    "rejected_file",
    "remove_dropped",
    "remove_source",
    "remove_tracker",
    "rename_step",
    "reread_step",
    "resume_source",
    "resume_tracker",
    "run_import",
    "run_next_import",
    "search_words",
    "settle",
    "sort_in",
    "start_import",
    "sweep_tracker",
    "switch_off",
    "switch_on",
    "take_in",
    "undo_judgement",
    "unmute_author",
    "usage_of",
]
