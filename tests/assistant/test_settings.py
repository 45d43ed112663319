import stat
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import settings
from assistant.settings import Settings, remember


def test_remembered_settings_are_the_owners_alone_and_other_lines_stay(tmp_path: Path) -> None:
    file = tmp_path / ".streamlit" / "secrets.toml"
    file.parent.mkdir()
    file.write_text('# mine\nISNAD_CHAT_MODEL = "old"\n[other]\nkey = 1\n')
    remember({"chat_model": "ollama:x", "chat_api_key": 'a"b\\c'}, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "# mine" in file.read_text()
    assert tomllib.loads(file.read_text()) == {
        "ISNAD_CHAT_MODEL": "ollama:x",
        "ISNAD_CHAT_API_KEY": 'a"b\\c',
        "other": {"key": 1},
    }
    remember({"chat_model": "", "chat_api_key": ""}, file)
    assert tomllib.loads(file.read_text()) == {"other": {"key": 1}}


@given(value=st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_value_is_read_back(value: str, tmp_path_factory) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path_factory.mktemp("secrets") / "secrets.toml"
    remember({"chat_api_key": value}, file)
    assert tomllib.loads(file.read_text(encoding="utf-8")) == {"ISNAD_CHAT_API_KEY": value}


def test_private_addresses_may_be_allowed_in_the_file_as_in_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "SECRETS", tmp_path / "secrets.toml")
    assert Settings().allow_private_urls is False
    (tmp_path / "secrets.toml").write_text("ISNAD_ALLOW_PRIVATE_URLS = 1\n")
    assert Settings().allow_private_urls is True
    monkeypatch.setenv("ISNAD_ALLOW_PRIVATE_URLS", "0")
    assert Settings().allow_private_urls is False
