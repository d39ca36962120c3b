"""Rich menus: objects, pictures, the default, links to people, aliases."""

import secrets

from bot.simulator.asking import Answer, Asked
from bot.simulator.channel import Account, Channel, Menu
from bot.simulator.refusals import Absent, Json, Refusal
from bot.simulator.rules.checks import list_of, shape
from bot.simulator.rules.menus import ALIAS, MENU_ID, USER_ID, check_menu, check_object, check_picture

MOST_MENUS = 1_000


def create(asked: Asked) -> Answer:
    """Make a menu; its picture comes separately."""
    definition = check_menu(asked.json())
    channel = asked.channel
    with channel.lock:
        if len(channel.menus) >= MOST_MENUS:
            raise Refusal(400, "The number of rich menus has reached its limit")
        menu = Menu(f"richmenu-{secrets.token_hex(16)}", definition)
        channel.menus[menu.id] = menu
    return Answer(json={"richMenuId": menu.id})


def validate(asked: Asked) -> Answer:
    """Look at a menu without making it."""
    check_menu(asked.json())
    return Answer(json={})


def list_all(asked: Asked) -> Answer:
    """Every menu made by API."""
    with asked.channel.lock:
        return Answer(json={"richmenus": [_described(menu) for menu in asked.channel.menus.values()]})


def get(asked: Asked) -> Answer:
    """One menu."""
    return Answer(json=_described(_menu(asked)))


def delete(asked: Asked) -> Answer:
    """Take a menu away; whoever has it linked falls back to the default."""
    channel = asked.channel
    with channel.lock:
        menu = _menu(asked)
        del channel.menus[menu.id]
        if channel.default_menu_id == menu.id:
            channel.default_menu_id = None
    return Answer(json={})


def set_picture(asked: Asked) -> Answer:
    """Give a menu its picture, once."""
    with asked.channel.lock:
        menu = _menu(asked)
        content_type = asked.headers.get("content-type", "").split(";")[0].strip().lower()
        check_picture(asked.body, content_type, menu.definition["size"])
        if menu.picture is not None:
            raise Refusal(400, "An image has already been uploaded to the richmenu")
        menu.picture, menu.content_type = asked.body, content_type
    return Answer(json={})


def get_picture(asked: Asked) -> Answer:
    """The picture of a menu."""
    menu = _menu(asked)
    if menu.picture is None:
        raise Absent(404, "Not found")
    return Answer(body=menu.picture, content_type=menu.content_type)


def set_default(asked: Asked) -> Answer:
    """Show this menu to everybody who has no own one."""
    with asked.channel.lock:
        asked.channel.default_menu_id = _ready(_menu(asked)).id
    return Answer(json={})


def get_default(asked: Asked) -> Answer:
    """Which menu is the default."""
    if asked.channel.default_menu_id is None:
        raise Absent(404, "no default richmenu")
    return Answer(json={"richMenuId": asked.channel.default_menu_id})


def clear_default(asked: Asked) -> Answer:
    """No default from now on."""
    asked.channel.default_menu_id = None
    return Answer(json={})


def link(asked: Asked) -> Answer:
    """Give one person a menu; for somebody who is no friend nothing happens."""
    with asked.channel.lock:
        menu = _ready(_menu(asked))
        _link(asked.channel, _user(asked), menu.id)
    return Answer(json={})


def get_link(asked: Asked) -> Answer:
    """The person's own menu, not the default."""
    account = asked.channel.accounts.get(_user(asked))
    if account is None or account.menu_id not in asked.channel.menus:
        raise Absent(404, "the user has no richmenu")
    return Answer(json={"richMenuId": account.menu_id})


def unlink(asked: Asked) -> Answer:
    """Back to the default."""
    with asked.channel.lock:
        _link(asked.channel, _user(asked), None)
    return Answer(json={})


def bulk_link(asked: Asked) -> Answer:
    """Give up to 500 people a menu."""
    users = list_of(USER_ID, 1, 500)
    body = check_object(asked.json(), shape({"richMenuId": MENU_ID, "userIds": users}))
    with asked.channel.lock:
        menu = _ready(_menu_named(asked.channel, body["richMenuId"]))
        for user in body["userIds"]:
            _link(asked.channel, user, menu.id)
    return Answer(202, json={})


def bulk_unlink(asked: Asked) -> Answer:
    """Take the own menu from up to 500 people."""
    body = check_object(asked.json(), shape({"userIds": list_of(USER_ID, 1, 500)}))
    with asked.channel.lock:
        for user in body["userIds"]:
            _link(asked.channel, user, None)
    return Answer(202, json={})


def create_alias(asked: Asked) -> Answer:
    """Name a menu, so that a tab can point to it."""
    body = check_object(asked.json(), shape({"richMenuAliasId": ALIAS, "richMenuId": MENU_ID}))
    channel = asked.channel
    with channel.lock:
        if body["richMenuAliasId"] in channel.aliases:
            raise Refusal(400, "conflict richmenu alias id")
        if len(channel.aliases) >= MOST_MENUS:
            raise Refusal(400, "The number of rich menu aliases has reached its limit")
        menu = _ready(_menu_named(channel, body["richMenuId"], status=400))
        channel.aliases[body["richMenuAliasId"]] = menu.id
    return Answer(json={})


def update_alias(asked: Asked) -> Answer:
    """Point a name to another menu."""
    body = check_object(asked.json(), shape({"richMenuId": MENU_ID}))
    with asked.channel.lock:
        name = _alias(asked)
        asked.channel.aliases[name] = _ready(_menu_named(asked.channel, body["richMenuId"], status=400)).id
    return Answer(json={})


def get_alias(asked: Asked) -> Answer:
    """Where a name points."""
    name = _alias(asked)
    return Answer(json={"richMenuAliasId": name, "richMenuId": asked.channel.aliases[name]})


def list_aliases(asked: Asked) -> Answer:
    """All names."""
    with asked.channel.lock:
        named = asked.channel.aliases.items()
        return Answer(json={"aliases": [{"richMenuAliasId": a, "richMenuId": menu} for a, menu in named]})


def delete_alias(asked: Asked) -> Answer:
    """Forget a name."""
    with asked.channel.lock:
        del asked.channel.aliases[_alias(asked)]
    return Answer(json={})


def _described(menu: Menu) -> Json:
    return {"richMenuId": menu.id, **menu.definition}


def _menu(asked: Asked) -> Menu:
    return _menu_named(asked.channel, asked.path["menu"])


def _menu_named(channel: Channel, menu_id: str, status: int = 404) -> Menu:
    menu = channel.menus.get(menu_id)
    if menu is None:
        raise Absent(404, "richmenu not found") if status == 404 else Refusal(status, "richmenu not found")
    return menu


def _ready(menu: Menu) -> Menu:
    """The menu, once it has a picture."""
    if menu.picture is None:
        raise Refusal(400, "must upload richmenu image before applying it to user")
    return menu


def _alias(asked: Asked) -> str:
    name = asked.path["alias"]
    if name not in asked.channel.aliases:
        raise Absent(404, "richmenu alias not found")
    return name


def _user(asked: Asked) -> str:
    user = asked.path["user"]
    found = asked.channel.accounts.get(user)
    if found is None or not found.is_known:
        raise Refusal(400, "The value for the 'userId' parameter is invalid")
    return user


def _link(channel: Channel, user: str, menu_id: str | None) -> None:
    account: Account | None = channel.accounts.get(user)
    if account is not None and account.is_friend and not account.has_blocked:
        account.menu_id = menu_id
