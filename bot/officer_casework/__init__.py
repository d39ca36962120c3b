"""What an officer does that changes no status: talk, correct, add, hand on; and who works here, with the trail."""

from bot.officer_casework.hands import hand_over, let_go, transfer
from bot.officer_casework.matters import LONGEST_NUMBER, add_after_photo, photo_came, recategorise, set_forward_number
from bot.officer_casework.merging import may_unmerge, merge, unmerge
from bot.officer_casework.plans import PLANS_AHEAD, Period, periods, plan
from bot.officer_casework.repeats import repeats, ticket_of, which
from bot.officer_casework.showing import media_came, show_to_reporters
from bot.officer_casework.splitting import put_back, split, split_off
from bot.officer_casework.talking import note, reply_to_reporters

__all__ = [
    "LONGEST_NUMBER",
    "PLANS_AHEAD",
    "Period",
    "add_after_photo",
    "hand_over",
    "let_go",
    "may_unmerge",
    "media_came",
    "merge",
    "note",
    "periods",
    "photo_came",
    "plan",
    "put_back",
    "recategorise",
    "repeats",
    "reply_to_reporters",
    "set_forward_number",
    "show_to_reporters",
    "split",
    "split_off",
    "ticket_of",
    "transfer",
    "unmerge",
    "which",
]
