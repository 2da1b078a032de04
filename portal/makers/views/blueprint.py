"""The one blueprint of all pages of makers."""

from flask import Blueprint

bp = Blueprint("makers", __name__)
