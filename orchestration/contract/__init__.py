"""The dictionary of published tables and columns: written once, used everywhere.

``tables.yml`` says what the tables are, ``fields.yml`` what their columns mean. From them come the
dbt contracts (:mod:`orchestration.contract.generate`) and whatever else describes the warehouse:
COMMENT ON, the data dictionary, the data package, the Chinese views.
"""

from orchestration.contract.model import Column, Contract, ContractError, Table, load_contract

__all__ = ["Column", "Contract", "ContractError", "Table", "load_contract"]
