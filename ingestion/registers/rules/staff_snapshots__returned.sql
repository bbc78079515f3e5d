-- A person who stands in a snapshot, is absent from the next one or more of the same file, and comes back: one note for
-- each return, at the first row after the absence. Whether that breaks continuous service is decided by the indicator.
WITH days AS (
    SELECT
        snapshot_on,
        row_number() OVER (ORDER BY snapshot_on) AS nth
    FROM (SELECT DISTINCT snapshot_on FROM typed.staff_snapshots
          WHERE submission_id = $submission AND snapshot_on IS NOT NULL)
),

presences AS (
    SELECT
        coalesce(t.identity_kind, 'cccd') AS identity_kind,
        t.national_id,
        t.snapshot_on,
        d.nth,
        min(t."row") AS "row"
    FROM typed.staff_snapshots AS t
    INNER JOIN days AS d ON t.snapshot_on = d.snapshot_on
    WHERE t.submission_id = $submission AND t.national_id IS NOT NULL
    GROUP BY ALL
),

steps AS (
    SELECT
        "row",
        snapshot_on,
        nth - lag(nth) OVER (PARTITION BY identity_kind, national_id ORDER BY nth) AS step,
        lag(snapshot_on) OVER (PARTITION BY identity_kind, national_id ORDER BY nth) AS last_seen
    FROM presences
)

SELECT
    'SS-RETURNED' AS rule,
    'note' AS severity,
    "row",
    'national_id' AS field,
    {
        'tu': strftime(last_seen, '%d/%m/%Y'),
        'den': strftime(snapshot_on, '%d/%m/%Y'),
        'so': CAST(step - 1 AS VARCHAR)
    } AS facts
FROM steps
WHERE step > 1
ORDER BY "row"
