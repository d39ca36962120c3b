"""What ours is held against: the least that can keep an event, and the bot of the SDK's own examples.

Both are WSGI applications made from BENCH_DATABASE_URL, BENCH_SECRET, BENCH_TOKEN and BENCH_LINE_URL. Run as a module
they serve themselves: `python -m tests.benchmarks.floors bare|plain|door PORT` (door: ours without workers). `line` is
no floor: a LINE that accepts whatever it is sent.
"""

from __future__ import annotations

import contextlib
import os
import sys
from itertools import count

import waitress
from flask import Flask, Response, abort, request
from linebot.v3 import WebhookParser
from linebot.v3.messaging import ApiClient, Configuration, MessagingApi, ReplyMessageRequest, TextMessage
from linebot.v3.webhooks import MessageEvent
from pythainlp.tokenize import word_tokenize
from sqlalchemy import LargeBinary, String, insert
from sqlalchemy.exc import IntegrityError, ProgrammingError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.database import Database
from bot.line.signature import is_genuine

THREADS = 16


class _Base(DeclarativeBase):
    pass


class _Kept(_Base):
    __tablename__ = "bench_kept"
    id: Mapped[int] = mapped_column(primary_key=True)
    chat: Mapped[str] = mapped_column(String(80), index=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


def _database() -> Database:
    database = Database(os.environ["BENCH_DATABASE_URL"])
    # Two gunicorn workers that begin at the same moment both see no table, and PostgreSQL lets one of them make it.
    with contextlib.suppress(IntegrityError, ProgrammingError):
        _Base.metadata.create_all(database.engine)
    return database


def bare() -> Flask:
    """HMAC over the bytes and one durable insert: nobody can keep an event for less."""
    app, database, secret = Flask("bare"), _database(), os.environ["BENCH_SECRET"]

    @app.post("/<path:anything>")
    def receive(anything: str) -> Response:
        body = request.get_data()
        if not is_genuine(secret, body, request.headers.get("x-line-signature")):
            abort(401)
        with database.transaction() as session:
            session.execute(insert(_Kept).values(chat="-", body=body))
        return Response(status=200)

    return app


def plain() -> Flask:
    """The handler in the request: parse, tokenise, insert through the ORM, reply, then 200."""
    app, database = Flask("plain"), _database()
    parser = WebhookParser(os.environ["BENCH_SECRET"])
    line = Configuration(access_token=os.environ["BENCH_TOKEN"], host=os.environ["BENCH_LINE_URL"])
    word_tokenize("อุ่นเครื่อง")

    @app.post("/<path:anything>")
    def receive(anything: str) -> Response:
        body = request.get_data(as_text=True)
        for event in parser.parse(body, request.headers["x-line-signature"]):
            if not isinstance(event, MessageEvent) or not hasattr(event.message, "text"):
                continue
            words = word_tokenize(event.message.text)
            with database.transaction() as session:
                session.add(_Kept(chat=event.source.user_id, body=body.encode()))
            with ApiClient(line) as client:
                answer = TextMessage(text=f"รับเรื่องแล้ว {len(words)} คำ")
                MessagingApi(client).reply_message(
                    ReplyMessageRequest(reply_token=event.reply_token, messages=[answer])
                )
        return Response(status=200)

    return app


def door() -> Flask:
    """Ours, without workers in the process."""
    from bot.app import create_app

    return create_app()


def line() -> Flask:
    """LINE, as far as a bot's sender sees it."""
    app, ids = Flask("line"), count(1)
    replies: list[str] = []  # appending is one step, whichever thread does it
    told: dict[str, dict[str, object]] = {
        "profile": {"displayName": "ผู้แจ้ง", "language": "th"},
        "consumption": {"totalUsage": 0},
        "quota": {"type": "none"},
    }

    @app.get("/replies")
    def how_many() -> dict[str, object]:
        return {"replies": len(replies)}

    @app.route("/<path:anything>", methods=["GET", "POST"])
    def accept(anything: str) -> dict[str, object]:
        for part, answer in told.items():
            if part in anything.split("/")[-2:]:
                return answer
        if anything.endswith("message/reply"):
            replies.append(anything)
        said = (request.get_json(silent=True) or {}).get("messages", [])
        return {"sentMessages": [{"id": str(next(ids)), "quoteToken": "q"} for _ in said]}

    return app


if __name__ == "__main__":
    made = {"bare": bare, "plain": plain, "door": door, "line": line}[sys.argv[1]]()
    waitress.serve(made, port=int(sys.argv[2]), threads=THREADS)
