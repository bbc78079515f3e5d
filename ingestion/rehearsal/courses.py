"""The courses that the sample's people attend.

Lives here: names, fields and lengths. Does not live here: who attended (``careers.py``).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Course:
    """A course that is offered: name, code, field, kind, level, hours, days it takes, school."""

    name: str
    code: str
    field: str
    kind: str
    level: str
    hours: int
    days: int
    school: str


_POLITICS = "Trường Chính trị Hoàng Văn Thụ"
_THAI_NGUYEN = "Đại học Thái Nguyên"


def _short(name: str, code: str, hours: int, days: int, school: str, level: str = "chung_chi") -> Course:
    """A course (bồi dưỡng); its field is the letters of its code."""
    return Course(name, code, code.rstrip("0123456789"), "boi_duong", level, hours, days, school)


COURSES = (
    _short("Bồi dưỡng kỹ năng số cho công chức, viên chức", "KNS01", 40, 5, _POLITICS),
    _short("Phân tích dữ liệu trong quản lý", "CNTT02", 60, 8, "Học viện Công nghệ Bưu chính Viễn thông"),
    _short("An toàn thông tin mạng", "CNTT03", 24, 3, "Cục An toàn thông tin"),
    _short("Quản lý khoa học, công nghệ và đổi mới sáng tạo", "DMST01", 80, 10, "Học viện Khoa học và Công nghệ"),
    _short("Ứng dụng công nghệ sinh học", "CNSH01", 16, 2, "Học viện Nông nghiệp Việt Nam", "ngan_han"),
    _short("Công nghệ chẩn đoán hình ảnh", "CNYT01", 120, 20, "Bệnh viện Bạch Mai"),
    _short("Bồi dưỡng quản lý nhà nước ngạch chuyên viên", "QLNN01", 320, 60, "Học viện Hành chính và Quản trị công"),
    _short("Trung cấp lý luận chính trị", "LLCT01", 700, 120, _POLITICS),
    _short("Phương pháp dạy học theo chương trình mới", "SPGD01", 45, 6, _THAI_NGUYEN),
    _short("Tiếng Anh chuyên ngành", "NGNG01", 90, 30, _THAI_NGUYEN),
    _short("Hội thảo trao đổi kinh nghiệm", "CXD01", 8, 1, "Sở Nội vụ", "ngan_han"),
)
MASTER = Course(
    "Thạc sĩ Khoa học máy tính", "THS01", "CNTT", "dao_tao", "thac_si", 900, 700, "Đại học Bách khoa Hà Nội"
)
_SCIENCE_FIELDS = frozenset({"KNS", "CNTT", "DMST", "CNSH", "CNYT"})
SCIENCE = tuple(course for course in COURSES if course.field in _SCIENCE_FIELDS)
"""Those that count for CT05, offered more often."""
