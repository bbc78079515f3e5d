-- What the register says of itself: nothing is repaired, nothing is dropped.
SELECT
    severity,
    rule,
    count(*) AS findings,
    any_value(message) AS for_example
FROM staging.stg_accepted__findings
GROUP BY severity, rule
ORDER BY severity DESC, findings DESC
