"""What each channel calls itself."""

import pytest

from portal.listening.channels import channel_name


@pytest.mark.parametrize(
    ("channel", "name"),
    [("github", "GitHub"), ("x", "X"), ("forum", "Forum"), ("app_store", "App store"), ("sms", "SMS")],
)
def test_a_channel_is_written_as_it_writes_itself(channel, name):
    assert channel_name(channel) == name
