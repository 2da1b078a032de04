"""The one blueprint of all pages of listening."""

from flask import Blueprint

from portal.listening.channels import channel_name

bp = Blueprint("listening", __name__)
# As the channel writes itself, on the pages of every stage.
bp.add_app_template_filter(channel_name)
