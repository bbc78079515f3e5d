-- The file behind each submission, workbooks and registers: the name it came under first, and the hash of its bytes.
select
    submission_id,
    min_by(file_name, received_at) as file_name,
    min(sha256) as sha256
from {{ ref('stg_accepted__submissions') }}
group by submission_id
