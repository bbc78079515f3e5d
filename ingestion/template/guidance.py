"""What the first sheet tells the officer: the letterhead, how to fill in, how to send.

Lives here: the words. Does not live here: where they stand (``cover_sheet.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from ingestion.template import shape
from ingestion.template.owed import Sender

NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
SIGNERS = ("NGƯỜI LẬP BIỂU\n(Ký, ghi rõ họ tên)", "THỦ TRƯỞNG ĐƠN VỊ\n(Ký, ghi rõ họ tên, đóng dấu)")
_COMMITTEE = "Ủy ban nhân dân "
_TASKS = "B07"


def letterhead(agency: str, province: str) -> tuple[str, str]:
    """The two lines of the issuing body (Nghị định 30/2020): the body above it, then itself.

    A people's committee stands under no other name: its own is broken over the two lines.
    """
    if agency.startswith(_COMMITTEE):
        return _COMMITTEE.strip().upper(), agency.removeprefix(_COMMITTEE).upper()
    return province.upper(), agency.upper()


def guidance(sender: Sender, forms: Sequence[str], last_day: date) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Headings and their lines, in the order of reading."""
    return (("3. Cách điền", _filling(sender, forms)), ("4. Cách gửi", _sending(last_day)))


def _filling(sender: Sender, forms: Sequence[str]) -> tuple[str, ...]:
    lines: tuple[str, ...] = (
        "Chỉ điền ô màu vàng nhạt; các ô khác đã khóa. Tiêu đề cột màu đậm: bắt buộc điền. Ngày ghi dạng 31/12/2025.",
        "Mỗi biểu ở mục 2: có số liệu thì điền vào trang của biểu; cả năm không có gì thì chọn "
        f"{shape.NIL_MARK} ở cột Không phát sinh. Không để trống cả hai. Số 0 là số liệu, không phải không phát sinh. "
        "Bấm → để mở biểu (LibreOffice: giữ phím Ctrl và bấm).",
        "Ô có mũi tên: chọn trong danh sách (tên đầy đủ ở trang Danh mục). Bấm vào ô sẽ hiện lời nhắc cách ghi. "
        "Số liệu dán từ tệp khác không qua danh sách và lời nhắc: xem lại từng ô.",
        "Thêm người, thêm dòng: ghi tiếp ngay dưới dòng cuối. Không thêm, xóa, đổi tên cột và trang.",
    )
    if sender.kind == "commune" and _TASKS in forms:
        lines = (
            "Xã, phường trong năm không có nhân tài: chỉ điền hai trang, trang này (chọn "
            f"{shape.NIL_MARK} ở mục 2) và trang {_TASKS}; khoảng 15 phút.",
            *lines,
        )
    return lines


def _sending(last_day: date) -> tuple[str, ...]:
    deadline = last_day + timedelta(days=1)
    return (
        "Gửi tệp Excel này (.xlsx, không đặt mật khẩu) kèm báo cáo đã ký về Sở Nội vụ trước ngày "
        f"{deadline:%d/%m/%Y} (chậm nhất hết ngày {last_day:%d/%m/%Y}), theo địa chỉ nêu trong công văn đề nghị "
        "báo cáo.",
        "Sở Nội vụ trả lại biên nhận và, nếu có chỗ cần sửa hoặc giải trình, chính tệp này đã đánh dấu từng ô. "
        "Khi gửi lại, gửi cả tệp.",
    )
