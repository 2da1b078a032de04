"""How much of what was recorded a channel's connector understands, and where it differs from what was expected."""

from portal.listening.services.conformance.report import Outcome, Report, Verdict, conform

__all__ = ["Outcome", "Report", "Verdict", "conform"]
