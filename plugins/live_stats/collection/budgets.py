"""Limits of requests and money: per collection (`requests`) and over days (`budgets`).

The limits are declared by the providers and may be overridden in the settings; what was
spent is kept in the state.
"""

import threading
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from ..model.errors import BudgetSpent
from ..providers.base import Budget, Kind, Provider
from ..storage.state import Spent


class BudgetLedger:
    """What one collection may spend on one platform. Safe to share between threads.

    `limits` overrides budgets by unit, `requests` is for this collection alone.
    """

    def __init__(
        self,
        provider: Provider,
        *,
        spent: Mapping[str, Mapping[str, str]] | None = None,
        limits: Mapping[str, float] | None = None,
        requests: int | None = None,
        today: date,
    ) -> None:
        self.provider, self.today = provider, today
        self.budgets = effective_budgets(provider, limits or {})
        self._left = provider.requests if requests is None else requests
        self._lock = threading.Lock()
        self._spent: Spent = {
            budget.unit: recent_entries(
                budget, (spent or {}).get(budget.unit, {}), today
            )
            for budget in self.budgets
        }

    def charge(self, kind: Kind, subject: str) -> None:
        """Charge one request. Raises BudgetSpent, and then nothing is charged."""
        with self._lock:
            if self._left <= 0:
                raise BudgetSpent(
                    f"the budget of requests to {self.provider.label} is spent "
                    "for this time"
                )
            prices = [(budget, self._price(budget, kind)) for budget in self.budgets]
            for budget, price in prices:
                if price and not self._affords(budget, price, subject):
                    raise BudgetSpent(_spent_text(budget, self.provider.label))
            self._left -= 1
            for budget, price in prices:
                entries = self._spent[budget.unit]
                if price and budget.distinct:
                    entries.setdefault(subject, self.today.isoformat())
                elif price:
                    day = self.today.isoformat()
                    entries[day] = str(_amount(entries.get(day)) + price)

    def spent(self) -> Spent:
        """What was spent, this collection included, for the state."""
        with self._lock:
            return {unit: dict(days) for unit, days in self._spent.items() if days}

    def _price(self, budget: Budget, kind: Kind) -> Decimal:
        if budget.kinds and kind.name not in budget.kinds:
            return Decimal(0)
        return kind.dollars if budget.unit == "dollars" else Decimal(1)

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


def _spent_text(budget: Budget, label: str) -> str:
    span = "today's budget" if budget.days == 1 else f"the {budget.days}-day budget"
    amount = f"${budget.most}" if budget.unit == "dollars" else budget.most
    unit = "" if budget.unit == "dollars" else f" {budget.unit}"
    return f"{span} of {amount}{unit} for {label} is spent"
