"""Every setting in one object: `REGIOWIJZER_…` from the environment, overruled by the command line.

Nothing is read at import; `load_settings` reads the environment when it is called.
"""

import os
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from ingest.errors import RegiowijzerError
from ingest.pdf import Limits

PREFIX = "REGIOWIJZER_"


class BadSetting(RegiowijzerError):
    """A setting holds a value that it cannot hold."""


class Settings(BaseSettings):
    """What the user decides.

    Attributes:
        data: folder that holds the index.
        corpus: folders with PDFs; in the environment separated as in PATH.
        model: name or folder of the encoder; '' for the one that ships.
        host, port: where the server listens; port 0 lets the system choose.
        limit_seconds, limit_memory_mb, limit_pages, limit_characters: what one document may cost.
        mask_bsn: whether burgerservicenummers are masked when documents are read.
        workers: documents read side by side; 0 for as many as there are cores.
        concurrency: questions answered side by side; the rest waits its turn.
        log_format: 'auto' is text on a terminal and JSON elsewhere.
        upload: whether users may add documents.
        upload_mb: how large one may be.
        public: whether anybody may read, without a token, when the service listens for other machines.
        hosts: names by which the service is reached, besides the one it listens on; separated by commas.
        proxies: addresses of proxies whose word on the client's address counts; separated by commas.
        rate_per_minute: what one client may ask, where others can come; 0 for no limit.
        docs: whether the description of the API can be read.
        metrics: whether a beheerder, or Prometheus in that role, can fetch figures at /metrics.
        audit: whether actions are recorded; 'auto' does so where others can come.
        audit_questions: whether the record holds questions as they were asked, not a keyed digest.
        audit_days: how long the record is kept.
        organisation, contact: who runs the service and how to reach them, for the pages about it.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    data: Path = Path(".regiowijzer")
    corpus: Annotated[tuple[Path, ...], NoDecode] = (Path("corpus"),)
    model: str = ""
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    limit_seconds: float = Field(default=60.0, gt=0)
    limit_memory_mb: int = Field(default=1024, ge=128)
    limit_pages: int = Field(default=5000, ge=1)
    limit_characters: int = Field(default=20_000_000, ge=1)
    mask_bsn: bool = True
    workers: int = Field(default=0, ge=0)
    concurrency: int = Field(default=8, ge=1)
    log_format: Literal["auto", "json", "text"] = "auto"
    upload: bool = False
    upload_mb: int = Field(default=50, ge=1, le=1000)
    public: bool = False
    hosts: Annotated[tuple[str, ...], NoDecode] = ()
    proxies: Annotated[tuple[str, ...], NoDecode] = ()
    rate_per_minute: int = Field(default=600, ge=0)
    docs: bool = True
    metrics: bool = False
    audit: Literal["auto", "on", "off"] = "auto"
    audit_questions: bool = False
    audit_days: int = Field(default=180, ge=1)
    organisation: str = ""
    contact: str = ""

    @field_validator("corpus", mode="before")
    @classmethod
    def _split_folders(cls, value: object) -> object:
        """Read folders as PATH is read: 'plannen:brochures' on Linux, with ';' on Windows."""
        return [part for part in value.split(os.pathsep) if part] if isinstance(value, str) else value

    @field_validator("hosts", "proxies", mode="before")
    @classmethod
    def _split_names(cls, value: object) -> object:
        """Read 'plannen.voorbeeld.nl, 10.0.0.5' as two names."""
        return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value

    def limits(self) -> Limits:
        """What reading one document may cost, as `ingest.pdf` wants it."""
        return Limits(
            seconds=self.limit_seconds,
            memory_mb=self.limit_memory_mb,
            pages=self.limit_pages,
            characters=self.limit_characters,
        )

    def worker_count(self) -> int:
        """Documents to read side by side: the setting, or the cores that this process may use."""
        # A container may be given fewer cores than the machine has; only Linux tells.
        allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
        return self.workers or allowed or 1


def load_settings(**overrides: Any) -> Settings:  # noqa: ANN401  # pydantic checks each of them
    """Read the environment now; an override of None counts as absent.

    Raises:
        BadSetting: naming the first setting that is wrong and the value that it has.
    """
    try:
        return Settings(**{name: value for name, value in overrides.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + "_".join(str(part) for part in first["loc"][:1]).upper()
        raise BadSetting(
            f"Instelling {name} heeft de waarde {first['input']!r}, en die kan niet. Kijk in de README wat wel kan."
        ) from None
