"""A plausible 2025 as text tables: what the report models of a small season hold. Not a pytest module."""

# ruff: noqa: E501

HEADER = """
reporting_year:int | known_on:day | closed_on:day | last_on_time_on:day | locks_on:day | agencies_owed:int | agencies_received:int | agencies_on_time:int | agencies_missing:int | ended_agencies:int | documents_in_force:int | is_provisional:bool | plan_number | plan_issued_on:day
2025 | 2025-12-10 | 2025-11-30 | 2025-11-29 | 2025-12-10 | 31 | 29 | 24 | 2 | 13 | 7 | yes | |
"""

# what the indicators have in common stands in report_tables.COMMON
INDICATORS = """
indicator_code | sort_order:int | name_vi | target_text_vi | reading | reading_text_vi | parameter_code | numerator:int | denominator:int | target_value:dec | target_kind | verdict | shortfall:int | observation_status | lower_bound:dec | upper_bound:dec | verdict_at_lower | verdict_at_upper | agencies_missing:int | prior_numerator:int | prior_denominator:int | prior_verdict | series_break | counted_unit_vi | denominator_name_vi | first_due_year:int | not_due_reason_vi
CT01 | 100 | Ban hành kế hoạch | 100% đến hết Quý I/2024 | on_time | kế hoạch có số và ngày ban hành không sau ngày 31/03/2024 | reporting_roster | 27 | 31 | 100 | at_least | not_met | 4 | observed | 87.0968 | 90.3226 | not_met | not_met | 0 | 27 | 31 | not_met | | cơ quan | cơ quan phải ban hành kế hoạch | |
CT02 | 200 | Tỷ lệ nhân tài trong tổng số tuyển dụng mới | khoảng 10% đến năm 2025 | annual_persons | người được tuyển dụng trong năm dương lịch | period_code | 28 | 312 | 10 | about | not_met | 4 | provisional | 8.9744 | 9.9359 | not_met | not_met | 2 | 19 | 290 | no_target | từ ngày 01/07/2025 xã, phường thuộc phạm vi tính | người | số tuyển dụng mới | |
CT03 | 300 | Tỷ lệ nhân tài trong tuyển dụng mới hằng năm | không dưới 20% hằng năm | tu_2030 | mức không dưới 20% áp dụng từ năm 2030 | ct03_from | 28 | 312 | | | no_target | | provisional | 8.9744 | 9.9359 | no_target | no_target | 2 | 19 | 290 | no_target | từ ngày 01/07/2025 xã, phường thuộc phạm vi tính | người | số tuyển dụng mới | |
CT04 | 400 | Tỷ lệ nhân tài được công nhận tiếp tục làm việc sau 05 năm | 100% sau 05 năm | strict | còn làm việc tại cơ quan, đơn vị thuộc UBND tỉnh vào ngày đủ 05 năm | ct04_scope | 0 | 0 | 100 | all | not_due | | not_due | | | not_due | not_due | 0 | 0 | 0 | not_due | | người | nhân tài đủ 05 năm | 2029 | chưa có người nào đủ 05 năm kể từ ngày được thu hút hoặc công nhận theo Kế hoạch
CT05 | 500 | Tỷ lệ nhân tài được đào tạo, bồi dưỡng trong lĩnh vực khoa học - công nghệ | 30% vào năm 2025 | reading_a | nhân tài đã được đào tạo, bồi dưỡng về khoa học - công nghệ | ct05_reading | 24 | 63 | 30 | at_least | met | 0 | observed | 38.0952 | 42.8571 | met | met | 0 | 9 | 41 | no_target | | người | nhân tài đang làm việc | |
CT06 | 600 | Tỷ lệ cơ quan, đơn vị báo cáo đúng hạn | trước ngày 30/11 hằng năm | arrived_and_taken | bản gửi đến hết ngày 29/11, không bị trả lại | deadline_inclusive | 24 | 31 | | | no_target | | observed | 77.4194 | 77.4194 | no_target | no_target | 0 | 25 | 31 | no_target | | cơ quan | cơ quan phải báo cáo | | chưa qua ngày cuối đúng hạn
CT07 | 700 | Báo cáo của tỉnh đúng hạn | trước ngày 12/12 hằng năm | signed | báo cáo của UBND tỉnh được ký đến hết ngày 11/12 | ct07_event | 0 | 1 | 100 | by_date | not_due | | not_due | | | not_due | not_due | 0 | 1 | 1 | met | | báo cáo | báo cáo phải gửi | | chưa xác định tại thời điểm lập báo cáo
"""

OTHER_READINGS = """
indicator_code | reading | reading_text_vi | period_code | parameter_code | sort_order:int | numerator:int | denominator:int | target_value:dec | verdict
CT01 | to_date | kế hoạch đã ban hành tính đến ngày chốt | KY_LICH | | 2 | 30 | 31 | | no_target
CT02 | annual_persons | người được tuyển dụng trong năm dương lịch | KY_KH | period_code | 2 | 33 | 318 | 10 | met
CT02 | cumulative_persons | cộng dồn từ năm 2024 | LUY_KE | period_code | 3 | 47 | 602 | 10 | not_met
CT02 | first_time | chỉ tính người lần đầu vào khu vực công | KY_LICH | recruitment_forms | 4 | 22 | 280 | 10 | not_met
CT02 | with_contracts | tính cả hợp đồng lao động | KY_LICH | staff_kinds | 5 | 36 | 330 | 10 | met
CT03 | tu_2026 | mức không dưới 20% áp dụng từ năm 2026 | KY_LICH | ct03_from | 2 | 28 | 312 | | no_target
CT04 | broad | còn trong hệ thống chính trị của tỉnh | KY_LICH | ct04_scope | 2 | 0 | 0 | 100 | not_due
CT04 | interim_1 | đoàn hệ 2024, sau 01 năm | KY_LICH | ct04_horizon_months | 3 | 17 | 19 | | no_target
CT04 | interim_2 | đoàn hệ 2024, sau 02 năm | KY_LICH | ct04_horizon_months | 4 | 5 | 5 | | no_target
CT05 | reading_b | nhân tài ở lĩnh vực khoa học - công nghệ đã được đào tạo | KY_LICH | ct05_reading | 2 | 15 | 21 | 30 | met
CT05 | min_40_hours | chỉ tính khóa từ 40 giờ trở lên | KY_LICH | min_training_hours | 3 | 16 | 63 | 30 | not_met
CT06 | to_date | đã gửi tính đến ngày chốt | KY_LICH | | 2 | 29 | 31 | | no_target
CT07 | draft_submitted | Sở Nội vụ trình dự thảo đến hết ngày 11/12 | KY_LICH | ct07_event | 2 | 0 | 1 | 100 | not_due
"""

TALENTS = """
criterion | criterion_label_vi | category_code | category_label_vi | sort_order:int | opening:int | attracted:int | recognised:int | left_count:int
talent_group | Nhóm nhân tài | N1 | Nhóm N1 | 1001 | 14 | 9 | 2 | 1
talent_group | Nhóm nhân tài | N2 | Nhóm N2 | 1002 | 20 | 11 | 3 | 1
talent_group | Nhóm nhân tài | N3 | Nhóm N3 | 1003 | 6 | 0 | 6 | 1
talent_group | Nhóm nhân tài | N4 | Nhóm N4 | 1004 | 1 | 0 | 0 | 0
sector | Lĩnh vực | LV01 | Khoa học và công nghệ | 2001 | 9 | 6 | 4 | 0
sector | Lĩnh vực | LV02 | Giáo dục và đào tạo | 2002 | 17 | 8 | 3 | 1
sector | Lĩnh vực | LV04 | Y tế | 2004 | 13 | 5 | 4 | 1
sector | Lĩnh vực | LV06 | Chuyển đổi số | 2006 | 2 | 1 | 0 | 1
sex | Giới tính | nam | Nam | 3001 | 22 | 11 | 5 | 2
sex | Giới tính | nu | Nữ | 3002 | 19 | 9 | 6 | 1
origin | Nguồn | trong_tinh | Trong tỉnh | 4001 | 30 | 14 | 9 | 2
origin | Nguồn | ngoai_tinh | Ngoài tỉnh | 4002 | 10 | 5 | 2 | 1
origin | Nguồn | nuoc_ngoai | Nước ngoài | 4003 | 1 | 1 | 0 | 0
"""

DEPARTURES = """
exit_reason | label_vi | persons:int
thoi_viec | Thôi việc theo nguyện vọng | 4
chuyen_ngoai_pham_vi | Chuyển công tác ra ngoài phạm vi | 1
nghi_huu | Nghỉ hưu | 1
"""

COHORTS = """
cohort_year:int | persons:int | retained_1:int | retained_2:int | retained_3:int | retained_4:int | retained_5:int | due_1:int | due_2:int | due_3:int | due_4:int | due_5:int | not_due:int | censored:int
2024 | 19 | 17 | 0 | 0 | 0 | 0 | 19 | 0 | 0 | 0 | 0 | 19 | 0
2025 | 44 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 44 | 0
"""

TRAININGS = """
training_field | label_vi | persons:int | participations:int | degree_count:int | course_count:int | st_count:int | undetermined_count:int | hours:dec
ALL | Tổng số | 38 | 62 | 11 | 51 | 29 | 7 | 4078
CNTT | Công nghệ thông tin | 14 | 17 | 2 | 15 | 17 | 0 | 612
KTXD | Kỹ thuật, xây dựng | 6 | 7 | 3 | 4 | 7 | 0 | 400
YDUOC | Y, dược | 9 | 12 | 5 | 7 | 5 | 3 | 1290
QLNN | Quản lý nhà nước | 16 | 20 | 0 | 20 | 0 | 0 | 1600
SU_PHAM | Sư phạm | 2 | 2 | 1 | 1 | 0 | 0 | 96
KHAC | Khác | 4 | 4 | 0 | 4 | 0 | 4 | 80
"""

TASKS = """
task_code | task_name_vi | output_code | output_label_vi | unit_vi | sort_order:int | planned:int | actual:int | agencies_reporting:int | agencies_owed:int
II.1 | Đổi mới tư duy, nâng cao trách nhiệm | II.1-HN | Hội nghị quán triệt | hội nghị | 101 | 40 | 37 | 22 | 31
II.1 | Đổi mới tư duy, nâng cao trách nhiệm | II.1-LN | Lượt người dự hội nghị quán triệt | lượt người | 102 | 1500 | 1483 | 22 | 31
II.2 | Triển khai các chính sách để thu hút, trọng dụng nhân tài | II.2-VB | Văn bản triển khai | văn bản | 201 | | | 0 | 0
II.3 | Khuyến khích và phát hiện, tiến cử nhân tài | II.3-TC | Lượt giới thiệu, tiến cử | lượt | 301 | 80 | 79 | 25 | 31
II.3 | Khuyến khích và phát hiện, tiến cử nhân tài | II.3-TU | Lượt tự tiến cử | lượt | 303 | 5 | 2 | 25 | 31
II.4 | Nâng cao chất lượng trong đào tạo, bồi dưỡng nhân tài | II.4-LOP | Lớp, khóa đào tạo, bồi dưỡng | lớp | 401 | 12 | 9 | 11 | 15
II.5 | Nâng cao chất lượng đội ngũ lãnh đạo, quản lý | II.5-LD | Lãnh đạo, quản lý được bồi dưỡng | người | 501 | | | 0 | 15
II.8 | Đẩy mạnh thông tin, tuyên truyền | II.8-TB | Tin, bài | tin, bài | 801 | 300 | 412 | 25 | 31
II.9 | Khuyến khích thực hiện chính sách nhân tài, xử lý vi phạm | II.9-KC | Cá nhân được khen thưởng | người | 901 | 40 | 45 | 11 | 15
"""

DUTIES = """
task_code | task_name_vi | sort_order:int | owner_code | owner_name_vi | owner_since:day | owner_role | previous_owner_name_vi | succession_act | status | condition_document | evidence
III.1 | Theo dõi, đôn đốc, kiểm tra | 101 | SNV | Sở Nội vụ | 2025-03-01 | | Sở Nội vụ | Nghị quyết số 04/NQ-HĐND | dang_thuc_hien | | 123/SNV-CCVC ngày 05/03/2025
III.5 | Chính sách ưu đãi về nhà ở | 105 | SXD | Sở Xây dựng | 2024-01-01 | | | | chua_du_dieu_kien | Thông tư hướng dẫn của Bộ Xây dựng được ban hành |
III.7 | Thông tin, tuyên truyền | 107 | SKHCN | Sở Khoa học và Công nghệ | 2025-03-01 | | Sở Thông tin và Truyền thông | Nghị quyết số 04/NQ-HĐND | hoan_thanh | |
III.10 | Theo dõi, giám sát | 110 | MTTQ | Ủy ban MTTQ Việt Nam tỉnh | 2024-01-01 | | | | | |
III.11 | Xây dựng kế hoạch của cơ quan, đơn vị | 111 | | Các cơ quan, đơn vị | | | | | | |
"""

BUDGETS = """
purpose | funding_source | purpose_label_vi | source_label_vi | planned:dec | allocated:dec | spent:dec | spent_share:dec | estimated:dec
| | | | 8700 | 8050 | 6920 | 85.9627 | 7840
thu_hut | ngan_sach_tinh | Thu hút | Ngân sách tỉnh | 5200 | 4800 | 4300 | 89.5833 | 4700
dao_tao | ngan_sach_tinh | Đào tạo | Ngân sách tỉnh | 3100 | 3000 | 2410 | 80.3333 | 2900
dao_tao | xa_hoi_hoa | Đào tạo | Xã hội hóa | 400 | 250 | 210 | 84 | 240
"""

DOCUMENTS = """
document_number | issued_on:day | issuing_body | issuer_name_vi | document_kind | kind_label_vi | title | task_code
37/NQ-HĐND | 2025-02-12 | hdnd_tinh | Hội đồng nhân dân tỉnh | nghi_quyet | Nghị quyết | Sửa đổi mức hỗ trợ | II.10
512/QĐ-UBND | 2025-02-20 | ubnd_tinh | Ủy ban nhân dân tỉnh | quyet_dinh | Quyết định | Tiêu chí người có tài năng | II.2
215/KH-SGDDT | 2025-03-03 | co_quan | Sở Giáo dục và Đào tạo | ke_hoach | Kế hoạch | Bồi dưỡng học sinh giỏi |
2210/UBND-NC | 2025-09-03 | ubnd_tinh | Ủy ban nhân dân tỉnh | cong_van | Công văn | Đôn đốc báo cáo | II.1
"""

PROPOSALS = """
topic | topic_label_vi | addressed_to | addressee_label_vi | sort_order:int | agencies:int | agencies_vi | proposals:int | answered:int | settled:int
co_che_chinh_sach | Cơ chế, chính sách | chinh_phu | Chính phủ | 10010 | 4 | Sở Nội vụ; Sở Tài chính; Sở Xây dựng; Sở Y tế | 5 | 1 | 0
kinh_phi | Kinh phí thực hiện | so_tai_chinh | Sở Tài chính | 70020 | 1 | Sở Y tế | 1 | 0 | 1
"""

OWN_TARGETS = """
agency_code | agency_name_vi | sort_order:int | indicator_code | target_label_vi | sector | target_value:dec | achieved_value:dec | unit | state_vi
SGDDT | Sở Giáo dục và Đào tạo | 1 | CT02 | Tỷ lệ nhân tài trong tuyển dụng mới | | 12 | 12.5 | % | Đạt
SYT | Sở Y tế | 2 | | Số người được cử đi đào tạo | LV04 | 5 | 4 | người | Chưa đạt
STTTT | Sở Thông tin và Truyền thông | 3 | CT02 | Tỷ lệ nhân tài trong tuyển dụng mới | | 12 | | % | không đánh giá: cơ quan kết thúc hoạt động từ ngày 01/03/2025
"""

PARAMETERS = """
parameter | label_vi | value | other_values | valid_from:day | deciding_document | decided_by | note_vi | indicators | sort_order:int
reporting_roster | Danh sách cơ quan phải báo cáo | agencies.is_reporting | danh sách riêng theo năm | 2024-01-01 | | | | CT01;CT06 | 10
period_code | Kỳ số liệu của CT02, CT03, CT05 | KY_LICH | KY_KH;LUY_KE | 2024-01-01 | | | | CT02 | 50
staff_kinds | Loại nhân sự tính là tuyển dụng mới | cong_chuc;vien_chuc | cong_chuc;vien_chuc;hop_dong | 2024-01-01 | 15/QĐ-SNV | Giám đốc Sở Nội vụ | | CT02 | 60
ct02_tolerance_points | Mức dao động của "khoảng 10%" (điểm phần trăm) | | một quyết định của Sở Nội vụ | 2024-01-01 | | | | CT02 | 110
ct03_from | Năm đầu áp dụng mức không dưới 20% | tu_2030 | tu_2026 | 2024-01-01 | | | | CT03 | 120
min_cell | Ô nhỏ hơn mức này không công bố | 3 | 5 | 2024-01-01 | | | | | 250
"""

DATA_QUALITY = """
rule_group | label_vi | sort_order:int | rules:int | rows_checked:int | errors:int | queries:int | explained:int | open_queries:int | rows_rejected:int
talents | Danh sách nhân tài | 5 | 19 | 81 | 4 | 6 | 6 | 0 | 4
trainings | Đào tạo, bồi dưỡng nhân tài | 7 | 5 | 26 | 2 | 1 | 1 | 0 | 3
staff_snapshots | Danh sách nhân sự theo ngày | 13 | 0 | 15841 | 0 | 0 | 0 | 0 | 0
"""

RECONCILIATION = """
agency_code | agency_name_vi | sort_order:int | recruitment_form | staff_kind | register_count:int | summary_count:int | difference:int | explanation
SYT | Sở Y tế | 1 | XT | vien_chuc | 16 | 15 | 1 | Một người nhận việc sau ngày chốt
"""

NOMINATIONS = """
nomination_source | label_vi | sort_order:int | proposed:int | accepted:int | refused:int | pending:int
co_quan | Cơ quan, đơn vị | 10 | 41 | 14 | 15 | 12
mttq | Mặt trận Tổ quốc | 20 | 19 | 8 | 6 | 5
to_chuc_ctxh | Tổ chức chính trị - xã hội | 30 | 12 | 4 | 4 | 4
tu_tien_cu | Tự tiến cử | 40 | 7 | 3 | 0 | 4
khac | Khác | 50 | 0 | 0 | 0 | 0
"""

COMMENDATIONS = """
commendation_kind | label_vi | sort_order:int | collectives:int | persons:int
huan_chuong | Huân chương, huy chương | 10 | 0 | 0
bang_khen | Bằng khen | 30 | 10 | 1
giay_khen | Giấy khen | 40 | 21 | 36
khac | Hình thức khác | 50 | 1 | 8
"""

VIOLATIONS = """
behaviour_code | label_vi | sort_order:int | received:int | handled:int
can_tro | Cản trở | 10 | 6 | 3
tru_dap | Trù dập | 20 | 4 | 0
cham_che_do | Chậm thực hiện chế độ | 50 | 5 | 0
"""

COMMUNICATIONS = """
channel | label_vi | sort_order:int | news_items:int | columns_count:int | model_cases:int
bao_in | Báo in, báo điện tử | 10 | 49 | 1 | 2
truyen_hinh | Truyền hình | 30 | 5 | 7 | 3
khac | Kênh khác | 60 | 0 | 0 | 0
"""

NETWORKS = """
criterion | criterion_label_vi | category_code | category_label_vi | sort_order:int | people:int | contacted:int
overseas_country | Ở nước ngoài, theo nước | ALL | Tổng số | 100000 | 32 | 16
overseas_country | Ở nước ngoài, theo nước | cộng hòa liên bang đức | Cộng hòa Liên bang Đức | 100001 | 2 | 2
overseas_country | Ở nước ngoài, theo nước | nhật bản | Nhật Bản | 100001 | 15 | 10
overseas_country | Ở nước ngoài, theo nước | trung quốc | Trung Quốc | 100001 | 10 | 0
overseas_country | Ở nước ngoài, theo nước | úc | Úc | 100001 | 5 | 4
mang_luoi_chuyen_gia | Mạng lưới chuyên gia | ALL | Tổng số | 1010000 | 66 | 49
mang_luoi_chuyen_gia | Mạng lưới chuyên gia | LV01 | Khoa học và công nghệ | 1010010 | 30 | 24
mang_luoi_chuyen_gia | Mạng lưới chuyên gia | LV06 | Chuyển đổi số | 1010060 | 36 | 25
tu_van | Người tư vấn | ALL | Tổng số | 1030000 | 2 | 1
tu_van | Người tư vấn | LV05 | Thông tin và truyền thông | 1030050 | 2 | 1
hoc_sinh_gioi | Học sinh giỏi | ALL | Tổng số | 1040000 | |
"""

GRANTS = """
measure | cases:int | amount:dec
dao_tao | 4 | 450
thu_hoi | 3 | 320
thu_hut | 13 | 3040
"""

SUPERVISION = """
reporting_year:int | reminders:int | notices:int | agencies_inspected:int | findings:int | remedied:int
2025 | 2 | | 4 | 11 | 7
"""

FORMS = """
form | agencies_owed:int | agencies_filled:int | agencies_nil:int | agencies_silent:int
B08 | 31 | 18 | 11 | 2
B09 | 31 | 20 | 9 | 2
B09b | 31 | 3 | 26 | 2
B10 | 1 | 1 | 0 | 0
B11 | 12 | 5 | 7 | 0
B14 | 31 | 9 | 20 | 2
B15 | 4 | 3 | 0 | 1
KT | 1 | 1 | 0 | 0
"""
