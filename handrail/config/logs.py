"""What does the server write down? One line an event, with the request's id, never a secret."""

import logging.config
from collections.abc import Mapping
from typing import Any

import structlog

SECRET_WORDS = ("token", "secret", "password", "cookie", "authorization", "code", "api_key")
REDACTED = "[redacted]"


def configure(options: Mapping[str, Any]) -> None:
    """Sets up structlog and the standard library's logging to write the same lines to stderr."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        redact,
        structlog.processors.format_exc_info,
    ]
    renderer: Any = (
        structlog.processors.JSONRenderer()
        if options["format"] == "json"
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "lines": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": shared,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        renderer,
                    ],
                }
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
            "root": {"handlers": ["stderr"], "level": "INFO"},
            "loggers": {
                "django.request": {"level": "ERROR"},  # our own line says the rest
                "uvicorn.access": {"level": "WARNING"},
                "uvicorn.error": {"level": "WARNING"},
                "httpx": {"level": "WARNING"},
                "botocore": {"level": "WARNING"},
                "mcp": {"level": "ERROR"},  # warns of each wrong Host that somebody sends
                "django_tasks": {"level": "WARNING"},
                "django_tasks_db": {"level": "WARNING"},
            },
        }
    )


def redact(logger: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Blanks the values whose names say that they are secret, however deep they stand."""
    return {key: _redacted(str(key), value) for key, value in event.items()}


def _redacted(key: str, value: Any) -> Any:
    if any(word in key.lower() for word in SECRET_WORDS):
        return REDACTED
    if isinstance(value, Mapping):
        return {inner: _redacted(str(inner), found) for inner, found in value.items()}
    return value
