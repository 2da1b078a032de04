"""Trying the score on the past: on a file of mentions, or on the company's own history."""

from portal.makers.services.backtesting.files import BacktestRefused, FileTest, Question, backtest_file
from portal.makers.services.backtesting.history import ask_backtest, claim_backtest, run_backtest

__all__ = [
    "BacktestRefused",
    "FileTest",
    "Question",
    "ask_backtest",
    "backtest_file",
    "claim_backtest",
    "run_backtest",
]
