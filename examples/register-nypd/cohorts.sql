-- The closed cohorts (persons of the first snapshot, by year of appointment) on five days, by both readings.
WITH days AS (
    SELECT min(evaluated_on) AS first_day FROM marts.fct_retention_curves WHERE population = 'staff'
),

shown AS (
    SELECT
        c.reading,
        c.cohort_year AS appointed_in,
        strftime(c.evaluated_on, '%d/%m/%Y') AS day,
        c.present_count
    FROM marts.fct_retention_curves AS c
    CROSS JOIN days AS d
    WHERE
        c.population = 'staff'
        AND c.cohort_year IN (2016, 2019)
        AND (
            c.evaluated_on = d.first_day
            OR (c.is_last_of_year AND month(c.evaluated_on) = 12)
            OR c.evaluated_on = d.first_day + INTERVAL 3 YEAR
        )
)

PIVOT shown
ON day IN ('31/05/2021', '31/12/2021', '31/12/2022', '31/12/2023', '31/05/2024')
USING first(present_count)
GROUP BY reading, appointed_in
ORDER BY reading DESC, appointed_in
