"""Raw files to records: what lies in the raw folder, each document read once, each with an outcome.

Reading itself happens in worker processes (:mod:`orchestration.engines`); here it is decided what
has to be read, what came of it, and it is written down once (:mod:`.store`).
"""
