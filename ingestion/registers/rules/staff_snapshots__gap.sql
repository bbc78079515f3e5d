-- Snapshots come in a rhythm (the median distance of their days, at least four of them). A distance of more than one and
-- a half times that has swallowed some: one query for each hole, at the first row after it.
WITH days AS (
    SELECT snapshot_on, min("row") AS first_row
    FROM typed.staff_snapshots
    WHERE submission_id = $submission AND snapshot_on IS NOT NULL
    GROUP BY snapshot_on
),

distances AS (
    SELECT
        snapshot_on,
        first_row,
        lag(snapshot_on) OVER (ORDER BY snapshot_on) AS before,
        date_diff('day', lag(snapshot_on) OVER (ORDER BY snapshot_on), snapshot_on) AS distance
    FROM days
),

rhythm AS (
    SELECT median(distance) AS distance
    FROM distances
    HAVING count(distance) >= 3
)

SELECT
    'SS-GAP' AS rule,
    'query' AS severity,
    d.first_row AS "row",
    'snapshot_on' AS field,
    {
        'tu': strftime(d.before, '%d/%m/%Y'),
        'den': strftime(d.snapshot_on, '%d/%m/%Y'),
        'so': CAST(CAST(round(d.distance / r.distance) AS INTEGER) - 1 AS VARCHAR)
    } AS facts
FROM distances AS d
CROSS JOIN rhythm AS r
WHERE d.distance > 1.5 * r.distance
ORDER BY d.snapshot_on
