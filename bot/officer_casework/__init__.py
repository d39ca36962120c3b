"""What an officer does that changes no status: talk, correct, add, hand on; and who works here, with the trail."""

from bot.officer_casework.hands import hand_over, transfer
from bot.officer_casework.matters import LONGEST_NUMBER, add_after_photo, photo_came, recategorise, set_forward_number
from bot.officer_casework.merging import may_unmerge, merge, unmerge, why_not
from bot.officer_casework.plans import PLANS_AHEAD, Period, periods, plan
from bot.officer_casework.repeats import repeats, ticket_of
from bot.officer_casework.showing import media_came, show_to_reporters
from bot.officer_casework.talking import note, reply_to_reporters

__all__ = [
    "LONGEST_NUMBER",
    "PLANS_AHEAD",
    "Period",
    "add_after_photo",
    "hand_over",
    "may_unmerge",
    "media_came",
    "merge",
    "note",
    "periods",
    "photo_came",
    "plan",
    "recategorise",
    "repeats",
    "reply_to_reporters",
    "set_forward_number",
    "show_to_reporters",
    "ticket_of",
    "transfer",
    "unmerge",
    "why_not",
]
