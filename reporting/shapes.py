"""What the columns of each printed table of persons are to each other: what may be computed from what.

Lives here: one ``Shape`` a table. Does not live here: which table has which (``disclosure``), the algorithm
(``suppression``).
"""

from __future__ import annotations

from typing import NamedTuple

from reporting.suppression import Group, Shape


class Affair(NamedTuple):
    """A table of annex IX with one total row: its shape and the column whose ALL is that row."""

    shape: Shape
    key: str


RECRUITMENT = Shape(
    margin="recruits",
    groups=(
        Group(("civil_servants", "public_employees")),
        Group(("by_exam", "by_selection", "by_reception")),
        Group(("first_time",), is_open=True),
        Group(("talents",), is_open=True),
    ),
    free=("contracts",),
    rates=(("share", "talents", "recruits"),),
)
TALENTS = Shape(
    margin="closing",
    groups=(Group(("opening", "attracted", "recognised", "left_count"), minus=frozenset({"left_count"})),),
)
TRAININGS = Shape(
    margin="participations",
    groups=(Group(("degree_count", "course_count")), Group(("st_count", "undetermined_count"), is_open=True)),
    free=("persons",),
    amounts=("hours",),
)
DEPARTURES = Shape(margin="persons")
AFFAIRS = {
    "nominations": Affair(
        Shape(margin="proposed", groups=(Group(("accepted", "refused", "pending"), is_open=True),)), "nomination_source"
    ),
    "commendations": Affair(Shape(margin="persons"), "commendation_kind"),
    "violations": Affair(Shape(margin="received", groups=(Group(("handled",), is_open=True),)), "behaviour_code"),
}
NETWORKS = Shape(margin="people", groups=(Group(("contacted",), is_open=True),))
