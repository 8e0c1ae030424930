"""The whole analysis in one call: a city in, its check-ups out."""

from huancheng.chain.analysis import ChainResult, Step, run_chain
from huancheng.chain.folder import fresh_folder
from huancheng.chain.headline import Headline, headline_of
from huancheng.chain.source import City, Generated, Mapped, Ready

__all__ = [
    "ChainResult",
    "City",
    "Generated",
    "Headline",
    "Mapped",
    "Ready",
    "Step",
    "fresh_folder",
    "headline_of",
    "run_chain",
]
