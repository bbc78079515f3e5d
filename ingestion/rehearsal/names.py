"""Names of people who do not exist, put together from syllables that are common in Lạng Sơn.

Lives here: syllable lists (Kinh, Tày and Nùng surnames) and the one function that draws a name.
Does not live here: who the person is (``people.py``).
"""

from __future__ import annotations

from random import Random

SURNAMES: tuple[tuple[str, int, bool], ...] = (
    # surname, weight, mostly Tày or Nùng
    ("Nguyễn", 16, False), ("Hoàng", 18, True), ("Nông", 14, True), ("Lương", 10, True), ("Lý", 8, True),
    ("Vi", 9, True), ("Hà", 6, True), ("La", 4, True), ("Lô", 4, True), ("Triệu", 6, True), ("Bế", 4, True),
    ("Chu", 4, True), ("Hứa", 5, True), ("Mã", 3, True), ("Ma", 3, True), ("Lộc", 4, True), ("Đàm", 4, True),
    ("Lành", 3, True), ("Linh", 3, True), ("Lăng", 3, True), ("Long", 2, True), ("Phùng", 3, True),
    ("Dương", 5, False), ("Trần", 6, False), ("Phạm", 4, False), ("Lê", 5, False), ("Đinh", 3, True), ("Vũ", 3, False),
)  # fmt: skip
MIDDLES = {
    "nam": ("Văn", "Đức", "Quang", "Minh", "Xuân", "Hữu", "Công", "Thanh", "Ngọc", "Đình", "Trung", "Mạnh"),
    "nu": ("Thị", "Thu", "Thúy", "Ngọc", "Minh", "Thanh", "Kim", "Hồng", "Bích", "Diệu", "Lan", "Phương"),
}
GIVEN = {
    "nam": (
        "Anh", "Bằng", "Cường", "Chiến", "Dũng", "Duy", "Đạt", "Điệp", "Giang", "Hải", "Hiếu", "Hùng", "Huy", "Khánh",
        "Kiên", "Lâm", "Long", "Mạnh", "Nam", "Nghĩa", "Phong", "Phúc", "Quân", "Quyết", "Sơn", "Tài", "Thái", "Thắng",
        "Thịnh", "Tiến", "Toàn", "Trường", "Tú", "Tùng", "Tuyên", "Việt", "Vinh", "Vượng",
    ),
    "nu": (
        "An", "Ánh", "Bình", "Chi", "Chinh", "Dung", "Duyên", "Giang", "Hà", "Hạnh", "Hằng", "Hậu", "Hiền", "Hoa",
        "Hòa", "Huệ", "Huyền", "Hương", "Khuyên", "Lan", "Liên", "Linh", "Loan", "Mai", "Nga", "Ngân", "Nhung", "Oanh",
        "Phương", "Quyên", "Tâm", "Thảo", "Thơ", "Thủy", "Trang", "Tươi", "Uyên", "Vân", "Xuân", "Yến",
    ),
}  # fmt: skip
_NAMES = tuple(surname for surname, _, _ in SURNAMES)
_WEIGHTS = tuple(weight for _, weight, _ in SURNAMES)
_MOSTLY_MINORITY = frozenset(surname for surname, _, minority in SURNAMES if minority)


def draw_name(random: Random, sex: str) -> tuple[str, bool]:
    """A full name in NFC for a person of that sex (``nam`` or ``nu``), and whether the person is of a minority."""
    surname = random.choices(_NAMES, _WEIGHTS)[0]
    name = f"{surname} {random.choice(MIDDLES[sex])} {random.choice(GIVEN[sex])}"
    chance = 0.92 if surname in _MOSTLY_MINORITY else 0.35
    return name, random.random() < chance
