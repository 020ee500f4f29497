"""Sentences and tables as publications print them, and what the reader makes of them, for tests."""

from __future__ import annotations

from simulator.readers.publication import read_publication
from simulator.readers.records import Doubt, Reading
from simulator.rule_files import load_edition

EDITION = load_edition("2022-2025")
INLINE = """Phụ lục
STT Tên đơn vị
định danh
Tổng số hồ sơ
    xử lý quá hạn (*)
Tỷ lệ hồ sơ nộp trực tuyến (%) Mức độ hài lòng
(%)
Kết quả số hóa hồ sơ (**)
Tỷ lệ hồ sơ cấp kết quả điện tử
(%)
Tỷ lệ hồ sơ TTHC số hóa hồ sơ, kết quả giải quyết TTHC (%) Số lượng hồ sơ chứng thực điện tử
1 Các phòng chuyên môn 000.00.41.H53 0 92 93,5 3,1 48,2 4
2 UBND Thị trấn Sông Đà 000.20.41.H53 0 96,3 100 0.00 27 0
3 UBND xã  Tân An 000.21.41.H53 01 100 100 0.00 39,5 50
4 UBND xã  Tân Bình 000.22.441H53 02 71,4 100 0.00 58 7
5 UBND xã Tân Hòa 000.23.41.H53 0 88 100 0.00 41 9
6 UBND xã Tân Phú 000.24.41.H53 0 89 100 0.00 42 1
7 Tỷ lệ chung của huyện   03 92 93,5 3,1 86,55 71
"""
CELLS = """STT

Tên đơn vị

định danh

Tổng số hồ sơ xử lý quá hạn[1]

Tỷ lệ hồ sơ đúng hạn, trong hạn (%)

Tỷ lệ hồ sơ nộp trực tuyến (%)

26

Sở Văn hóa - tỉnh Hà Xuyên

000.00.16.H57

7

78.25%

36.3%

27

Văn phòng UBND tỉnh - tỉnh Hà Xuyên

000.00.02.H57

2

\u00a0

\u00a0

28

Sở Ngoại vụ - tỉnh Hà Xuyên

000.00.09.H57

1

93.33%

100.0%

29

Ban Dân tộc

000.00.20.H57

0

100%

100

30

Thanh tra tỉnh

000.00.19.H57

0

0

0

[1] Bao gồm hồ sơ không công khai đầy đủ thông tin.
"""
CERTIFIED = """6.5

Số liệu cung cấp dịch vụ chứng thực điện tử bản sao từ bản chính: 50

KẾT QUẢ CHỨNG THỰC ĐIỆN TỬ BẢN SAO

STT

Đơn vị

Đã triển khai

Số lượng hồ sơ hoàn thành

Số đơn vị chưa triển khai[1]

1

UBND thị xã Sông Thủy - tỉnh Hà Xuyên

36/37

30

1

2

UBND huyện Nam Sơn - tỉnh Hà Xuyên

1/10

12

9
"""
DISTRICTS = """STT

Chỉ số tổng hợp của UBND cấp huyện

Điểm

  1.

UBND huyện Nam Sơn

62,84/100

  1.

UBND thị xã Sông Thuỷ

52,03/100

  1.

UBND huyện Phú Sơn

49,7/100
"""
CODES = """STT

Tên đơn vị

định danh

Tổng số hồ sơ quá hạn

1

UBND thị xã Sông Thủy - tỉnh Hà Xuyên

000.00.37.H57

1935

2

UBND huyện Nam Sơn - tỉnh Hà Xuyên

000.00.31.H57

268
"""
CRITERIA = """STT

Nội dung

Điểm của tỉnh

Điểm trung bình cả nước

I

Chỉ số tổng hợp của UBND tỉnh Hà Xuyên

54,1/100

53,5/100

II

Các chỉ số thành phần

\u00a0

\u00a0

1

Chỉ số công khai, minh bạch của tỉnh

8,8/18

6,4/18

2

Chỉ số tiến độ, giải quyết

15,6/20

17,6/20

3

Chỉ số dịch vụ công trực tuyến

3,0/12

3,7/12

4

Chỉ số thanh toán trực tuyến

2,5/10

2,7/10

5

Chỉ số mức độ hài lòng

16,1/18

16,8/18

5.1

Tỷ lệ hài lòng trong xử lý phản ánh, kiến nghị: 94%

\u00a0

\u00a0

6

Chỉ số số hóa hồ sơ

8,0/22

6,5/22
"""
SIX = (
    "Tổng số điểm huyện đạt: {total}/100 điểm, trong đó:\n- Công khai, minh bạch: 0/18 điểm.\n"
    "- Tiến độ giải quyết: 16,6/20 điểm.\n- Dịch vụ công trực tuyến: 6,8/12 điểm.\n"
    "- Thanh toán trực tuyến: 2,1/10 điểm.\n- Mức độ hài lòng: 17/18 điểm.\n"
    "- Số hóa hồ sơ: 11/22 điểm."
)

PROVINCE = (
    "Trong năm 2023; tổng số điểm tỉnh Hà Xuyên đạt 60,08/100 điểm, xếp hạng 54/63 tỉnh, thành"
    " phố, cụ thể điểm các nhóm chỉ số như sau:\n\n"
    "- Nhóm chỉ số công khai, minh bạch: 13,3/18 điểm (điểm trung bình cả nước là 13,4/18"
    " điểm).\n\n"
    "- Nhóm chỉ số tiến độ, kết quả giải quyết: 17,7/20 điểm (điểm trung bình cả nước là 18/20"
    " điểm).\n\n"
    "- Nhóm chỉ số dịch vụ trực tuyến: Dịch vụ công trực tuyến: 2,5/12 điểm (bình quân cả nước"
    " 5,0/12); Thanh toán trực tuyến: 3,5/10 điểm (điểm trung bình cả nước là 5,1/10 điểm).\n\n"
    "- Nhóm chỉ số mức độ hài lòng: 17,6/18 điểm.\n\n- Nhóm chỉ số số hóa hồ sơ: 5,5/22 điểm.\n\n"
)

TEN_MONTHS = (
    "Theo kết quả công bố điểm số, tổng số điểm huyện Sông Đà mới đạt 46,63/100 điểm. Trong đó:"
    " Điểm"
    " đánh giá nhóm chỉ số về công khai, minh bạch: 12,3/18 điểm; Điểm đánh giá nhóm chỉ số về tiến"
    " độ giải quyết hồ sơ: 18,5/20 điểm; Điểm đánh giá nhóm chỉ số về mức độ hài lòng: 18/18 điểm;"
    " Điểm đánh giá nhóm chỉ số về số hóa hồ sơ: 6,5/22 điểm."
)

REPORT = (
    "Trong tháng 11/2023, tỉ lệ công bố, cập nhật công khai thủ tục hành chính (TTHC): đạt 7,7/18"
    " điểm, tỷ lệ 39,56%; điểm số mặt bằng chung của cả nước là 10,8/18 điểm.\n\n"
    "Trên địa bàn tỉnh đã tiếp nhận và giải quyết 19.933 hồ sơ, trong đó đang giải quyết 1.497"
    " hồ sơ"
    " (1.488 hồ sơ chưa đến hạn; 09 hồ sơ quá hạn); đã giải quyết 18.057 hồ sơ (18.039 hồ sơ trả"
    " đúng hạn và trước hạn, 18 hồ sơ quá hạn). Số TTHC cung cấp DVC trực tuyến toàn trình: 538"
    " (đạt"
    " tỷ lệ 31,04%); số TTHC cung cấp DVC trực tuyến một phần: 35 (đạt tỷ lệ 2,02%) ; Số TTHC thực"
    " hiện hình thức khác: 1.160. Tiến độ, kết quả giải quyết hồ sơ: đạt 16,1/20 điểm, tỷ lệ"
    " đúng hạn"
    " đạt 81,42%quá hạn 18,58%\u00a0điểm số mặt bằng chung của cả nước là 14,8/20 điểm. Tỷ lệ"
    " nộp hồ"
    " sơ trực tuyến trên Cổng, tỉnh đạt 0,9/12 điểm, tỷ lệ 2,83%; điểm số mặt bằng chung của cả"
    " nước"
    " 3,9/12 điểm. Thanh toán trực tuyến trên Cổng, tỉnh đạt 2,8/10 điểm, tỷ lệ 5,46%; điểm số mặt"
    " bằng chung của cả nước 5,6/10 điểm.\n\n"
    "Kết quả số hóa hồ sơ, kết quả giải quyết TTHC tỉnh đạt được 3,5/22 (tỷ lệ hồ sơ cấp kết"
    " quả điện"
    " tử: 3,13%, tỷ lệ hồ sơ TTHC số hóa hồ sơ, kết quả giải quyết TTHC: 2,83%, tỷ lệ khai thác, sử"
    " dụng lại thông tin, dữ liệu số hóa: 0%); điểm số mặt bằng chung của cả nước 10,2/22 điểm."
)


def read(text: str) -> Reading:
    return read_publication(text, "van-ban.txt", EDITION)


def scores(reading: Reading, unit: str | None = None) -> dict[str, float | None]:
    """Group or TOTAL to points, of one unit (the first by default)."""
    key = unit or (reading.groups[0].unit.key if reading.groups else "")
    return {
        row.group: None if row.published is None else row.published / 100
        for row in reading.groups
        if row.unit.key == key
    }


def averages(reading: Reading) -> dict[str, float]:
    return {row.group: row.average / 100 for row in reading.groups if row.average is not None}


def rates(reading: Reading, unit: str | None = None) -> dict[str, float | None]:
    return {row.code: row.numerator for row in reading.rows if unit in (None, row.unit.key)}


def facts(reading: Reading, unit: str | None = None) -> dict[str, float]:
    return {row.code: row.value for row in reading.facts if unit in (None, row.unit.key)}


def problems(reading: Reading) -> list[str]:
    return [problem.code for problem in reading.problems]


def doubts(reading: Reading) -> list[str]:
    return [doubt.code for doubt in reading.doubts]


def doubt(reading: Reading, code: str) -> Doubt:
    return next(one for one in reading.doubts if one.code == code)


def assert_scores(words: str, expected: dict[str, float | None]) -> None:
    """Exactly these scores are read from ``words``, and nothing has to be asked."""
    reading = read(words)
    assert scores(reading) == expected
    assert problems(reading) == []
