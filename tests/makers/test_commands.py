from portal.makers.commands import score
from tests.makers.heard import make_author, make_mention


def test_it_says_what_it_did(app):
    make_mention(make_author("lena"))

    first, second = (app.test_cli_runner().invoke(score) for _ in range(2))

    assert first.exit_code == 0
    assert "1 new people placed, 1 people scored" in first.output
    assert "0 new people placed, 0 people scored" in second.output
