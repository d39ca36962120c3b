"""What the town remembers, and its rules. Knows no web, no LINE, no network."""

from models.act import Act as Act
from models.answer import Answer as Answer, FollowUp as FollowUp
from models.approval import Approval as Approval
from models.base import Base as Base
from models.call import Call as Call
from models.canned_reply import CannedReply as CannedReply
from models.category import Category as Category
from models.conversation import Conversation as Conversation
from models.effect import Effect as Effect
from models.follow import Follow as Follow
from models.inbox import InboxEvent as InboxEvent
from models.incident import (
    Incident as Incident,
    IncidentTicket as IncidentTicket,
    IncidentWords as IncidentWords,
    ReportCount as ReportCount,
)
from models.lane import Lane as Lane
from models.municipality import (
    Department as Department,
    Holiday as Holiday,
    ImportantNumber as ImportantNumber,
    Municipality as Municipality,
    Owner as Owner,
)
from models.news import News as News
from models.officer import (
    DutyShift as DutyShift,
    Invitation as Invitation,
    InvitationTry as InvitationTry,
    Officer as Officer,
    OfficerDepartment as OfficerDepartment,
)
from models.outbox import (
    LedgerEntry as LedgerEntry,
    OutboxMessage as OutboxMessage,
    OutboxQuote as OutboxQuote,
    QuotaMonth as QuotaMonth,
)
from models.place import Area as Area, NamedPlace as NamedPlace, PlaceLesson as PlaceLesson
from models.report import Media as Media, Message as Message, Report as Report
from models.resident import Resident as Resident
from models.same_question import SameQuestion as SameQuestion
from models.sent_part import SentPart as SentPart
from models.ticket import Correction as Correction, Ticket as Ticket, TicketCounter as TicketCounter
from models.ticket_event import TicketEvent as TicketEvent
