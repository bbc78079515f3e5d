"""What the sample province has to tell of itself: papers, countries, pools, wishes; invented like all of a sample.

Lives here: constants. Does not live here: who tells them (``affairs.py``).
"""

from __future__ import annotations

from datetime import date

_UBND = "ubnd_tinh"
DOCUMENTS = (
    # number, day, issued by, kind, title, task
    ("1101/QĐ-UBND", date(2024, 4, 18), _UBND, "quyet_dinh", "Phân công thực hiện Kế hoạch nhân tài", "II.2"),
    ("204/KH-UBND", date(2024, 6, 5), _UBND, "ke_hoach", "Tuyên truyền chính sách nhân tài", "II.8"),
    ("37/NQ-HĐND", date(2024, 10, 12), "hdnd_tinh", "nghi_quyet", "Sửa đổi mức hỗ trợ thu hút", "II.10"),
    ("512/QĐ-UBND", date(2025, 2, 20), _UBND, "quyet_dinh", "Tiêu chí xác định người có tài năng của tỉnh", "II.2"),
    ("1420/QĐ-CT", date(2025, 5, 8), "chu_tich_ubnd_tinh", "quyet_dinh", "Lập Hội đồng xét chọn", "II.3"),
    ("166/KH-UBND", date(2025, 7, 21), _UBND, "ke_hoach", "Thực hiện chính sách nhân tài sau sắp xếp tổ chức", "II.2"),
    ("2210/UBND-NC", date(2025, 9, 3), _UBND, "cong_van", "Đôn đốc thực hiện chế độ báo cáo về nhân tài", "II.1"),
    ("1875/SNV-CCVC", date(2025, 10, 6), "co_quan", "cong_van", "Đôn đốc gửi báo cáo năm về nhân tài", "III.1"),
    ("88/KH-UBND", date(2026, 3, 16), _UBND, "ke_hoach", "Đào tạo nhân lực khoa học - công nghệ năm 2026", "II.4"),
)  # fmt: skip
COUNTRIES = (
    # country, sector, at most
    ("Nhật Bản", "LV01", 14), ("Hàn Quốc", "LV06", 9), ("Cộng hòa Liên bang Đức", "LV04", 12), ("Hoa Kỳ", "LV02", 8),
    ("Úc", "LV02", 7), ("Trung Quốc", "LV08", 10),
)  # fmt: skip
_PUPILS = "hoc_sinh_gioi"
_EXPERTS = "mang_luoi_chuyen_gia"
POOLS = {
    # by official code of who keeps them: kind, sector, level, origin, at most
    "SGDDT": (
        (_PUPILS, "LV02", "cap_tinh", "trong_tinh", 240), (_PUPILS, "LV01", "quoc_gia", "trong_tinh", 40),
        (_PUPILS, "LV06", "quoc_gia", "trong_tinh", 15),
    ),
    "SKHCN": ((_EXPERTS, "LV01", None, "ngoai_tinh", 60), (_EXPERTS, "LV06", None, "trong_tinh", 30),
              ("tu_van", "LV05", None, "ngoai_tinh", 18)),
    "SNGV": ((_EXPERTS, "LV99", None, "nuoc_ngoai", 22),),
    "BDT": (("dan_toc_thieu_so", "LV99", None, "trong_tinh", 35),),
    "SDTTG": (("dan_toc_thieu_so", "LV99", None, "trong_tinh", 45),),
}  # fmt: skip
WISHES = (
    # topic, who can decide it, text
    ("co_che_chinh_sach", "chinh_phu", "Hướng dẫn thống nhất tiêu chí người có tài năng giữa các địa phương"),
    ("kinh_phi", "so_tai_chinh", "Bố trí kinh phí hỗ trợ thu hút ngay từ dự toán đầu năm"),
    ("bien_che", "bo_noi_vu", "Giao thêm biên chế sự nghiệp y tế cho khu vực biên giới"),
    ("tuyen_dung", "so_noi_vu", "Rút ngắn thời gian thẩm định hồ sơ tiếp nhận vào viên chức"),
    ("cong_nhan", "ubnd_tinh", "Phân cấp thủ trưởng cơ quan công nhận nhân tài thuộc thẩm quyền quản lý"),
    ("dao_tao", "so_noi_vu", "Tăng chỉ tiêu đào tạo sau đại học về chuyển đổi số"),
    ("moi_truong", "ubnd_tinh", "Hỗ trợ nhà ở công vụ cho chuyên gia về công tác tại xã"),
    ("so_lieu", "so_noi_vu", "Kết nối phần mềm quản lý cán bộ để không phải nhập lại số liệu"),
)
