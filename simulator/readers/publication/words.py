"""The words publications use for groups, indicators, averages, targets and bounds.

All patterns are for text as :func:`simulator.readers.publication.passages.plain` makes it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from simulator.readers.records import TOTAL
from simulator.rules import Edition

_GROUPS = {
    "CKMB": r"công khai(?:,? minh bạch)?|minh bạch",
    "TDGQ": r"tiến độ(?:,? (?:và )?(?:kết quả )?giải quyết)?(?: hồ sơ)?|giải quyết đúng hạn",
    "ONLINE": r"(?:cung cấp )?dịch vụ (?:công )?(?:\(dvc\) )?trực tuyến|dvc trực tuyến|dvctt"
    r"|nộp hồ sơ trực tuyến|hồ sơ nộp trực tuyến|hồ sơ trực tuyến",
    "TTTT": r"thanh toán(?: \w+(?:,? \w+){0,3}?)? trực tuyến|thanh toán trực tiến",
    "MDHL": r"(?:mức độ |sự )?hài lòng",
    "MDSH": r"số hóa(?: hồ sơ)?",
}
_TOTAL = (
    r"tổng (?:số )?điểm|chỉ số tổng hợp|điểm tổng(?: hợp)?|tổng cộng|bộ chỉ số|điểm đánh giá chung"
)
# Of several that end at one place the first counts. Bounded: a line without an end stays cheap.
_RATES = (
    ("PETITION_PROCESSING_ON_TIME", r"(?:phản ánh|pakn)[^;.:%]{0,200}?đúng hạn"),
    ("PETITION_HANDLING_SATISFACTION", r"hài lòng[^;.:%]{0,200}?(?:kiến nghị|pakn)"),
    ("DOSSIER_RECEIVING_SATISFACTION", r"hài lòng"),
    ("ON_TIME", r"đúng hạn|trong hạn"),
    ("OVERDUE_RATE", r"quá hạn|trễ hạn"),
    ("PROCEDURES_FULL_ONLINE_RATE", r"(?:thủ tục|tthc)[^;.:%]{0,200}toàn trình[^;.:%]{0,200}"),
    ("PROCEDURES_PARTIAL_ONLINE_RATE", r"(?:thủ tục|tthc)[^;.:%]{0,200}một phần[^;.:%]{0,200}"),
    ("ONLINE_SUBMISSION", r"(?:nộp(?: hồ sơ)?(?: qua dịch vụ công)?|hồ sơ) trực tuyến"),
    ("PAY_DOSSIER", _GROUPS["TTTT"]),
    ("REUSED_DIGITIZED_DATA",
     r"(?:khai thác|sử dụng lại|tái sử dụng)(?:[^;.:%]{0,200}(?:số hóa|sử dụng|dữ liệu))?"),
    ("ORIGINAL_RESULT_AVAILABLE", r"(?:cấp|trả) kết quả[^;.:,%]{0,200}?điện tử"),
    ("SO_HOA_GIAY_TO_GIAI_QUYET", r"số hóa"),
    ("CKMB_RATE", r"công khai"),
    ("", r"chứng thực[^;.:%]{0,200}|dịch vụ công trực tuyến|tăng|giảm|hộ nghèo|ngân sách"),
)  # fmt: skip
# Indicators and facts by the words before a rate; "" is a rate of something else.
RATES = tuple((code, re.compile(words)) for code, words in _RATES)
# What is a fact, not an indicator of the index.
RATE_FACTS = {
    "OVERDUE_RATE", "CKMB_RATE", "PROCEDURES_FULL_ONLINE_RATE", "PROCEDURES_PARTIAL_ONLINE_RATE",
}  # fmt: skip
NATIONAL = re.compile(
    r"cả nước|toàn quốc|mặt bằng chung|bình quân chung|trung bình chung"
    r"|(?:bình quân|trung bình)(?: của)? (?:các|63|34) tỉnh|điểm (?:bình quân|trung bình)"
)
TARGET = re.compile(
    r"phấn đấu|mục tiêu|chỉ tiêu (?:được )?giao|kế hoạch"
    r"|(?<!chưa )(?:đảm bảo|bảo đảm)|yêu cầu|cần đạt|phải đạt"
    r"|đặt ra|dự kiến|tăng cường|đẩy mạnh|trở lên|để đạt|nâng lên"
    r"|hướng dẫn|nâng cao|hoàn thành việc"
)
OTHER_PERIOD = re.compile(
    r"so với|cùng kỳ|tháng trước|kỳ trước|quý trước|năm trước|trước đó|tăng từ|giảm từ|từ mức"
    r"|năm ngoái"
)
OTHER_INDEX = re.compile(
    r"par[ -]?index|\bpci\b|\bpapi\b|sipas|chuyển đổi số (?:đạt|là|:)|chỉ số cải cách hành chính"
    r"|chỉ số cchc|chỉ số chuyển đổi số|\bdti\b"
)
# An open parenthesis that names its own period.
_ASIDE = re.compile(r"\((?:năm|tháng|quý|kỳ)\b[^)]*$")
CHANGE = re.compile(r"(?:tăng|giảm|hơn|kém|thấp|cao|mất|thiếu|cộng|thêm|trừ)\s*(?:thêm |được )?$")
BOUND_BEFORE = re.compile(
    r"(?:hơn|trên|dưới|gần|khoảng|tối thiểu|ít nhất|không quá|chưa đến|chưa tới"
    r"|xấp xỉ|từ|>|<|≥|≤|~)\s*$"
)
BOUND_AFTER = re.compile(r"\s*(?:điểm |%)?\s*(?:trở lên|trở xuống)")
COUNTED = re.compile(
    r"\s*(?:số )?(?:tỉnh|địa phương|đơn vị|xã|phường|thị trấn|huyện|quận|sở|cơ quan"
    r"|nhóm|tiêu chí|chỉ số|chỉ tiêu|thủ tục|tthc|hồ sơ|dịch vụ|người|cán bộ|phòng|ban"
    r"|nhiệm vụ|ngày|lượt|phản ánh|thành phố)"
)
SHARE_OF = re.compile(
    r"\s*(?:số |các |tổng )?(?:lượng )?(?:hồ sơ|thủ tục|tthc|dữ liệu|đơn vị|cơ quan|cán bộ"
    r"|xã|phường|người|dịch vụ|văn bản|kết quả|phản ánh)"
)
RANK = re.compile(
    r"(?:xếp|đứng|hạng|vị trí)(?:\s*(?:thứ|hạng|vị trí|:|là|chung))*\s*"
    r"(?P<rank>\d{1,2})\s*(?:/|trên(?: tổng số)?)\s*(?P<of>\d{1,2})(?![\d,.]*\d)"
)


@dataclass(frozen=True)
class Label:
    """Words that name a group, the total, an indicator or a fact, at ``[start, end)``."""

    code: str
    start: int
    end: int


def is_of_other_period(near: str, before: str) -> bool:
    """True if the words ``near`` a figure, or the parenthesis it stands in, name another period.

    ``before``: the sentence up to the figure.
    """
    return bool(OTHER_PERIOD.search(near) or _ASIDE.search(before))


def group_labels(text: str, edition: Edition) -> list[Label]:
    """Groups of ``edition`` and ``TOTAL`` named in ``text``, in their order; its own names too."""
    found = [Label(TOTAL, hit.start(), hit.end()) for hit in re.finditer(_TOTAL, text)]
    for group in edition.groups:
        words = "|".join((re.escape(group.name["vi"].lower()), _GROUPS.get(group.code, "(?!)")))
        found += [Label(group.code, hit.start(), hit.end()) for hit in re.finditer(words, text)]
    return sorted(found, key=lambda label: (label.end, -label.start))


def maximum_of(code: str, edition: Edition) -> int:
    """Full marks of a group or of the total, in points."""
    groups = edition.group_by_code
    return groups[code].maximum if code in groups else sum(one.maximum for one in edition.groups)


def rate_label(text: str) -> Label | None:
    """The indicator or fact named last in ``text``."""
    best: Label | None = None
    for code, words in RATES:
        for hit in words.finditer(text):
            if best is None or hit.end() > best.end:
                best = Label(code, hit.start(), hit.end())
    return best
