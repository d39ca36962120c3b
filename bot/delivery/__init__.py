"""Messages leave here: claim, commit, send, settle; and the ledger of what that cost (quota)."""

from bot.delivery.quota import (
    SHORT_AT as SHORT_AT,
    may_digest as may_digest,
    measure as measure,
    month_of as month_of,
    read_quotas as read_quotas,
    this_month as this_month,
    used as used,
)
from bot.delivery.sending import Build as Build, Delivered as Delivered, Delivery as Delivery, Letter as Letter
from bot.delivery.settling import Hooks as Hooks
