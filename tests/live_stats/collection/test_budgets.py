"""Budgets: what may be asked today, this week, and in one collection."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelican.plugins.live_stats.collection.budgets import BudgetLedger
from pelican.plugins.live_stats.model.errors import BudgetSpent
from pelican.plugins.live_stats.model.values import Window
from pelican.plugins.live_stats.providers import BY_NAME
from pelican.plugins.live_stats.providers.base import kind_of

TODAY = date(2026, 11, 24)
WEEK = Window(days=7)
X, YOUTUBE, INSTAGRAM = (BY_NAME[name] for name in ("x", "youtube", "instagram"))


def paid(ledger, kind, times, subject="metoo", window=WEEK):
    """How many of so many requests the purse pays for."""
    for done in range(times):
        try:
            ledger.charge(kind_of(ledger.provider, kind), subject, window)
        except BudgetSpent:
            return done
    return times


def test_dollars_add_up_over_collections():
    """What was spent today stays spent; tomorrow begins anew."""
    first = BudgetLedger(X, limits={"dollars": 0.025}, today=TODAY)
    assert paid(first, "tag", 2) == 2

    again = BudgetLedger(X, spent=first.spent(), limits={"dollars": 0.025}, today=TODAY)
    assert paid(again, "tag", 1) == 0
    assert paid(again, "post", 2) == 1

    tomorrow = BudgetLedger(
        X, spent=again.spent(), limits={"dollars": 0.025}, today=date(2026, 11, 25)
    )
    assert paid(tomorrow, "tag", 1) == 1


def test_a_budget_of_one_kind_leaves_the_others():
    """YouTube's searches are few; its videos are not."""
    ledger = BudgetLedger(YOUTUBE, limits={"searches": 1}, requests=99, today=TODAY)

    assert paid(ledger, "tag", 5) == 1
    assert paid(ledger, "video", 5) == 5


def test_a_hashtag_counts_once_a_week():
    """Thirty different hashtags in seven days; the same one again is free."""
    ledger = BudgetLedger(INSTAGRAM, requests=999, today=TODAY)
    for number in range(30):
        assert paid(ledger, "tag", 3, f"tag{number}") == 3

    assert paid(ledger, "tag", 1, "another") == 0
    assert paid(ledger, "tag", 1, "tag7") == 1
    later = BudgetLedger(INSTAGRAM, spent=ledger.spent(), today=date(2026, 12, 1))
    assert paid(later, "tag", 1, "another") == 1


@given(most=st.integers(0, 60), times=st.integers(0, 80))
def test_never_more_than_allowed(most, times):
    """Whatever is asked, no budget is ever overspent."""
    ledger = BudgetLedger(X, limits={"requests": most}, requests=999, today=TODAY)
    done = paid(ledger, "post", times)

    assert done == min(most, times, 50)  # fifty posts cost the usual 25 cents
    spent = ledger.spent().get("dollars", {}).get(TODAY.isoformat(), "0")
    assert Decimal(spent) == done * Decimal("0.005")


@pytest.mark.parametrize("spoilt", ["many", "-3", "NaN", ""])
def test_a_spoilt_entry_is_nothing_spent(spoilt):
    """The state is safe to lose, and safe to spoil."""
    ledger = BudgetLedger(
        X, spent={"dollars": {TODAY.isoformat(): spoilt}}, today=TODAY
    )

    assert paid(ledger, "tag", 1) == 1
