"""The mail that thanks a member by name."""

from portal.community.models import Thanks
from portal.foundation import config
from portal.foundation.config import address
from portal.foundation.mail.message import Message, build, header_words
from portal.foundation.text import gettext as _


def member_thanked(thanks: Thanks) -> Message:
    """A note from one person to another; others read it only if its reader says so."""
    user, by = thanks.member.user, thanks.by
    return build(
        "community/mail/thanks",
        kind="thanks",
        subject_key=f"thanks:{thanks.id}",
        to_address=user.email,
        to_name=header_words(user.name),
        from_name=header_words(_("%(name)s at %(company)s", name=by.name, company=config.current().COMPANY_NAME)),
        by=by.name,
        header_by=header_words(by.name),
        words=thanks.words,
        member_url=address(f"/members/{thanks.member_id}"),
    )
