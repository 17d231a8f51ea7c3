{#- The releases so far. Publishing keeps them in a Parquet file, named by JIXIAO_RELEASES; before
    the first release, or where it is not set, the table is empty. A build cannot know the release
    it will become: publishing adds that row to the copy that it publishes. -#}
{% set releases = env_var('JIXIAO_RELEASES', '') %}

with release as (
    {% if releases %}
    select *
    from read_parquet('{{ releases | replace("'", "''") }}')
    {% else %}
    select
        null as release_id,
        null as published_at,
        null as report_count,
        null as quarantined_count,
        null as fact_count,
        null as finding_count,
        null as content_hash
    where false
    {% endif %}
)

select
    cast(release_id as {{ dbt.type_string() }}) as release_id,
    cast(published_at as timestamp) as published_at,
    cast(report_count as integer) as report_count,
    cast(quarantined_count as integer) as quarantined_count,
    cast(fact_count as bigint) as fact_count,
    cast(finding_count as integer) as finding_count,
    cast(content_hash as {{ dbt.type_string() }}) as content_hash
from release
order by release_id
