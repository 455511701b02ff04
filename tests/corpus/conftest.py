"""An index of the region cards alone: what a fresh machine has."""

from pathlib import Path

import pytest

from corpus.regiokaarten.cards import FOLDER
from index.embed import load_encoder
from index.generation import publish
from index.search import Searcher, open_searcher
from ingest.corpus import ingest
from ingest.pdf import Limits


@pytest.fixture(scope="session")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Search the cards with the model that ships."""
    data: Path = tmp_path_factory.mktemp("cards")
    publish(data, ingest([FOLDER.parent], {}, Limits(), 2), load_encoder())
    return open_searcher(data)
