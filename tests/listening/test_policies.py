"""Who may look at what was heard, and change what is listened to."""

import pytest

from portal.listening.models import Author, MentionImport, Source, Tracker
from portal.listening.policies import may_mute, may_run


@pytest.mark.parametrize("subject", [Source(), Tracker(), MentionImport()])
def test_managers_set_up_listening_and_nobody_else(subject, maya, rosa, sam, ada):
    assert [may_run(user, subject) for user in (maya, rosa, sam, ada)] == [False, False, True, True]


def test_managers_mute_and_nobody_else(maya, rosa, sam, ada):
    assert [may_mute(user, Author()) for user in (maya, rosa, sam, ada)] == [False, False, True, True]
