"""The page of an action."""

from typing import Any

from sqlalchemy import func, select

from portal.accounts.models import User
from portal.foundation.database import session
from portal.ledger.models import ActionStage, Progress
from portal.ledger.services import start_action

REASON = "The resin would crack in the first hard frost."


def count(table: type[Any]) -> int:
    return session().scalar(select(func.count()).select_from(table)) or 0


def test_progress_is_added_by_staff_alone(sign_in: Any, maya: User, rosa: User) -> None:
    action = start_action(title="A hidden zip", owner=rosa, stage=ActionStage.PLANNED, by=rosa)
    session().commit()
    path = f"/actions/{action.id}/progress"
    done = {"stage": "done", "words": "Out now.", "proof_url": "https://lumen.example/zip"}

    assert sign_in(maya).post(path, data=done).status_code == 404
    refused = sign_in(rosa).post(path, data={"stage": "done", "words": "Out now."})
    assert refused.status_code == 422
    assert "Out now." in refused.text
    assert count(Progress) == 1

    page = sign_in(rosa).post(path, data=done, follow_redirects=True)
    assert 'href="https://lumen.example/zip"' in page.text
    assert "Write down what happened" not in sign_in(maya).get(f"/actions/{action.id}").text
