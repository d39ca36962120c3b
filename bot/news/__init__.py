"""News: reply first, then the next reply, then one push that takes everything waiting along.

A News row is one word to one person about one ticket. It is carried by an outbox message and is told when LINE has
accepted that message: only then has the town kept its promise. telling: what is to be heard; carrying: by which
message; settling: what became of it; asking: what of it still wants an answer.
"""

from bot.news.asking import ASKS as ASKS, asked as asked
from bot.news.calling import (
    ask_to_call as ask_to_call,
    overtake_calls as overtake_calls,
    take_calls_along as take_calls_along,
)
from bot.news.carrying import (
    carry as carry,
    gather as gather,
    push_waiting as push_waiting,
    release as release,
    ride_along as ride_along,
    say_again as say_again,
    still_true as still_true,
    take_from_waiting_pushes as take_from_waiting_pushes,
    waiting_for as waiting_for,
)
from bot.news.settling import (
    DIALOGUE_PUSH_EVERY as DIALOGUE_PUSH_EVERY,
    accepted as accepted,
    blocked as blocked,
    expired as expired,
    push_owed as push_owed,
    refused as refused,
    uncertain as uncertain,
    waits_for_quota as waits_for_quota,
)
from bot.news.telling import (
    MERGE_SECONDS as MERGE_SECONDS,
    awaited_photo as awaited_photo,
    forget as forget,
    merge_time as merge_time,
    reporters as reporters,
    tell as tell,
    tell_move as tell_move,
    town_of as town_of,
    use_merge_seconds as use_merge_seconds,
)
