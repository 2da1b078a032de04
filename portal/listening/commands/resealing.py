"""A new secret for the keys of sources, and the old one can be taken away."""

import click
from sqlalchemy import select

from portal.foundation.database import transaction
from portal.foundation.text import ngettext
from portal.listening.commands.group import commands
from portal.listening.models import Source
from portal.listening.services.credentials import reseal


@commands.command("reseal")
def reseal_credentials() -> None:
    """Encrypt the keys of all sources anew with the first of CREDENTIALS_KEYS.

    Set `CREDENTIALS_KEYS=new,old`, run this, then set `CREDENTIALS_KEYS=new`.
    """
    with transaction() as work:
        sealed = list(work.scalars(select(Source).where(Source.secrets.isnot(None)).order_by(Source.id)))
        for source in sealed:
            source.secrets = reseal(source.secrets)
    click.echo(ngettext("%(num)s source has a new seal.", "%(num)s sources have a new seal.", len(sealed)))
