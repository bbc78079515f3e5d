-- Annex XIII: what gate 1 found in the files that count, by dataset: rows looked at, kept out, asked about, answered.
with years as (

    select * from {{ ref('dim_reporting_years') }}
    where is_reported

),

datasets as (

    select dataset, part as form, label_vi, sort_order from {{ ref('dim_datasets') }}
    union all
    select 'file' as dataset, 'file' as form, 'Tệp gửi đến' as label_vi, 1000 as sort_order

),

rows_seen as (

    select
        received.part as form,
        sum(received.rows_accepted + received.rows_rejected) as rows_checked,
        sum(received.rows_rejected) as rows_rejected
    from {{ ref('fct_rows_received') }} as received
    inner join years on received.reporting_year = years.reporting_year
    group by received.part

),

found as (

    select
        coalesce(findings.dataset, 'file') as dataset,
        count(distinct findings.rule) as rules,
        sum(cast(findings.severity in ('error', 'blocker') as integer)) as errors,
        sum(cast(findings.severity = 'query' as integer)) as queries,
        sum(cast(findings.severity = 'query' and findings.is_explained as integer)) as explained
    from {{ ref('fct_findings') }} as findings
    inner join years on findings.reporting_year = years.reporting_year
    group by coalesce(findings.dataset, 'file')

)

select
    datasets.dataset as rule_group,
    datasets.label_vi,
    datasets.sort_order,
    cast(coalesce(found.rules, 0) as bigint) as rules,
    cast(coalesce(rows_seen.rows_checked, 0) as bigint) as rows_checked,
    cast(coalesce(found.errors, 0) as bigint) as errors,
    cast(coalesce(found.queries, 0) as bigint) as queries,
    cast(coalesce(found.explained, 0) as bigint) as explained,
    cast(coalesce(found.queries - found.explained, 0) as bigint) as open_queries,
    cast(coalesce(rows_seen.rows_rejected, 0) as bigint) as rows_rejected
from datasets
left join rows_seen on datasets.form = rows_seen.form
left join found on datasets.dataset = found.dataset
