"""One typed settings object: the environment, then ``.streamlit/secrets.toml``, then defaults."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from pydantic import Field
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

SECRETS = Path(".streamlit/secrets.toml")
_PREFIX = "ISNAD_"


class Settings(BaseSettings):
    """What a user can set, as ``ISNAD_<NAME>`` in the environment or in ``secrets.toml``."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, extra="ignore", env_ignore_empty=True)

    store: Path = Field(Path(".isnad"), description="Folder that holds the index.")
    embedding_model: str = Field(
        "bundled", description="sentence-transformers model: a name, a folder, or 'bundled'."
    )
    database_url: str | None = Field(None, description="SQLAlchemy URL; SQLite in the store.")
    chroma_url: str | None = Field(None, description="Address of a Chroma server.")
    chroma_token: str | None = Field(None, description="Bearer token for the Chroma server.")
    allow_private_urls: bool = Field(
        False, description="Whether pages inside a private network may be read."
    )
    chat_model: str | None = Field(
        None, description="Language model, as 'provider:model'; without one, answers quote."
    )
    chat_base_url: str | None = Field(None, description="Address of an OpenAI-compatible server.")
    chat_api_key: str | None = Field(None, description="Key for the language model's server.")
    reranker: str | None = Field(
        None,
        description="Cross-encoder that orders the first hits anew: any sentence-transformers "
        "name or folder.",
    )
    judge: str | None = Field(
        None,
        description="Cross-encoder that judges whether cited words support a written sentence: "
        "any sentence-transformers name or folder trained for natural language inference.",
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Puts ``secrets.toml`` after the environment."""
        return (init_settings, env_settings, InitSettingsSource(settings_cls, saved()))


def saved() -> dict[str, Any]:
    """What ``secrets.toml`` sets, by the names of the settings.

    Raises:
        ValueError: It is not TOML.
    """
    try:
        content = tomllib.loads(SECRETS.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{SECRETS} is not valid TOML ({error}). Mend or remove it.") from error
    return {
        name.removeprefix(_PREFIX).lower(): value
        for name, value in content.items()
        if name.startswith(_PREFIX)
    }


def remember(values: dict[str, str], file: Path = SECRETS) -> None:
    """Writes settings to ``secrets.toml``, readable by its owner only; other lines stay.

    Args:
        values: By the name of the setting; an empty one is taken out of the file.
        file: Where to.
    """
    try:
        lines = file.read_text(encoding="utf-8").rstrip("\n").split("\n")
    except FileNotFoundError:
        lines = []
    names = {f"{_PREFIX}{name.upper()}" for name in values}
    kept = [line for line in lines if line.partition("=")[0].strip() not in names]
    # They come first: after a [table] they would be its own.
    written = [
        f"{_PREFIX}{name.upper()} = {_quoted(value)}" for name, value in values.items() if value
    ]
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_suffix(".new")
    new.touch(mode=0o600)
    new.chmod(0o600)
    new.write_text("\n".join([*written, *kept, ""]), encoding="utf-8")
    new.replace(file)


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
