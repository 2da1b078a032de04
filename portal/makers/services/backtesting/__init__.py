"""Trying the score on the past: on a file of mentions, or on the company's own history."""

from portal.makers.services.backtesting.files import (
    BacktestRefused,
    FileTest,
    Question,
    backtest_file,
)

__all__ = ["BacktestRefused", "FileTest", "Question", "backtest_file"]
