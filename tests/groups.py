"""A village group as a test speaks of it: who says what there, and what stands on its board."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.line.postbacks import sign
from tests.people import KEY, Person

if TYPE_CHECKING:
    from tests.talking import Rangsit

GROUP = "C" + "7" * 32
US = "@เมือง "


class Group:
    """A group with the account in it. What is said there is seen by `board`."""

    def __init__(self, town: Rangsit) -> None:
        self.town = town
        self.board = town.person("group")
        self.board.user_id = GROUP

    def says(self, who: Person, text: str, *, mentions: bool = True, **message: Any) -> str:
        """Write in the group, with our name in front where it is mentioned."""
        words = f"{US}{text}" if mentions else text
        mention = {"mention": {"mentionees": [{"index": 0, "length": len(US.strip()), "isSelf": True}]}}
        body = {"type": "text", "text": words, **(mention if mentions else {}), **message}
        return who.message(body, source=self._source(who))

    def presses(self, who: Person, label: str) -> None:
        """Press a button that stands in the group."""
        button = self.board.button(label)
        data = sign(button.action, button.args, KEY.encode(), self.town.code)
        who.event({"type": "postback", "postback": {"data": data}, "source": self._source(who)})

    def edits(self, who: Person, said: str, text: str) -> None:
        """Change a message that was sent."""
        mention = {"mentionees": [{"index": 0, "length": len(US.strip()), "isSelf": True}]}
        message = {"id": said, "type": "text", "text": f"{US}{text}", "mention": mention}
        who.event({"type": "messageEdited", "message": message, "source": self._source(who)})

    def unsends(self, who: Person, said: str) -> None:
        """Take a message in the group back."""
        who.event({"type": "unsend", "unsend": {"messageId": said}, "source": self._source(who)}, token=False)

    def _source(self, who: Person) -> dict[str, str]:
        return {"type": "group", "groupId": GROUP, "userId": who.user_id}
