"""Records to a judged build: dbt in this process, documents that break it set aside, lineage kept."""
