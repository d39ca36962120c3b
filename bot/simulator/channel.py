"""One official account as LINE keeps it: its people, tokens, menus, quota and content."""

import threading
from collections import OrderedDict, deque
from dataclasses import dataclass, field

from bot.simulator import ids
from bot.simulator.chats import Chat
from bot.simulator.clock import Clock
from bot.simulator.pacing import Pace
from bot.simulator.refusals import Json, Refusal

RETRY_KEY_SECONDS = 24 * 3600
TOKEN_SECONDS = 60
TOKEN_DEAD_AFTER_SECONDS = 20 * 60
MOST_CONTENT_BYTES = 256_000_000
MOST_TOKENS = 50_000
PLAN_QUOTA = {"free": 300, "basic": 15_000, "pro": 35_000, "unlimited": None}


@dataclass
class Account:
    """A person's LINE account as this channel sees it."""

    id: str
    name: str
    chat: Chat
    language: str | None = "th"
    on_pc: bool = False
    is_friend: bool = False
    has_written: bool = False
    has_blocked: bool = False
    menu_id: str | None = None
    taps: int = 0
    opened: list[str] = field(default_factory=list)
    clipboard: str = ""
    keyboard: str = ""
    is_loading: bool = False
    read_up_to: int = -1

    @property
    def is_known(self) -> bool:
        """Whether the channel may know this id at all."""
        return self.is_friend or self.has_written or self.has_blocked

    @property
    def receives(self) -> bool:
        """Whether a message sent to the account arrives."""
        return (self.is_friend or self.has_written) and not self.has_blocked


@dataclass
class Group:
    """A group chat with the account in it."""

    id: str
    name: str
    chat: Chat
    members: dict[str, Account] = field(default_factory=dict)
    has_bot: bool = True


@dataclass
class ReplyToken:
    """A token, when it was handed out, and whether it was used."""

    chat: Chat
    event_at: float
    given_at: float
    is_used: bool = False

    def is_good(self, now: float) -> bool:
        """Unused, at most a minute after it was (re)delivered and twenty after the event."""
        fresh = now - self.given_at <= TOKEN_SECONDS
        return not self.is_used and fresh and now - self.event_at <= TOKEN_DEAD_AFTER_SECONDS


@dataclass
class Content:
    """The bytes behind a photo, video, voice or file; `waits` answers of 202 come first."""

    kind: str
    content_type: str
    body: bytes
    waits: int = 0
    is_gone: bool = False


@dataclass
class Menu:
    """A rich menu and its picture, once it has one."""

    id: str
    definition: Json
    picture: bytes | None = None
    content_type: str = ""


@dataclass
class Accepted:
    """What became of a retry key."""

    at: float
    request_id: str
    sent: list[Json]


class Channel:
    """Everything LINE remembers of one channel. Change it only while holding `lock`."""

    def __init__(
        self, name: str, secret: str, access_token: str, webhook: str, clock: Clock, plan: str = "free"
    ) -> None:
        self.name = name
        self.title = name
        self.secret = secret
        self.access_token = access_token
        self.webhook = webhook
        self.webhook_is_active = True
        self.clock = clock
        self.plan = plan
        self.quota: int | None = PLAN_QUOTA[plan]
        self.bot_id = ids.user_id("bot", name)
        self.redelivers_failures = False
        self.doubled_share = 0.0
        self.lock = threading.RLock()
        self.pace = Pace(clock)
        self.accounts: dict[str, Account] = {}
        self.groups: dict[str, Group] = {}
        self.tokens: OrderedDict[str, ReplyToken] = OrderedDict()
        self.quote_tokens: OrderedDict[str, str] = OrderedDict()
        self.read_tokens: OrderedDict[str, tuple[str, int]] = OrderedDict()
        self.contents: OrderedDict[str, Content] = OrderedDict()
        self.retry_keys: OrderedDict[str, Accepted] = OrderedDict()
        self.menus: dict[str, Menu] = {}
        self.aliases: dict[str, str] = {}
        self.default_menu_id: str | None = None
        self.used_by_month: dict[str, int] = {}
        self.gathering: list[Json] | None = None
        self.map: Json = {"type": "FeatureCollection", "features": []}
        self.events: deque[Json] = deque(maxlen=50_000)

    def account(self, name: str, language: str | None = "th", on_pc: bool = False) -> Account:
        """The person of this name, made at the first call."""
        with self.lock:
            user_id = ids.user_id(self.name, name)
            if user_id not in self.accounts:
                self.accounts[user_id] = Account(user_id, name, Chat(user_id), language, on_pc)
            return self.accounts[user_id]

    def group(self, name: str) -> Group:
        """The group of this name, made at the first call."""
        with self.lock:
            group_id = ids.group_id(self.name, name)
            if group_id not in self.groups:
                self.groups[group_id] = Group(group_id, name, Chat(group_id))
            return self.groups[group_id]

    def chats(self) -> list[Chat]:
        """Every chat of this channel."""
        with self.lock:
            return [one.chat for one in self.accounts.values()] + [one.chat for one in self.groups.values()]

    def keep_content(self, message_id: str, content: Content) -> None:
        """Keep a file until 256 MB of newer ones push it out."""
        with self.lock:
            self.contents[message_id] = content
            total = sum(len(one.body) for one in self.contents.values()) if len(content.body) > 100_000 else 0
            while total > MOST_CONTENT_BYTES or len(self.contents) > 10_000:
                _, oldest = self.contents.popitem(last=False)
                total -= len(oldest.body)

    def new_token(self, chat: Chat, event_at: float) -> str:
        """A reply token for this chat; its minute begins with the delivery."""
        token = ids.token()
        with self.lock:
            self.tokens[token] = ReplyToken(chat, event_at, self.clock.now())
            while len(self.tokens) > MOST_TOKENS:
                self.tokens.popitem(last=False)
        return token

    def new_quote_token(self, chat: Chat) -> str:
        """A token to quote a message of this chat; it never expires."""
        token = ids.token() + ids.token()
        with self.lock:
            self.quote_tokens[token] = chat.id
            while len(self.quote_tokens) > MOST_TOKENS:
                self.quote_tokens.popitem(last=False)
        return token

    def spend(self, recipients: int) -> None:
        """Count paid messages against the month.

        Raises:
            Refusal: 429 when the month cannot take them; then none is counted.
        """
        used = self.used()
        if self.quota is not None and used + recipients > self.quota:
            raise Refusal(429, "You have reached your monthly limit.")
        self.used_by_month[self._month()] = used + recipients

    def used(self) -> int:
        """Paid messages of this month."""
        return self.used_by_month.get(self._month(), 0)

    def menu_of(self, account: Account) -> Menu | None:
        """What is shown below her chat: her own menu, else the default; none on a PC or when blocked."""
        if account.on_pc or account.has_blocked or not account.is_friend:
            return None
        with self.lock:
            own = self.menus.get(account.menu_id or "")
            return own or self.menus.get(self.default_menu_id or "")

    def _month(self) -> str:
        return self.clock.month()
