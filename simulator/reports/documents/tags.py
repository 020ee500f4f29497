"""Which tags a template can hold: texts, lists of lines, and sections of the body."""

from __future__ import annotations

from simulator.reports.order import Part

FIELDS = (
    "quoc_hieu", "tieu_ngu", "co_quan_cap_tren", "co_quan", "so_ky_hieu", "dia_danh_ngay",
    "ngay", "thang", "nam", "ten_loai", "trich_yeu", "thay_mat", "chuc_vu", "nguoi_ky",
)  # fmt: skip
LISTS = ("noi_nhan",)
# In the order of the shipped templates; annexes come after the signature.
SECTIONS = {
    Part.PAPER: (
        "mo_dau", "hien_trang", "mat_diem", "phuong_an", "chi_tieu", "gia_dinh", "chac_chan",
        "to_chuc",
    ),
    Part.PAGE: ("tom_tat",),
    Part.ANNOUNCEMENT: (
        "can_cu", "ket_qua_chung", "nhom_chi_so", "uu_diem_han_che", "don_vi_truc_thuoc",
        "yeu_cau",
    ),
}  # fmt: skip
ANNEXES = {Part.PAPER: ("phu_luc",), Part.PAGE: (), Part.ANNOUNCEMENT: ("phu_luc",)}


def sections_of(part: Part) -> tuple[str, ...]:
    """Sections a template of ``part`` may hold, annexes last."""
    return (*SECTIONS[part], *ANNEXES[part])


def allowed(part: Part) -> tuple[str, ...]:
    """All tags a template of ``part`` may hold."""
    return (*FIELDS, *LISTS, *sections_of(part))
