-- A person who had started before an earlier snapshot of the same file should have stood in it. Twenty or more of one
-- year of start who appear together are a late batch (query, one finding); the few others of a day are a note.
WITH days AS (
    SELECT
        snapshot_on,
        lag(snapshot_on) OVER (ORDER BY snapshot_on) AS before
    FROM (SELECT DISTINCT snapshot_on FROM typed.staff_snapshots
          WHERE submission_id = $submission AND snapshot_on IS NOT NULL)
),

firsts AS (
    SELECT
        coalesce(identity_kind, 'cccd') AS identity_kind,
        national_id,
        min(snapshot_on) AS first_seen,
        arg_min(started_on, snapshot_on) AS started_on,
        arg_min("row", snapshot_on) AS "row"
    FROM typed.staff_snapshots
    WHERE submission_id = $submission AND snapshot_on IS NOT NULL AND national_id IS NOT NULL
    GROUP BY ALL
),

late AS (
    SELECT
        f.first_seen,
        year(f.started_on) AS start_year,
        count(*) AS persons,
        min(f."row") AS first_row
    FROM firsts AS f
    INNER JOIN days AS d ON f.first_seen = d.snapshot_on
    WHERE f.started_on <= d.before
    GROUP BY ALL
),

weighed AS (
    SELECT
        first_seen,
        CASE WHEN persons >= 20 THEN start_year END AS start_year,
        sum(persons) AS persons,
        min(first_row) AS first_row
    FROM late
    GROUP BY ALL
)

SELECT
    CASE WHEN start_year IS NULL THEN 'SS-LATE-PERSONS' ELSE 'SS-LATE-BATCH' END AS rule,
    CASE WHEN start_year IS NULL THEN 'note' ELSE 'query' END AS severity,
    first_row AS "row",
    'started_on' AS field,
    {
        'so': CAST(CAST(persons AS BIGINT) AS VARCHAR),
        'nam': coalesce(CAST(start_year AS VARCHAR), ''),
        'ngay': strftime(first_seen, '%d/%m/%Y')
    } AS facts
FROM weighed
ORDER BY first_seen, start_year
