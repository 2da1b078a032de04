"""The one blueprint of all pages of listening."""

from flask import Blueprint

bp = Blueprint("listening", __name__)
