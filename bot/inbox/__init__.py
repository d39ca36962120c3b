"""What LINE told us: kept durably before it is answered (keeping, door), then handled in order (draining)."""

from bot.inbox.door import Door as Door, DoorBusy as DoorBusy
from bot.inbox.draining import Dispatch as Dispatch, Drained as Drained, drain as drain, drain_held as drain_held
from bot.inbox.keeping import Post as Post, RawEvent as RawEvent, keep as keep, unpack as unpack
