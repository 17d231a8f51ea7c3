"""The gate: Great Expectations suites over records and marts, and the verdict bound to a build."""
