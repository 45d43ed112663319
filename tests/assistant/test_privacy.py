import pytest

from assistant.privacy import Leaving, leaving
from assistant.settings import Settings


def told(**chosen: str) -> list[Leaving]:
    return leaving(Settings.model_construct(**chosen))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"chat_model": "ollama:qwen3"},
        {"chat_model": "openai:x", "chat_base_url": "http://127.0.0.1:8080/v1"},
        {"chat_model": "openai:x", "chat_base_url": "http://[::1]:8080/v1"},
        {"chroma_url": "http://localhost:8000"},
        {"database_url": "sqlite:////home/someone/catalog.sqlite"},
        {"database_url": "postgresql:///isnad"},
    ],
)
def test_nothing_leaves_for_this_machine_itself(chosen: dict[str, str]) -> None:
    assert told(**chosen) == []


@pytest.mark.parametrize(
    ("chosen", "where"),
    [
        ({"chat_model": "openai:gpt"}, "openai"),
        ({"chat_model": "anthropic:claude"}, "anthropic"),
        ({"chat_model": "gpt-5"}, "gpt-5"),
        ({"chat_model": "ollama:x", "chat_base_url": "http://192.168.1.7:11434"}, "192.168.1.7"),
        (
            {"chat_model": "openai:x", "chat_base_url": "https://llm.example.org/v1"},
            "llm.example.org",
        ),
    ],
)
def test_a_remote_model_is_named(chosen: dict[str, str], where: str) -> None:
    assert told(**chosen) == [Leaving("questions and excerpts", where)]


def test_servers_of_the_index_are_named() -> None:
    assert told(
        chroma_url="https://chroma.example.org",
        database_url="postgresql://u:p@db.example.org/isnad",
    ) == [
        Leaving("articles and vectors", "chroma.example.org"),
        Leaving("articles and conversations", "db.example.org"),
    ]
