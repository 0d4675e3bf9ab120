"""Limits of requests and money: per collection (`requests`) and over days (`budgets`).

Requests are limited for each host, so that of many servers none takes the requests of
another; budgets are for the whole platform. Both are declared by the providers and may
be overridden in the settings; what was spent is kept in the journal.
"""

import threading
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from ..model.errors import BudgetSpent
from ..model.messages import count_of
from ..model.values import Window
from ..providers.base import Budget, Kind, Provider
from ..storage.journal import Spent
from ..storage.journal_lines import Units

ALL_TIME = Window()


class BudgetLedger:
    """What one collection may spend on one platform. Safe to share between threads.

    `limits` overrides budgets by unit, `requests` is for each host in this collection.
    `due` has how many queries there are by host, `dollars` what this collection spent.
    `enter` is called with what a request takes before it is sent, to write it down.
    """

    def __init__(
        self,
        provider: Provider,
        *,
        spent: Mapping[str, Mapping[str, str]] | None = None,
        limits: Mapping[str, float] | None = None,
        requests: int | None = None,
        today: date,
        enter: Callable[[Units], None] = lambda units: None,
    ) -> None:
        self.provider, self.today, self._enter = provider, today, enter
        self.budgets = effective_budgets(provider, limits or {})
        self.due: Counter[str] = Counter()
        self.dollars = Decimal(0)
        self._limit = provider.requests if requests is None else requests
        self._sent: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._spent: Spent = {
            budget.unit: recent_entries(
                budget, (spent or {}).get(budget.unit, {}), today
            )
            for budget in self.budgets
        }

    def check(self, kind: Kind, subject: str, window: Window, host: str = "") -> None:
        """Raise BudgetSpent unless all requests for this window can be paid for.

        The first of them would be wasted if the last one could not be sent.
        """
        with self._lock:
            self._check(kind, subject, window, host, kind.requests_for(window.days))

    def charge(
        self, kind: Kind, subject: str, window: Window = ALL_TIME, host: str = ""
    ) -> None:
        """Charge one request. Raises BudgetSpent, and then nothing is charged."""
        with self._lock:
            self._check(kind, subject, window, host, 1)
            taken = self._taken_by(kind, subject, window)
            if taken:
                self._enter(taken)
            self._sent[host] += 1
            day = self.today.isoformat()
            for unit, amount in taken.items():
                entries = self._spent[unit]
                if isinstance(amount, Decimal):
                    entries[day] = str(_amount(entries.get(day)) + amount)
                else:
                    entries[subject] = day
            self.dollars += kind.request_price(window.days)

    def _taken_by(self, kind: Kind, subject: str, window: Window) -> Units:
        """What one request takes of each budget: nothing where its subject is paid."""
        taken: dict[str, Decimal | frozenset[str]] = {}
        for budget in self.budgets:
            price = self._price(budget, kind, window)
            if price and not budget.distinct:
                taken[budget.unit] = price
            elif price and subject not in self._spent[budget.unit]:
                taken[budget.unit] = frozenset({subject})
        return taken

    def _check(
        self, kind: Kind, subject: str, window: Window, host: str, requests: int
    ) -> None:
        if self._sent[host] + requests > self._limit:
            raise BudgetSpent(self._requests_text(host, requests))
        for budget in self.budgets:
            price = self._price(budget, kind, window)
            if price and not self._affords(budget, price * requests, subject):
                raise BudgetSpent(_spent_text(budget, self.provider, price * requests))

    def _requests_text(self, host: str, requests: int) -> str:
        """The limit that is reached, and the setting that raises it."""
        name = self.provider.name
        enough = max(2 * self._limit, self.due[host], requests)
        needed = f"; this takes {requests}" if requests > self._limit else ""
        return (
            f"the limit of {count_of(self._limit, 'request')} to "
            f"{host or self.provider.label} in one collection is reached{needed} "
            f'(LIVE_STATS_REQUESTS = {{"{name}": {enough}}} allows more)'
        )

    def spent(self) -> Spent:
        """What was spent, this collection included."""
        with self._lock:
            return {unit: dict(days) for unit, days in self._spent.items() if days}

    def _price(self, budget: Budget, kind: Kind, window: Window) -> Decimal:
        if budget.kinds and kind.name not in budget.kinds:
            return Decimal(0)
        if budget.unit == "dollars":
            return kind.request_price(window.days)
        return Decimal(1)

    def _affords(self, budget: Budget, price: Decimal, subject: str) -> bool:
        entries = self._spent[budget.unit]
        if budget.distinct:
            return subject in entries or len(entries) < budget.most
        return amount_spent(budget, entries) + price <= budget.most


def effective_budgets(
    provider: Provider, limits: Mapping[str, float]
) -> tuple[Budget, ...]:
    """The budgets of a platform; `limits` from the settings win, by unit."""
    known = {budget.unit: budget for budget in provider.budgets}
    for unit, most in limits.items():
        usual = known.get(unit, Budget(unit=unit, most=Decimal(0)))
        known[unit] = Budget(
            unit=unit,
            most=Decimal(str(most)),
            days=usual.days,
            kinds=usual.kinds,
            distinct=usual.distinct,
        )
    return tuple(known.values())


def recent_entries(
    budget: Budget, entries: Mapping[str, str], today: date
) -> dict[str, str]:
    """The entries in the days of the budget: by day, or by subject if distinct."""
    first = (today - timedelta(days=budget.days - 1)).isoformat()
    kept = {}
    for key, value in entries.items():
        day = value if budget.distinct else key
        if first <= day <= today.isoformat():
            kept[key] = value
    return kept


def amount_spent(budget: Budget, entries: Mapping[str, str]) -> Decimal:
    """The sum of the entries, in the budget's unit; invalid ones count as zero."""
    if budget.distinct:
        return Decimal(len(entries))
    return sum((_amount(value) for value in entries.values()), Decimal(0))


def _amount(text: str | None) -> Decimal:
    try:
        amount = Decimal(text or 0)
    except InvalidOperation:
        return Decimal(0)
    return amount if amount.is_finite() and amount >= 0 else Decimal(0)


def _spent_text(budget: Budget, provider: Provider, price: Decimal) -> str:
    span = "today's budget" if budget.days == 1 else f"the {budget.days}-day budget"
    amount = f"${budget.most}" if budget.unit == "dollars" else budget.most
    unit = "" if budget.unit == "dollars" else f" {budget.unit}"
    enough = max(2 * budget.most, price).normalize()
    setting = f'{{"{provider.name}": {{"{budget.unit}": {enough:f}}}}}'
    return (
        f"{span} of {amount}{unit} for {provider.label} is spent "
        f"(LIVE_STATS_BUDGETS = {setting} allows more)"
    )
