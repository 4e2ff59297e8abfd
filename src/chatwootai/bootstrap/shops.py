"""One account put together: its ERP, its desk, its crews. Made anew whenever its profile changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from chatwootai.bootstrap.accounts import chatwoot_access, odoo_access
from chatwootai.bootstrap.shared import Shared
from chatwootai.channels import CHANNELS
from chatwootai.config import AccountSettings
from chatwootai.crews.desk import Desk
from chatwootai.crews.dialogues.assenting import answer_to
from chatwootai.crews.dialogues.frontdesk import Frontdesk
from chatwootai.crews.dialogues.opening import is_open
from chatwootai.crews.info.crew import InfoCrew
from chatwootai.crews.sales.crew import SalesCrew
from chatwootai.crews.scheduling.crew import SchedulingCrew
from chatwootai.crews.support.crew import SupportCrew
from chatwootai.domain.accounts import AccountId
from chatwootai.domain.changes import ChangeFeed, ChangeListener
from chatwootai.domain.conversations import Status
from chatwootai.domain.crews import Crew, CrewName
from chatwootai.domain.profiles import Profile
from chatwootai.domain.proposals import ProposalKind
from chatwootai.hub.accounts import Account
from chatwootai.hub.bookings import Bookings
from chatwootai.hub.closings import Closings
from chatwootai.hub.identities import Identities
from chatwootai.hub.knowledge import KnowledgeKeeper
from chatwootai.hub.knowledge_at_hand import KnowledgeAtHand
from chatwootai.hub.purchases import Purchases
from chatwootai.hub.scheduling import scheduling_rules
from chatwootai.hub.yes import Yes
from chatwootai.integrations.cache.catalog import CachedCatalog
from chatwootai.integrations.cache.customers import CachedCustomers
from chatwootai.integrations.cache.knowledge import CachedKnowledge
from chatwootai.integrations.cache.orders import CachedOrders
from chatwootai.integrations.cache.promotions import CachedPromotions
from chatwootai.integrations.chatwoot.client import ChatwootHelpdesk
from chatwootai.integrations.odoo.calendars import OdooCalendar
from chatwootai.integrations.odoo.catalog import OdooCatalog
from chatwootai.integrations.odoo.changes import OdooChangeFeed
from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.odoo.customers import OdooCustomers
from chatwootai.integrations.odoo.leads import OdooLeads
from chatwootai.integrations.odoo.orders import OdooOrders
from chatwootai.integrations.odoo.promotions import OdooPromotions
from chatwootai.integrations.qdrant.knowledge import QdrantKnowledge

CREWS: Mapping[CrewName, Callable[[Desk], Crew]] = {
    CrewName.SALES: SalesCrew,
    CrewName.SUPPORT: SupportCrew,
    CrewName.SCHEDULING: SchedulingCrew,
    CrewName.INFO: InfoCrew,
}


@dataclass(frozen=True, slots=True)
class Feed:
    """An account's change feed, and who of this process wants to hear of it."""

    changes: ChangeFeed
    listeners: tuple[ChangeListener, ...]


class Shop:
    """What of an account outlives a change of its profile, and the account made with the profile of now."""

    def __init__(self, id_: AccountId, settings: AccountSettings, shared: Shared, profile: Profile) -> None:
        self.id = id_
        self.settings = settings
        self.shared = shared
        self.profile = profile
        self.client = OdooClient(shared.session, odoo_access(settings))
        self.catalog = OdooCatalog(
            self.client, currency=profile.currency, zone=profile.hours.zone, names_seconds=0
        )
        cache = shared.cache
        self._cached = CachedCatalog(self.catalog, cache, self.id)
        self._customers = OdooCustomers(self.client)
        self._promotions = CachedPromotions(OdooPromotions(self.client), cache, self.id)
        self._orders = OdooOrders(self.client, currency=profile.currency)
        self._quotes = CachedOrders(self._orders, cache, self.id)
        self._index: CachedKnowledge | None = None
        self.keeper: KnowledgeKeeper | None = None
        listeners: list[ChangeListener] = [self.catalog, self._cached, self._promotions, self._quotes]
        if shared.qdrant:
            index = QdrantKnowledge(shared.qdrant, self.id)
            self.keeper = KnowledgeKeeper(self.id, self.catalog, index, lambda: self.profile, self.today)
            self._index = CachedKnowledge(index, cache, self.id)
            listeners += [self.keeper, self._index]
        self.feed = Feed(
            OdooChangeFeed(self.client),
            # The catalogue behind the cache hears first: it keeps names of its own.
            tuple(listeners),
        )

    def today(self) -> date:
        """The shop's day."""
        return datetime.now(self.profile.hours.zone).date()

    async def rebuild_index(self) -> int:
        """Index everything anew; returns how many passages, 0 where there is no index."""
        if self.keeper is None or self._index is None:
            return 0
        passages = await self.keeper.rebuild()
        await self._index.forget()
        return passages

    def account(self) -> Account:
        """The account with the profile of now."""
        profile = self.profile
        is_open(profile.hours, datetime.now(profile.hours.zone))  # builds its calendar now, not in a turn
        desk = self._desk()
        crews: Mapping[CrewName, Crew] = {
            name: crew(desk) for name, crew in CREWS.items() if name.value in profile.crews
        }
        understanding = self.shared.reader
        understanding.prepare(profile)
        return Account(
            id=self.id,
            profile=profile,
            helpdesk=ChatwootHelpdesk(self.shared.session, chatwoot_access(self.id, self.settings), self.id),
            understanding=understanding,
            crews=crews,
            frontdesk=Frontdesk(desk.leads),
            channels=CHANNELS,
            speaks_in=frozenset(Status(status) for status in self.settings.speaks_in),
            closings=desk.closings,
        )

    def _desk(self) -> Desk:
        profile, holds = self.profile, self.shared.holds
        seconds = profile.proposal_minutes * 60.0
        rules = scheduling_rules(profile, self.today())
        calendar = OdooCalendar(self.client, rules, currency=profile.currency, now=lambda: datetime.now(UTC))
        purchases = Purchases(self.id, self._orders, self.catalog, holds, seconds)
        bookings = Bookings(self.id, calendar, holds, rules, seconds)
        give_back = {
            ProposalKind.ORDER: purchases.abandon,
            ProposalKind.BOOKING: bookings.abandon,
            ProposalKind.RESCHEDULE: bookings.abandon,
        }
        return Desk(
            account=self.id,
            catalog=self._cached,
            customers=CachedCustomers(self._customers, self.shared.cache, self.id),
            # Whose orders are shown is never decided by what was so a while ago.
            identities=Identities(self._customers),
            knowledge=KnowledgeAtHand(self.id, self._index),
            promotions=self._promotions,
            orders=self._orders,
            quotes=self._quotes,
            purchases=purchases,
            calendar=calendar,
            bookings=bookings,
            leads=OdooLeads(self.client),
            closings=Closings(Yes(self.shared.proposals, answer_to), give_back),
        )
