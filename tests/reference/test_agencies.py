"""(written, day) → body: the traps of domain.md § 5.4, table r3_codes, rosters and successions."""

import unicodedata
from collections import Counter
from datetime import date

import pytest

from expectations.reference import load
from expectations.reference.agencies import AgencyMatch, AgencyProblem, Registry, resolve


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry(load.read("agencies"), load.read("agency_aliases"), load.read("agency_successions"))


def test_every_official_code_means_one_body_a_day(registry: Registry) -> None:
    """R7. All 65 codes of 01/07/2025 had another meaning the day before."""
    for day in (
        date(2024, 3, 31),
        date(2025, 2, 28),
        date(2025, 3, 1),
        date(2025, 6, 30),
        date(2025, 7, 1),
        date(2026, 1, 1),
    ):
        valid = [row["official_code"] for row in registry.bodies.values() if load.valid_on(row, day)]
        assert [code for code, times in Counter(valid).items() if times > 1] == []
    reused = {code.partition("~")[0] for code in registry.bodies if code.endswith("~2025-06-30")}
    assert len(reused) == 65
    for code, row in registry.bodies.items():
        if "~" in code:
            official, last_day = code.split("~")
            assert row["official_code"] == official
            assert row["valid_to"] == {"2025-02-28": "2025-03-01", "2025-06-30": "2025-07-01"}[last_day]
            assert registry.bodies[official]["valid_from"] == row["valid_to"]


@pytest.mark.parametrize(
    ("day", "count"), [(date(2024, 3, 31), 32), (date(2024, 11, 29), 32), (date(2025, 11, 29), 80)]
)
def test_about_31_report_in_2024_and_80_in_2025(registry: Registry, day: date, count: int) -> None:
    assert len(registry.reporting_on(day)) == count


def test_who_reports(registry: Registry) -> None:
    """domain.md § 5.1, 5.2, R15: 19 specialised + management board + station + 11 districts; then 14 + board + 65."""

    def kinds(day: date) -> Counter[str]:
        return Counter(registry.bodies[code]["kind"] for code in registry.reporting_on(day))

    assert kinds(date(2024, 11, 29)) == {"department": 19, "unit": 2, "district": 11}
    assert kinds(date(2025, 5, 1)) == {"department": 14, "unit": 2, "district": 11}
    assert kinds(date(2025, 11, 29)) == {"department": 14, "unit": 1, "commune": 65}
    new = [
        registry.bodies[c] for c in registry.reporting_on(date(2025, 11, 29)) if registry.bodies[c]["kind"] == "commune"
    ]
    assert Counter(row["short_name_vi"].split()[1].casefold() for row in new) == {"xã": 61, "phường": 4}
    out = {code for code, row in registry.bodies.items() if row["in_scope"] == "no"}
    assert out == {"BLS", "BPTTH", "MTTQ", "CQLTT"}
    assert all(registry.bodies[code]["is_reporting"] == "no" for code in out)


def test_old_communes_stand_under_their_district(registry: Registry) -> None:
    old = [row for row in registry.bodies.values() if row["kind"] == "commune" and row["valid_to"]]
    assert len(old) == 194
    assert all(row["parent_code"].startswith("H1") and row["is_reporting"] == "no" for row in old)
    assert Counter(row["short_name_vi"].removeprefix("UBND ").split()[0].casefold() for row in old) == {
        "xã": 175,
        "thị": 14,
        "phường": 5,
    }
    assert registry.reporting_ancestor("06622", date(2025, 6, 30)) == "H189"
    assert registry.reporting_ancestor("06613", date(2025, 7, 1)) == "06613"


R3_CODES = [
    ("06625", "2025-06-20", "06625~2025-06-30"),
    ("06625", "2025-06-30", "06625~2025-06-30"),
    ("06625", "2025-07-01", "06625"),
    ("06625", None, "no_day"),
    ("06622", "2025-06-30", "06622"),
    ("06622", "2025-07-15", "not_valid_on_day"),
    ("5977", "2025-07-15", "05977"),
    ("05977", "2025-06-30", "05977~2025-06-30"),
]
"""Table r3_codes of worked-examples.md § 8.3."""


@pytest.mark.parametrize(("code", "day", "meaning"), R3_CODES)
def test_r3_codes(registry: Registry, code: str, day: str | None, meaning: str) -> None:
    found = registry.resolve(code, date.fromisoformat(day) if day else None)
    assert (found.agency_code if isinstance(found, AgencyMatch) else found.kind) == meaning
    assert getattr(found, "repair", "") == ("5977 → 05977" if code == "5977" else "")


def test_r3_names(registry: Registry) -> None:
    def name(code: str) -> str:
        return registry.bodies[code]["name_vi"]

    assert name("06625~2025-06-30") == name("06625") == "Ủy ban nhân dân xã Kiên Mộc"
    assert name("05977~2025-06-30") == "Ủy ban nhân dân phường Vĩnh Trại"
    assert name("05977") == "Ủy ban nhân dân phường Đông Kinh"
    assert name("05980") == "Ủy ban nhân dân phường Đông Kinh"
    assert name("06316~2025-06-30") == "Ủy ban nhân dân xã Tràng Phái"
    assert name("06316") == name("06307") == "Ủy ban nhân dân xã Tân Đoàn"
    assert name("06103~2025-06-30") == "Ủy ban nhân dân xã Hòa Bình"
    assert name("06103") == "Ủy ban nhân dân xã Thiện Long"


def _follows(registry: Registry, code: str, day: date = date(2025, 7, 1)) -> list[str]:
    return registry.after(code, day)


def test_successions_of_the_worked_examples(registry: Registry) -> None:
    march = date(2025, 3, 1)
    assert registry.before("SKHCN", march) == ["SKHCN~2025-02-28", "STTTT"]
    assert _follows(registry, "STTTT", march) == _follows(registry, "SKHCN~2025-02-28", march) == ["SKHCN"]
    assert registry.before("SNNMT", march) == ["SNNPTNT", "STNMT"]
    assert _follows(registry, "H189") == ["06613", "06616", "06625", "06637"]
    assert _follows(registry, "06622") == ["06613", "06625"]
    assert _follows(registry, "06625~2025-06-30") == ["06625", "06637"]
    partial = {
        (r["predecessor_code"], r["successor_code"])
        for r in load.read("agency_successions")
        if r["kind"] == "nhap_mot_phan"
    }
    assert partial == {
        ("06622", "06613"),
        ("06622", "06625"),
        ("06625~2025-06-30", "06625"),
        ("06625~2025-06-30", "06637"),
    }
    dinh_lap = [code for code in registry.before("06613", date(2025, 7, 1)) if not code.startswith("H")]
    assert {"06613~2025-06-30", "06628", "06622"} <= set(dinh_lap)
    assert _follows(registry, "DPTTH") == []
    assert registry.left_scope_on("DPTTH") == "2025-07-01"
    assert registry.left_scope_on("STTTT") == ""


def test_cross_district_mergers_make_groups_of_districts(registry: Registry) -> None:
    """§ 5.4, trap 3; R5."""
    day = date(2025, 7, 1)
    districts: dict[str, list[str]] = {}
    for code in registry.reporting_on(day):
        if registry.bodies[code]["kind"] == "commune":
            districts[code] = [before for before in registry.before(code, day) if before.startswith("H")]
    assert {code: found for code, found in districts.items() if len(found) != 1} == {
        "05977": ["H178", "H183"],
        "06187": ["H178", "H183"],
        "06286": ["H183", "H184"],
        "06316": ["H183", "H184"],
    }
    assert {found[0] for found in districts.values()} == {"H178"} | {f"H{n}" for n in range(180, 190)}


def test_names_surviving_with_another_territory(registry: Registry) -> None:
    """§ 5.4, trap 5: Xã Cao Lộc (06211) has nothing of Thị trấn Cao Lộc (06187), which went to Phường Kỳ Lừa."""
    assert _follows(registry, "06187~2025-06-30") == ["06187"]
    assert registry.bodies["06187"]["name_vi"] == "Ủy ban nhân dân phường Kỳ Lừa"
    assert registry.bodies["06211"]["name_vi"] == "Ủy ban nhân dân xã Cao Lộc"
    assert "06187~2025-06-30" not in registry.before("06211", date(2025, 7, 1))


OLD = date(2025, 6, 30)
HOMONYMS = [
    ("Xã Hòa Bình", 4),
    ("Xã Tân Thành", 3),
    ("Xã Hồng Phong", 2),
    ("Xã Hoàng Văn Thụ", 2),
    ("Xã Thụy Hùng", 2),
    ("Xã Chiến Thắng", 2),
    ("Xã Mẫu Sơn", 2),
]


@pytest.mark.parametrize(("name", "times"), HOMONYMS)
def test_homonyms_are_not_guessed(registry: Registry, name: str, times: int) -> None:
    """D153; § 5.4, trap 4."""
    found = registry.resolve(name, OLD)
    assert isinstance(found, AgencyProblem)
    assert (found.kind, len(found.candidates)) == ("ambiguous", times)


def test_district_level_commune_and_new_commune_of_one_name_are_told_apart(registry: Registry) -> None:
    """Trap of definitions.md § 4: huyện, thị trấn, xã and new xã Đình Lập."""
    answers = {
        written: registry.resolve(written, day)
        for written, day in [
            ("Huyện Đình Lập", OLD),
            ("Thị trấn Đình Lập", OLD),
            ("Xã Đình Lập", OLD),
            ("xã Hòa Bình, huyện Bình Gia", OLD),
        ]
    }
    found = {written: answer.agency_code for written, answer in answers.items() if isinstance(answer, AgencyMatch)}
    assert found == {
        "Huyện Đình Lập": "H189",
        "Thị trấn Đình Lập": "06613~2025-06-30",
        "Xã Đình Lập": "06628",
        "xã Hòa Bình, huyện Bình Gia": "06103~2025-06-30",
    }
    now = registry.resolve("UBND xã Đình Lập", date(2025, 7, 1))
    assert isinstance(now, AgencyMatch) and now.agency_code == "06613"


@pytest.mark.parametrize(
    "written",
    [
        "Xã Bính Xá ",
        "  Xã   Bính Xá",
        "xã bính xá",
        "XÃ BÍNH XÁ",
        "UBND xã Bính Xá",
        "Uỷ ban nhân dân xã Bính Xá",
        unicodedata.normalize("NFD", "Ủy ban nhân dân xã Bính Xá"),
        "Xã\u00a0Bính\u200b Xá\n",
        "0 6622",
        "6622",
    ],
)
def test_dirty_writing_is_one_name(registry: Registry, written: str) -> None:
    """D060, D122–D124, D130, D155; § 5.4, trap 6: stray spaces, newlines, NFD, half-composed letters."""
    found = registry.resolve(written, OLD)
    assert isinstance(found, AgencyMatch) and found.agency_code == "06622"


def test_diacritics_are_never_folded(registry: Registry) -> None:
    """D133: Tân Thanh is not Tân Thành; text without diacritics is unknown, not guessed."""
    found = registry.resolve("Tan Thanh", OLD)
    assert isinstance(found, AgencyProblem) and found.kind == "unknown"
    thanh = registry.resolve("Xã Tân Thanh", OLD)
    assert isinstance(thanh, AgencyMatch) and registry.bodies[thanh.agency_code]["name_vi"].endswith("Tân Thanh")


@pytest.mark.parametrize(
    ("written", "day", "code"),
    [
        ("Sở KH&CN", date(2025, 2, 28), "SKHCN~2025-02-28"),
        ("Sở KH&CN", date(2025, 3, 1), "SKHCN"),
        ("Sở Khoa học và Công nghệ", date(2025, 3, 1), "SKHCN"),
        ("SNV", date(2024, 11, 29), "SNV~2025-02-28"),
        ("sở nv", date(2026, 1, 1), "SNV"),
        ("Sở TT&TT", date(2025, 2, 28), "STTTT"),
        ("UBND H. Tràng Định", OLD, "H180"),
        ("Thành phố Lạng Sơn", OLD, "H178"),
        ("tỉnh Lạng Sơn", OLD, "LS"),
    ],
)
def test_departments_and_districts_by_day(registry: Registry, written: str, day: date, code: str) -> None:
    """D150, D151, D156."""
    found = registry.resolve(written, day)
    assert isinstance(found, AgencyMatch) and found.agency_code == code


def test_an_ended_body_names_its_successors(registry: Registry) -> None:
    """D151, D152, R12: who should report instead."""
    found = registry.resolve("Sở KH&ĐT", date(2025, 11, 20))
    assert isinstance(found, AgencyProblem)
    assert (found.kind, found.candidates, found.ended_on, found.successors) == (
        "not_valid_on_day",
        ("SKHDT",),
        "2025-03-01",
        ("STC",),
    )
    early = registry.resolve("SNNMT", date(2025, 2, 28))
    assert isinstance(early, AgencyProblem) and (early.kind, early.ended_on, early.successors) == (
        "not_valid_on_day",
        "",
        (),
    )
    for nothing in ("", None, "Phòng TCCB"):
        answer = registry.resolve(nothing, OLD)
        assert isinstance(answer, AgencyProblem) and answer.kind == "unknown"


def test_carry_forward(registry: Registry) -> None:
    """R3–R5: one successor is followed, several need the person's decision, a body out of scope keeps its row."""
    end = date(2025, 12, 31)
    assert registry.carry_forward("STTTT", end) == "SKHCN"
    assert registry.carry_forward("STTTT", date(2025, 2, 28)) == "STTTT"
    assert registry.carry_forward("06628", end) == "06613"
    assert registry.carry_forward("H189", end) == "H189#chua_phan_bo"
    assert registry.carry_forward("H189", end, {"H189": ("SNNMT", date(2025, 7, 1))}) == "SNNMT"
    assert registry.carry_forward("H189", end, {"H189": ("SNNMT", date(2026, 1, 5))}) == "H189#chua_phan_bo"
    assert registry.carry_forward("06622", end) == "06622#chua_phan_bo"
    assert registry.carry_forward("DPTTH", end) == "DPTTH"


def test_resolve_takes_rows() -> None:
    rows = [row for row in load.read("agencies") if row["official_code"] == "SKHCN"]
    found = resolve("skhcn", date(2025, 3, 1), rows)
    assert isinstance(found, AgencyMatch) and found.agency_code == "SKHCN"
