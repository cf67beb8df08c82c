"""Does `handrail demo` say plainly why it cannot serve?"""

import socket
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tools import processes

PORTS = {"demo_port": "DEMO_PORT", "demo_smtp_port": "DEMO_SMTP_PORT"}


@pytest.mark.once
@pytest.mark.parametrize("taken", PORTS)
def test_a_taken_port_is_told_with_the_variable_to_set(
    db: None, tmp_path: Path, settings: Any, taken: str
) -> None:
    ports = {name: processes.free_port() for name in PORTS}
    settings.ENV = replace(settings.ENV, data=tmp_path, **ports)
    with (
        socket.create_server(("127.0.0.1", ports[taken])),
        pytest.raises(CommandError, match=rf"{ports[taken]} cannot be used.*{PORTS[taken]}\."),
    ):
        call_command("demo", verbosity=0)
