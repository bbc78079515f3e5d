"""The registers of the province: recruitment decisions, coverage, staff lists, courses, assignments.

Lives here: which facts stand in which file, and when it arrives. Does not live here: bytes (``files.py``), faults.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from ingestion.rehearsal.organisation import UNASSIGNED
from ingestion.rehearsal.papers import Register, RegisterRow, Return, SaysRecruitment, SaysTraining
from ingestion.rehearsal.people import Person
from ingestion.rehearsal.rows import course_values
from ingestion.rehearsal.schedule import ZONE
from ingestion.rehearsal.world import Recruitment, Training, World

RECRUITMENT = ("decision_number", "decided_on", "effective_on", "national_id", "identity_kind", "full_name",
               "birth_date", "sex", "agency_code", "deciding_agency_code", "unit_code", "position", "staff_kind",
               "recruitment_form", "first_time_in_public_service", "legal_basis", "status")  # fmt: skip
COVERAGE = ("deciding_agency_code", "agency_code", "period_from", "period_to", "is_complete")
SNAPSHOT = ("snapshot_on", "national_id", "identity_kind", "agency_code", "staff_kind", "status", "started_on")
TRAINING = ("record_id", "national_id", "identity_kind", "full_name", "course_code", "course_name", "training_kind",
            "training_level", "training_field", "is_science_technology", "started_on", "completed_on", "hours",
            "institution", "result", "certificate_number", "certified_on")  # fmt: skip
ASSIGNMENT = ("national_id", "identity_kind", "from_agency_code", "to_agency_code", "effective_on", "decision_number")


def make_registers(world: World, years: list[int], returns: list[Return]) -> list[Register]:
    """Every register file of these years, in the order of years and names."""
    found: list[Register] = []
    for year in years:
        found += _recruitment(world, year)
        found.append(_coverage(world, year))
        found += [_snapshot(world, day) for day in _snapshot_days(world, year)]
        found.append(_training(world, year, returns))
        if assignments := [a for a in world.assignments if a.on.year == year]:
            rows = [
                RegisterRow({
                    **_id(a.person), "from_agency_code": world.official(a.old), "to_agency_code": world.official(a.new),
                    "effective_on": a.on.isoformat(), "decision_number": a.number,
                })
                for a in assignments
            ]  # fmt: skip
            arrives = _noon(max(a.on for a in assignments) + timedelta(days=9))
            found.append(Register(year, "person_assignments.csv", ASSIGNMENT, rows, arrives, "88/TB-SNV"))
    return found


def _recruitment(world: World, year: int) -> list[Register]:
    """One file a decider up to 30/11, another for what takes effect in December and is told in January."""
    files = []
    for decider in ("SNV", "SGDDT"):
        own = [r for r in world.recruitments if r.decider == decider and r.effective_on.year == year]
        suffix = "" if decider == "SNV" else f"_{decider}"
        main = [r for r in own if r.effective_on <= date(year, 11, 30)]
        late = [r for r in own if r.effective_on > date(year, 11, 30)]
        arrives = _noon(min(date(year, 12, 2), world.today - timedelta(days=12)))
        if main:
            files.append(_decisions(world, year, f"recruitment_register_{year}{suffix}.csv", main, arrives))
        if late:
            name = f"recruitment_register_{year}{suffix}_thang12.csv"
            files.append(_decisions(world, year, name, late, _noon(date(year + 1, 1, 14))))
    return files


def _decisions(world: World, year: int, name: str, decisions: list[Recruitment], arrives: datetime) -> Register:
    rows = [recruitment_row(world, r) for r in sorted(decisions, key=lambda r: (r.decided_on, r.number))]
    return Register(year, name, RECRUITMENT, rows, arrives, f"{arrives:%d%m}/TB-{decisions[0].decider}")


def recruitment_row(world: World, decision: Recruitment) -> RegisterRow:
    """A line of the recruitment register with its statement."""
    values = {
        "decision_number": decision.number, "decided_on": decision.decided_on.isoformat(),
        "effective_on": decision.effective_on.isoformat(), **_id(decision.person), "full_name": decision.person.name,
        "birth_date": decision.person.born_on.isoformat(), "sex": decision.person.sex,
        "agency_code": world.official(decision.body), "deciding_agency_code": decision.decider,
        "unit_code": decision.unit_code or "", "position": decision.position, "staff_kind": decision.staff_kind,
        "recruitment_form": decision.form, "first_time_in_public_service": "Có" if decision.first_time else "Không",
        "legal_basis": decision.legal_basis or "", "status": decision.status,
    }  # fmt: skip
    says = SaysRecruitment(
        decision.person, decision.decider, decision.number, decision.body, decision.effective_on, decision.decided_on,
        decision.staff_kind, decision.form, decision.status,
    )  # fmt: skip
    return RegisterRow(values, says)


def _coverage(world: World, year: int) -> Register:
    end = min(date(year, 12, 31), date(world.today.year, 10, 31))
    rows = [
        RegisterRow(dict(zip(COVERAGE, (decider, "", f"{year}-01-01", end.isoformat(), "Có"), strict=True)))
        for decider in ("SNV", "SGDDT")
    ]
    arrives = _noon(min(date(year + 1, 1, 15), world.today - timedelta(days=11)))
    return Register(year, f"register_coverage_{year}.csv", COVERAGE, rows, arrives, "12/TB-SNV")


def _snapshot_days(world: World, year: int) -> list[date]:
    """The eve of every reorganisation, and the last day of a year that is over."""
    eves = {s.on - timedelta(days=1) for s in world.organisation.successions if s.carries_on and s.on.year == year}
    days = sorted(eves | {date(year, 12, 31)})
    return [day for day in days if day < world.today]


def _snapshot(world: World, day: date) -> Register:
    rows = []
    for post in world.employments:
        body = post.body_on(day)
        if body is None or UNASSIGNED in body or not world.organisation.bodies[body].exists_on(day):
            continue
        rows.append(
            RegisterRow({
                "snapshot_on": day.isoformat(), **_id(post.person), "agency_code": world.official(body),
                "staff_kind": _kind_on(world, post.staff_kind, day), "status": "dang_lam_viec",
                "started_on": post.started_on.isoformat(),
            })
        )  # fmt: skip
    suffix = "csv" if day.month == 6 else "parquet"
    arrives = _noon(day + timedelta(days=20))
    return Register(day.year, f"staff_snapshot_{day.isoformat()}.{suffix}", SNAPSHOT, rows, arrives, "31/TB-SNV")


def _kind_on(world: World, staff_kind: str, day: date) -> str:
    """Commune officials became civil servants when the districts ended."""
    return "cong_chuc" if staff_kind in ("can_bo_xa", "cong_chuc_xa") and day >= date(2025, 7, 1) else staff_kind


def _training(world: World, year: int, returns: list[Return]) -> Register:
    """What the training system holds: most courses, and all that no agency can have told of."""
    told = _told(returns)
    rows = []
    for training in world.trainings:
        done = training.completed_on
        if done is None or done.year != year:
            continue
        if (training.person, training.course, done) in told and training.record % 4 == 0:
            continue
        rows.append(training_record(training))
    suffix = "xlsx" if year % 2 == 0 else "csv"
    arrives = _noon(min(date(year + 1, 1, 22), world.today - timedelta(days=10)))
    return Register(year, f"training_records_{year}.{suffix}", TRAINING, rows, arrives, "9/TB-SNV")


def training_record(training: Training) -> RegisterRow:
    """A line of the training system with its statement."""
    values = {
        "record_id": f"TR{training.record:06d}", **_id(training.person), "full_name": training.person.name,
        "course_code": training.code,
    }  # fmt: skip
    values |= {name: _text(value) for name, value in course_values(training).items()}
    says = SaysTraining(training.person, training.field, training.completed_on, training.completed_on is not None)
    return RegisterRow(values, says)


def _told(returns: Iterable[Return]) -> set[tuple[Person, str, date]]:
    told = set()
    for one in returns:
        for row in one.rows("B05"):
            if isinstance(row.says, SaysTraining) and row.says.completed_on is not None:
                told.add((row.says.person, str(row.values["course_name"]), row.says.completed_on))
    return told


def _id(person: Person) -> dict[str, str]:
    kind = "" if person.identity_kind == "cccd" else person.identity_kind
    return {"national_id": person.national_id, "identity_kind": kind}


def _text(value: object) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 11, 30, tzinfo=ZONE)
