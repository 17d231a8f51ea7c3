"""The reading of one sentence so far: its subject, its lists, what it has told."""

from __future__ import annotations

from dataclasses import dataclass, field

from orchestration.extraction.narrative.context import Mention
from orchestration.extraction.narrative.lists import Lists
from orchestration.extraction.narrative.numbers import Figure
from orchestration.extraction.narrative.subject import Subject
from orchestration.extraction.narrative.textmap import TextMap
from orchestration.extraction.narrative.trail import Told
from orchestration.reading.document import Paragraph


@dataclass(slots=True)
class State:
    """The reading of one sentence so far."""

    paragraph: Paragraph
    sentence: TextMap
    text: str
    lists: Lists
    subject: Subject | None = None
    labelled: Subject | None = None
    compare: str | None = None
    year: int | None = None
    #: The year of the first level that the sentence tells: a semicolon goes back to it.
    first_year: int | None = None
    #: Basis of a whole whose amount says nothing else (``部门预算数 1500 万元，其中…``).
    basis: str | None = None
    about_unit: bool = False
    #: The column of the budget stated last (``initial``, ``annual``, ``executed``).
    budget_kind: str | None = None
    #: The section's heading is over the money of the whole department.
    in_unit_section: bool = False
    budget_context: bool = False
    #: The amount stands beside a budget: budgeted or spent, nobody can tell.
    of_no_stage: bool = False
    #: The words before the figure begin behind a semicolon.
    behind_semicolon: bool = False
    #: The last level was of both sides of the account (收、支总计).
    both_sides: bool = False
    #: The budget of the sentence is one of income: what came of it is income, not spending.
    of_income: bool = False
    last: Mention | None = None
    first: Mention | None = None
    #: The amount spent, where the sentence began with the budget of the same item.
    whole: Mention | None = None
    balance: Mention | None = None
    spending: Mention | None = None
    units: list[str] = field(default_factory=list)
    #: All figures of the sentence, and the amounts told so far.
    figures: list[Figure] = field(default_factory=list)
    trail: list[Told] = field(default_factory=list)
    #: Mentions noted before the sentence.
    noted: int = 0
    #: A list of the parts of what no table holds is open.
    unheld: bool = False
    unheld_in_bracket: bool = False
    #: The last level was told with a word of its basis (决算 690 万元, 支出 690 万元).
    told_basis: bool = False
    #: Words nobody knows were the subject of a figure: general words after it are about them.
    foreign: bool = False
    #: The sentence speaks of ``该项目``, and no section says which.
    of_a_project: bool = False
    #: A clause without a figure, or a count, has named what general words after it are about.
    topic: bool = False
    #: Somebody else has been named whose money the sentence goes on to tell by items.
    owned: bool = False
    #: The section is not over money, or the paragraph has a topic: general words say too little.
    stray: bool = False
    #: The sentence before was about something that no table holds.
    after_foreign: bool = False
    #: Things have been counted in this sentence: a bare amount after them is theirs.
    counted: bool = False
    #: The sentence tells the head office from the other units of the department.
    several_units: bool = False
    #: The sentence tells what is intended: amounts after it are plans.
    planned: bool = False
    #: A project that this sentence alone is about.
    project: str | None = None
    fund: str | None = None
    #: The sentence, or its section, is about one fund that is not public money.
    of_fund: bool = False
    #: Names of a list of project spending that no form and no section names.
    unknown_projects: list[tuple[str, Figure]] = field(default_factory=list)
    #: What that list is a list of.
    projects_of: Mention | None = None
    #: A project's budget that its clause calls neither initial nor adjusted (预算安排 90 万元).
    plain_budget: Mention | None = None
    #: Changes of a budget that the sentence has told so far.
    adjustments: list[Mention] = field(default_factory=list)
    #: A 其中 list has just been opened; its first part tells whether it is one.
    opened: bool = False
    #: The sentence breaks down what no table holds.
    breakdown: bool = False
    #: Inside a bracket whose parts are no expense of the unit (what was procured).
    muted: bool = False
    #: The basis of a list of budgeted parts that words nobody knows have ended.
    lost_basis: str | None = None

    def begin_project(self, name: str) -> None:
        """The sentence goes on about another project: nothing told of the one before is its."""
        if name != self.project:
            self.budget_context = self.counted = self.topic = False
            self.plain_budget = None
        self.project = name

    def leave_lists(self, figure: Figure) -> None:
        """End the lists open at an amount of nobody; a bracket within a list ends only itself."""
        before = self.text[: figure.start]
        current = self.lists.current
        if current is not None and not current.in_bracket:
            if before.count("(") > before.count(")"):
                return
            self.lost_basis = current.basis
        self.lists.close()
