"""Which path on which host is which endpoint. Only the documented paths exist, to the letter."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote

from bot.simulator.asking import Answer, Asked
from bot.simulator.endpoints import account, content, menus, sending

API = "api"
DATA = "data"


@dataclass(frozen=True)
class Route:
    """One endpoint. Its kind is the name by which faults, limits and logs know it."""

    host: str
    method: str
    pattern: re.Pattern[str]
    kind: str
    answer: Callable[[Asked], Answer]


def _route(host: str, method: str, path: str, kind: str, answer: Callable[[Asked], Answer]) -> Route:
    pattern = re.sub(r"<(\w+)>", r"(?P<\1>[^/]+)", re.escape(path).replace(r"\<", "<").replace(r"\>", ">"))
    return Route(host, method, re.compile(pattern), kind, answer)


_BOT = "/v2/bot"
ROUTES = (
    _route(API, "POST", f"{_BOT}/message/reply", "reply", sending.reply),
    _route(API, "POST", f"{_BOT}/message/push", "push", sending.push),
    _route(API, "POST", f"{_BOT}/message/multicast", "multicast", sending.multicast),
    _route(API, "POST", f"{_BOT}/message/broadcast", "broadcast", sending.broadcast),
    *(
        _route(API, "POST", f"{_BOT}/message/validate/{way}", "validate", sending.validate)
        for way in ("reply", "push", "multicast", "narrowcast", "broadcast")
    ),
    _route(API, "GET", f"{_BOT}/message/quota", "quota", account.quota),
    _route(API, "GET", f"{_BOT}/message/quota/consumption", "consumption", account.consumption),
    _route(API, "GET", f"{_BOT}/profile/<user>", "profile", account.profile),
    _route(API, "GET", f"{_BOT}/group/<group>/member/<user>", "group.member", account.group_member),
    _route(API, "GET", f"{_BOT}/group/<group>/summary", "group.summary", account.group_summary),
    _route(API, "POST", f"{_BOT}/group/<group>/leave", "group.leave", account.leave_group),
    _route(API, "GET", f"{_BOT}/info", "info", account.bot_info),
    _route(API, "POST", f"{_BOT}/chat/loading/start", "loading", account.loading),
    _route(API, "POST", f"{_BOT}/chat/markAsRead", "mark_as_read", account.mark_as_read),
    _route(API, "POST", f"{_BOT}/message/markAsRead", "mark_as_read.old", account.mark_as_read_for_partners),
    _route(API, "GET", f"{_BOT}/channel/webhook/endpoint", "webhook.get", account.get_webhook),
    _route(API, "PUT", f"{_BOT}/channel/webhook/endpoint", "webhook.set", account.set_webhook),
    _route(API, "POST", f"{_BOT}/channel/webhook/test", "webhook.test", account.try_webhook),
    _route(DATA, "GET", f"{_BOT}/message/<message>/content", "content", content.content),
    _route(DATA, "GET", f"{_BOT}/message/<message>/content/preview", "preview", content.preview),
    _route(DATA, "GET", f"{_BOT}/message/<message>/content/transcoding", "transcoding", content.transcoding),
    _route(API, "POST", f"{_BOT}/richmenu", "menu.create", menus.create),
    _route(API, "POST", f"{_BOT}/richmenu/validate", "menu.validate", menus.validate),
    _route(API, "GET", f"{_BOT}/richmenu/list", "menu.list", menus.list_all),
    _route(API, "POST", f"{_BOT}/richmenu/bulk/link", "menu.link", menus.bulk_link),
    _route(API, "POST", f"{_BOT}/richmenu/bulk/unlink", "menu.unlink", menus.bulk_unlink),
    _route(API, "POST", f"{_BOT}/richmenu/alias", "alias.create", menus.create_alias),
    _route(API, "GET", f"{_BOT}/richmenu/alias/list", "alias.list", menus.list_aliases),
    _route(API, "GET", f"{_BOT}/richmenu/alias/<alias>", "alias.get", menus.get_alias),
    _route(API, "POST", f"{_BOT}/richmenu/alias/<alias>", "alias.update", menus.update_alias),
    _route(API, "DELETE", f"{_BOT}/richmenu/alias/<alias>", "alias.delete", menus.delete_alias),
    _route(DATA, "POST", f"{_BOT}/richmenu/<menu>/content", "menu.picture.set", menus.set_picture),
    _route(DATA, "GET", f"{_BOT}/richmenu/<menu>/content", "menu.picture.get", menus.get_picture),
    _route(API, "GET", f"{_BOT}/richmenu/<menu>", "menu.get", menus.get),
    _route(API, "DELETE", f"{_BOT}/richmenu/<menu>", "menu.delete", menus.delete),
    _route(API, "POST", f"{_BOT}/user/all/richmenu/<menu>", "menu.default.set", menus.set_default),
    _route(API, "GET", f"{_BOT}/user/all/richmenu", "menu.default.get", menus.get_default),
    _route(API, "DELETE", f"{_BOT}/user/all/richmenu", "menu.default.clear", menus.clear_default),
    _route(API, "POST", f"{_BOT}/user/<user>/richmenu/<menu>", "menu.link", menus.link),
    _route(API, "GET", f"{_BOT}/user/<user>/richmenu", "menu.linked", menus.get_link),
    _route(API, "DELETE", f"{_BOT}/user/<user>/richmenu", "menu.unlink", menus.unlink),
)
KINDS = frozenset(route.kind for route in ROUTES)


def find(host: str, method: str, path: str) -> tuple[Route, dict[str, str]] | int:
    """The endpoint and what its path names, or the status LINE refuses with (404, 405)."""
    status = 404
    for route in ROUTES:
        match = route.pattern.fullmatch(path) if route.host == host else None
        if match is None:
            continue
        if route.method == method:
            return route, {name: unquote(part) for name, part in match.groupdict().items()}
        status = 405
    return status
