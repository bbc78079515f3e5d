"""Two versions of one agency within an hour from two hands: the one approved last counts, not the last to come (S15).

Lives here: which submissions are rivals, from when to when each counts, and what both senders are told.
Does not live here: how an approval is told (journal.py: `approved_by`, `approved_at` of arrivals.csv), outcomes.

A version of the same hand replaces the one before by arriving. A version of another hand within the hour does not:
the standing one stays until somebody approves, and while nobody has, both senders are asked. What was known at an
instant stays so: an approval works from when it was given, not before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from expectations.findings import Severity
from ingestion.complaints import complaint
from ingestion.journal import ZONE
from ingestion.typing.text import fold

if TYPE_CHECKING:
    from ingestion.submissions import Submission

WITHIN = timedelta(hours=1)
UNDECIDED, DECIDED = "TEP-HAI_NGUOI_GUI", "TEP-BAN_DUOC_DUYET"


@dataclass(frozen=True)
class Period:
    """When a submission counts: half-open, `until` None while it still does; one that never counts is empty."""

    since: datetime
    until: datetime | None


@dataclass
class Bout:
    """Versions of one sender that arrived within an hour of each other, in that order, and which of them stands."""

    members: list[Submission]
    seen: list[Submission] = field(default_factory=list)
    approved: set[str] = field(default_factory=set)
    turns: list[tuple[datetime, Submission]] = field(default_factory=list)

    @property
    def standing(self) -> Submission:
        """The member that counts at last."""
        return self.turns[-1][1]

    @property
    def is_contested(self) -> bool:
        """Whether two hands sent."""
        return any(_differ(one, other) for one, other in combinations(self.seen, 2))

    @property
    def is_decided(self) -> bool:
        """Whether the member that counts was approved."""
        return self.standing.received.sha256 in self.approved

    def play(self, end: datetime | None) -> Bout:
        """Let arrivals and approvals happen in their order, up to the arrival of a later version (`end`)."""
        events = [(one.received.received_at, 0, place, one) for place, one in enumerate(self.members)]
        for place, one in enumerate(self.members):
            given = one.received.approved_at
            if given is not None and given > one.received.received_at:
                events.append((given, 1, place, one))
        for at, kind, _, one in sorted(events, key=lambda event: event[:3]):
            if end is None or at < end:
                (self._arrives if kind == 0 else self._is_approved)(at, one)
        return self

    def _arrives(self, at: datetime, one: Submission) -> None:
        self.seen.append(one)
        given = one.received.approved_at
        if given is not None and given <= at:
            self.approved.add(one.received.sha256)
        if not self.turns or not self.is_contested:
            self._stand(at, one)
        elif one.received.sha256 in self.approved:
            self._outdo(at, one)
        elif not _differ(one, self.standing) and not self.is_decided:
            self._stand(at, one)

    def _is_approved(self, at: datetime, one: Submission) -> None:
        self.approved.add(one.received.sha256)
        if self.is_contested:
            self._outdo(at, one)

    def _outdo(self, at: datetime, one: Submission) -> None:
        """The approval given last decides."""
        if not self.is_decided or _given(self.standing) <= _given(one):
            self._stand(at, one)

    def _stand(self, at: datetime, one: Submission) -> None:
        """One that stood before and is approved after all has stood all the time: a submission has one period."""
        places = [place for place, (_, other) in enumerate(self.turns) if other is one]
        if places:
            del self.turns[places[0] + 1 :]
        else:
            self.turns.append((at, one))


def periods(submissions: Iterable[Submission]) -> dict[str, Period]:
    """sha256 -> when it counts, of submissions in the order of arrival, blocked ones left out by the caller.

    At every instant since the first arrival exactly one version of a sender counts.
    """
    found: dict[str, Period] = {}
    for bouts in _bouts(submissions).values():
        for place, bout in enumerate(bouts):
            end = _start(bouts[place + 1]) if place + 1 < len(bouts) else None
            found |= {
                one.received.sha256: Period(one.received.received_at, one.received.received_at) for one in bout.members
            }
            starts = [at for at, _ in bout.turns]
            for (since, one), until in zip(bout.turns, [*starts[1:], end], strict=True):
                found[one.received.sha256] = Period(since, until)
    return found


def counting(submissions: Iterable[Submission]) -> dict[tuple[str, str], Submission]:
    """Sender -> the submission that counts now."""
    return {sender: bouts[-1].standing for sender, bouts in _bouts(submissions).items()}


def tell(submissions: Sequence[Submission]) -> None:
    """Ask the senders of undecided rivals, and say of decided ones which counts; the newest bout of a sender only."""
    for bouts in _bouts(submissions).values():
        bout = bouts[-1]
        if bout.is_contested:
            for one in bout.members:
                _say(one, bout)


def _bouts(submissions: Iterable[Submission]) -> dict[tuple[str, str], list[Bout]]:
    found: dict[tuple[str, str], list[Bout]] = {}
    for one in submissions:
        bouts = found.setdefault(one.sender, [])
        if bouts and one.received.received_at - bouts[-1].members[-1].received.received_at <= WITHIN:
            bouts[-1].members.append(one)
        else:
            bouts.append(Bout([one]))
    for bouts in found.values():
        for bout, after in pairwise([*bouts, None]):
            assert bout is not None
            bout.play(_start(after) if after is not None else None)
    return found


def _start(bout: Bout) -> datetime:
    return bout.members[0].received.received_at


def _differ(one: Submission, other: Submission) -> bool:
    """Two hands of one agency: the journal says so, or the covers name two who drafted. Silence is no difference."""
    if one.agency_code is None:
        return False
    for mine, theirs in ((one.received.sent_by, other.received.sent_by), (one.prepared_by, other.prepared_by)):
        if mine and theirs:
            return fold(mine) != fold(theirs)
    return False


def _given(one: Submission) -> datetime:
    given = one.received.approved_at
    assert given is not None
    return given


def _say(one: Submission, bout: Bout) -> None:
    facts = {
        "k": str(len(bout.members)),
        "ds": ", ".join(_receipt(each) for each in bout.members),
        "ma": _receipt(bout.standing),
    }
    rule, severity = UNDECIDED, Severity.QUERY
    if bout.is_decided:
        rule, severity = DECIDED, Severity.NOTE
        facts["luc"] = f"{_given(bout.standing).astimezone(ZONE):%H giờ %M phút ngày %d/%m/%Y}"
    one.findings.append(
        complaint(
            rule,
            severity,
            facts,
            file=one.received.file_name,
            submission_id=one.id,
            agency_code=one.agency_code,
            reporting_year=one.received.year,
        )
    )


def _receipt(one: Submission) -> str:
    return f"{one.received.year}-{one.received.sha8}"
