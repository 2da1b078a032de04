"""The forms of listening: what to hear, where, and how a file is read."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, Form, PasswordField, RadioField, SearchField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, Length, Optional

from portal.foundation.text import gettext as _
from portal.foundation.text import language_words
from portal.listening.channels import channel_name
from portal.listening.connectors.contract import Connector
from portal.listening.connectors.contract import Field as Asked
from portal.listening.drafts import MENTION_KINDS
from portal.listening.files.encodings import ENCODINGS
from portal.listening.files.formats import COLUMNS
from portal.listening.models import Source, Tracker, TrackerKind
from portal.listening.services import ImportOptions
from portal.listening.signals.language import COMMON_LANGUAGES

# Columns that most files have, and the ones behind a fold.
FIRST_COLUMNS = ("author_handle", "created_at", "text", "title", "url", "external_id", "channel", "kind")
MORE_COLUMNS = tuple(name for name in COLUMNS if name not in FIRST_COLUMNS)
_SETTING = "set_"
_FIXED = ("channel", "kind", "lang")


class StreamForm(Form):
    """What of the stream to show; it is asked by GET, so it needs no token."""

    words = SearchField(_("Words"))
    channel = SelectField(_("Channel"), validate_choice=False)
    kind = SelectField(_("Kind"), validate_choice=False)
    tracker = SelectField(_("Tracker"), validate_choice=False)
    tone = SelectField(_("Tone"))
    says = SelectField(_("Says"))
    lang = SelectField(_("Language"), validate_choice=False)

    def offer(self, channels: Sequence[str], trackers: Sequence[Tracker]) -> None:
        """Fill the lists to choose from."""
        everything = SelectChoice("", _("All"))
        self.channel.choices = [everything, *(SelectChoice(name, channel_name(name)) for name in channels)]
        self.kind.choices = [everything, *(SelectChoice(name, name) for name in sorted(MENTION_KINDS))]
        self.tracker.choices = [everything, *(SelectChoice(str(tracker.id), tracker.name) for tracker in trackers)]
        self.tone.choices = [
            everything,
            SelectChoice("positive", _("positive")),
            SelectChoice("neutral", _("neutral")),
            SelectChoice("negative", _("negative")),
        ]
        self.says.choices = [
            everything,
            SelectChoice("question", _("question")),
            SelectChoice("suggestion", _("suggestion")),
            SelectChoice("creation", _("creation")),
        ]
        self.lang.choices = [everything, *(SelectChoice(code, name) for name, code in _languages())]

    @property
    def chosen(self) -> list[str]:
        """What is chosen from the lists, in the words that stand there."""
        lists = (self.channel, self.kind, self.tracker, self.says, self.tone, self.lang)
        choices = (choice for field in lists if field.data for choice in field.iter_choices())
        return [str(label) for _value, label, is_selected, _more in choices if is_selected]


def _languages() -> list[tuple[str, str]]:
    return sorted((language_words(code), code) for code in COMMON_LANGUAGES)


class TrackerForm(FlaskForm):
    """What to listen for."""

    query = TextAreaField(
        _("What to listen for"),
        [DataRequired(_("Write at least one word.")), Length(max=4000)],
        description=_(
            "Any of these words: lumen “desk lamp” #lumenlamp @lumen. More: all:(a b), none:(job hiring), "
            "url:lumen.example, lang:en, from:handle, channel:x, min_followers:100."
        ),
        render_kw={"rows": 3, "spellcheck": "false"},
    )
    kind = RadioField(
        _("What that is"),
        choices=[
            SelectChoice(TrackerKind.BRAND.value, _("The brand: names, products, tags")),
            SelectChoice(TrackerKind.RIVAL.value, _("A rival")),
            SelectChoice(TrackerKind.OPPORTUNITY.value, _("An opportunity: someone asks, with a word of the trade")),
        ],
        default=TrackerKind.BRAND.value,
    )
    name = StringField(_("A name for it"), [Optional(), Length(max=120)])


class MuteForm(FlaskForm):
    """Words that nobody needs to read."""

    words = StringField(_("Words to leave out"), [DataRequired(_("Write the words.")), Length(max=90)])


class SourceForm(FlaskForm):
    """Where to listen; what the channel asks for is added by `source_form`."""

    name = StringField(_("A name for it"), [Optional(), Length(max=120)])
    keeps_all = BooleanField(
        _("Keep everything it says"),
        description=_("Otherwise only what a tracker finds is kept."),
    )

    def settings(self) -> dict[str, str]:
        """What was filled in, by the channel's own names; a flag is "yes" or nothing."""
        found: dict[str, str] = {}
        for field in self:
            if field.short_name.startswith(_SETTING):
                value = "yes" if field.data is True else (field.data or "")
                found[field.short_name.removeprefix(_SETTING)] = str(value).strip()
        return found

    @property
    def asked(self) -> list[Any]:
        """The channel's own fields, in its order."""
        return [field for field in self if field.short_name.startswith(_SETTING)]


class UploadForm(FlaskForm):
    """A file of mentions."""

    file = FileField(
        _("File"),
        [FileRequired(_("Choose a file."))],
        description=_("CSV, TSV, JSON Lines or a JSON list, plain or gzip, up to 200 MB."),
    )


class ReadingForm(FlaskForm):
    """How a file is read; the columns are added for each file."""

    zone = StringField(
        _("Time zone of times that name none"),
        [Length(max=60)],
        description=_("Such as Europe/Berlin or UTC."),
    )
    dates = SelectField(
        _("Dates like 04/05/2021"),
        choices=[
            SelectChoice("", _("As the file shows")),
            SelectChoice("day-first", _("Day first")),
            SelectChoice("month-first", _("Month first")),
        ],
    )
    encoding = SelectField(
        _("How its letters are written"),
        choices=[
            SelectChoice("", _("As the file shows")),
            *(SelectChoice(name, words) for name, words in ENCODINGS.items()),
        ],
        description=_("Choose another one where the words look wrong, and look again."),
    )
    tracker = StringField(
        _("Also listen for"),
        [Length(max=4000)],
        description=_("A tracker's query; it stays as a tracker."),
    )

    def options(self) -> ImportOptions:
        """What was chosen, as the reader understands it."""
        maps, sets = [], []
        for ours in COLUMNS:
            fixed = (self[f"set_{ours}"].data or "").strip() if f"set_{ours}" in self else ""
            if fixed:
                sets.append(f"{ours}={fixed}")
            else:
                maps.append(f"{ours}={self[f'map_{ours}'].data or ''}")
        return ImportOptions(
            maps=tuple(maps),
            sets=tuple(sets),
            zone=(self.zone.data or "").strip(),
            dates=self.dates.data or "",
            tracker=(self.tracker.data or "").strip(),
            encoding=self.encoding.data or "",
        )


def reading_form(
    columns: Sequence[str], mapping: Mapping[str, str], constants: Mapping[str, str], **values: Any
) -> ReadingForm:
    """The form for a file with these columns, filled in as far as their names tell."""
    fields: dict[str, Any] = {}
    labels = _column_labels()
    for ours in COLUMNS:
        guess = mapping.get(ours, "")
        choices = [SelectChoice("", _("(none)"))]
        if guess and guess not in columns:
            # A known format may join several columns into one of ours.
            choices.append(SelectChoice(guess, guess))
        choices += [SelectChoice(theirs, theirs) for theirs in columns]
        fields[f"map_{ours}"] = SelectField(labels[ours], choices=choices, default=guess)
    for ours in _FIXED:
        fields[f"set_{ours}"] = StringField(_("or for all rows"), [Length(max=60)], default=constants.get(ours, ""))
    return cast(ReadingForm, type("FileReadingForm", (ReadingForm,), fields)(**values))


class SecretField(PasswordField):
    """A key; what was written is never sent back to the page."""

    is_secret = True


class SecretLinesField(TextAreaField):
    """A key of several lines, such as a whole file; a line for passwords would lose where they end."""

    is_secret = True

    def _value(self) -> str:
        return ""


def source_form(connector: Connector, source: Source | None = None, **values: Any) -> SourceForm:
    """The form for a source of this channel, filled in as the source stands; its secrets stay where they are."""
    known = source.settings if source else {}
    fields: dict[str, Any] = {}
    for asked in connector.form_fields:
        fields[_SETTING + asked.name] = _asked_field(asked, known.get(asked.name, asked.default), source is not None)
    if source:
        values |= {"data": {"name": source.name, "keeps_all": source.keeps_all}}
    return cast(SourceForm, type("ChannelSourceForm", (SourceForm,), fields)(prefix="source", **values))


def _asked_field(asked: Asked, value: str, is_known: bool) -> Any:
    must = asked.required and not (asked.secret and is_known)
    needed = DataRequired(_("This is needed.")) if must else Optional()
    rules: list[Any] = [needed, Length(max=asked.max_length)]
    label, about = _(asked.label), _(asked.help) if asked.help else ""
    if asked.secret:
        kept = _("Left empty, the stored one stays. It is kept encrypted and never shown again.")
        new = _("It is kept encrypted and never shown again.")
        about = f"{about} {kept if is_known else new}".strip()
        quiet: dict[str, Any] = {"autocomplete": "off", "spellcheck": "false"}
        if asked.kind == "lines":
            return SecretLinesField(label, rules, description=about, render_kw={**quiet, "rows": 4})
        return SecretField(label, rules, description=about, render_kw=quiet)
    if asked.kind == "flag":
        confirmed = [DataRequired(_("Please confirm this."))] if asked.required else []
        return BooleanField(label, confirmed, description=about, default=value == "yes")
    if asked.kind == "choice":
        choices = [SelectChoice(name, _(words)) for name, words in asked.choices]
        return SelectField(label, choices=choices, default=value or asked.default, description=about)
    named: dict[str, Any] = {"autocomplete": "off", "spellcheck": "false"}
    if asked.kind == "lines":
        return TextAreaField(label, rules, description=about, default=value, render_kw={**named, "rows": 2})
    modes = {"url": "url", "number": "decimal"}
    if asked.kind in modes:
        named["inputmode"] = modes[asked.kind]
    return StringField(label, rules, description=about, default=value, render_kw=named)


def _column_labels() -> dict[str, str]:
    return {
        "channel": _("Channel"),
        "external_id": _("Id of the mention"),
        "url": _("Address of the mention"),
        "kind": _("Kind"),
        "title": _("Title"),
        "text": _("Text"),
        "created_at": _("Time"),
        "author_handle": _("Author"),
        "author_name": _("Author's name"),
        "author_url": _("Author's page"),
        "author_followers": _("Author's followers"),
        "lang": _("Language"),
        "likes": _("Likes"),
        "replies": _("Replies"),
        "shares": _("Shares"),
        "views": _("Views"),
        "rating": _("Rating"),
        "parent_id": _("Id of what it answers"),
        "parent_author": _("Author of what it answers"),
        "thread_id": _("Thread"),
    }
