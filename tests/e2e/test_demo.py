"""`flask demo` for somebody who sits down at the phones before the story has been told."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import pytest
import requests

from bot.simulator import RemoteLine

HEADING = "━━━"
#: A run in the background ignores Ctrl-C, and what it starts would, too.
START = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from flask.cli import main; main()"


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", START, "demo", "--no-browser", "--folder", str(tmp_path / "demo")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as running:
        yield running
        if running.poll() is None:
            running.send_signal(signal.SIGINT)
        running.communicate(timeout=30)


@pytest.mark.long
def test_the_phones_are_there_before_the_story_and_a_stranger_who_presses_first_does_not_end_the_town(
    demo: subprocess.Popen[str],
) -> None:
    assert demo.stdout is not None
    before = list(takewhile(lambda line: HEADING not in line, demo.stdout))
    address = re.search(r"the phones: (http://\S+)/", "".join(before))
    assert address, before
    # The stranger's own phone, which the story leaves alone.
    line = RemoteLine(address[1])
    line.town("rangsit").person("คุณ").sees("ยินดีต้อนรับ", within=20)
    # Somebody takes LINE away, and the story cannot go on as it is written.
    line.is_down()
    told = list(takewhile(lambda said: "the phones  " not in said, demo.stdout))
    assert any("the story stopped at" in said for said in told)
    assert demo.poll() is None
    # A kill takes the application with it.
    told += list(takewhile(lambda said: "the log" not in said, demo.stdout))
    application = next(found[1] for said in told if (found := re.search(r"(http://\S+)/health/ready", said)))
    assert requests.get(f"{application}/health/live", timeout=10).status_code == 200
    demo.send_signal(signal.SIGTERM)
    assert demo.wait(timeout=30) == 128 + signal.SIGTERM
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{application}/health/live", timeout=10)
