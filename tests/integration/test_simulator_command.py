"""flask simulator as a process of its own: it listens, says its addresses, and ends when told."""

import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest

from bot.cli.simulator import address
from bot.simulator import RemoteLine, Simulator

_RUN = "from bot.cli.simulator import simulator; simulator()"


def test_it_runs_until_it_is_told_to_end(tmp_path: Path) -> None:
    options = [
        "--api",
        "127.0.0.1:0",
        "--data",
        "127.0.0.1:0",
        "--municipality",
        "rangsit",
        "--municipality",
        "khukhot",
    ]
    command = [sys.executable, "-c", _RUN, *options]
    root = Path(__file__).parents[2]
    environment = {"PYTHONPATH": str(root), "LINE_CHANNEL_SECRET__RANGSIT": "known", "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        told: dict[str, list[str]] = {}
        for printed in running.stdout:
            name, _, value = printed.strip().partition("=")
            told.setdefault(name, []).append(value)
            if name == "LINE_DATA_URL":
                break
        line = RemoteLine(told["LINE_API_URL"][0])
        assert line.towns() == ["rangsit", "khukhot"]
        assert line.town("khukhot").state["webhook"] == "http://127.0.0.1:8000/line/khukhot/webhook"
        assert (len(told["LINE_CHANNEL_SECRET"]), len(told["LINE_CHANNEL_ACCESS_TOKEN"])) == (1, 2)
        running.send_signal(signal.SIGTERM)
        assert running.wait(10) == 0


def test_a_taken_port_is_said_plainly(tmp_path: Path) -> None:
    with Simulator.start() as line:
        taken = line.api_url.removeprefix("http://")
        command = [sys.executable, "-c", _RUN, "--api", taken, "--data", "127.0.0.1:0"]
        environment = {"PYTHONPATH": str(Path(__file__).parents[2])}
        ended = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=False
        )
    assert ended.returncode == 1
    assert "cannot listen at" in ended.stderr


@pytest.mark.parametrize("written", ["8800", "127.0.0.1:", "127.0.0.1:http", "127.0.0.1:70000"])
def test_an_address_is_host_and_port(written: str) -> None:
    with pytest.raises(click.BadParameter, match="HOST:PORT"):
        address(written)
    assert address("127.0.0.1:8800") == ("127.0.0.1", 8800)
