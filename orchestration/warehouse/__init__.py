"""From records to a judged build: dbt run aside, lineage, and documents whose rows break it."""
