"""Walks through the running text of a document and hands each sentence to the families."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from orchestration.extraction.bands import grade_pattern
from orchestration.extraction.builder import RecordBuilder, Spot
from orchestration.extraction.narrative.arithmetic import Formula, find_formulas
from orchestration.extraction.narrative.asides import is_of_part
from orchestration.extraction.narrative.context import Context
from orchestration.extraction.narrative.enumerations import read_enumerations
from orchestration.extraction.narrative.hygiene import read_hygiene
from orchestration.extraction.narrative.money import MoneyReader
from orchestration.extraction.narrative.outline import (
    head_of,
    is_heading,
    is_money,
    label_of,
    opening_of,
)
from orchestration.extraction.narrative.people import read_people
from orchestration.extraction.narrative.scored_lists import ListFinder
from orchestration.extraction.narrative.scores import read_scores
from orchestration.extraction.narrative.sections import heading_project, item_project, project_of
from orchestration.extraction.narrative.subject import Subject
from orchestration.extraction.narrative.survey import read_survey
from orchestration.extraction.narrative.textmap import (
    TextMap,
    is_table_row,
    of_paragraph,
    sentences,
    text_map,
)
from orchestration.extraction.narrative.units import note_misprinted_changes
from orchestration.extraction.narrative.words import lexicon
from orchestration.extraction.projects import find_project
from orchestration.extraction.text import normalise
from orchestration.reading.document import FileFormat, Grid, Paragraph, Place
from orchestration.records import DocumentRecord

_STAFF_TOPIC = re.compile(r"人员|编制|机构设置|机构情况")
_ANY_FIGURE = re.compile(r"[\d零一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾]")
#: A numbered paragraph on what the unit took in or spent: 2、支出：799.1 万元。
_OWN_MONEY = re.compile(r"^(?:总|本年|全年|年度)?(?:支出|收入)(?:情况|总额|合计)?:\d")
_WHOLE_SCORE = re.compile(r"总得分|综合得分|总评分|自评总分")
#: Labels that hand on what they stand under.
_TRANSPARENT = re.compile(r"其中|原因|具体|如下|主要|包括|说明|情况")
_ITEM_LABEL = re.compile(r"(?:支出|经费|费|资金|项目|收入)$")
#: Long cells hold prose too: their typed sums are evidence (never figures of a table).
_PROSE_CELL = 12


def read_narrative(builder: RecordBuilder, identity: DocumentRecord) -> None:
    """Read all paragraphs that no form has claimed into a builder.

    Projects that forms have named should already be in the builder; ``identity`` gives the fiscal
    year, the kind of report and the names of the unit.
    """
    context = Context(
        builder,
        year=identity.fiscal_year,
        budget_text=identity.report_kind in ("budget", "budget_target"),
        evaluates=identity.report_kind == "evaluation_report",
        own_names=own_names(identity),
        of_whole="整体" in (identity.title or ""),
    )
    texts = _texts(builder)
    context.of_part = is_of_part(identity.title or _first_heading(texts))
    context.projects = _project_names(builder, texts)
    if builder.title_project is not None:
        known = find_project(builder.title_project, context.projects)
        context.outline.document_project = context.outline.project = known or builder.title_project
    walker = _Walker(context)
    for paragraph, whole in texts:
        walker.take(paragraph, whole)
    walker.lists.finish()
    _record_projects(context)
    note_misprinted_changes(context)
    context.flush()
    read_hygiene(context, texts)
    _cell_arithmetic(builder)


#: What a unit of a kind calls itself in its own report.
_CALLS_ITSELF = (
    ("学院", re.compile(r"(?:学院|大学|党校)$")),
    ("大学", re.compile(r"大学$")),
    ("党校", re.compile(r"党校$")),
    ("中心", re.compile(r"中心$")),
    ("支队", re.compile(r"支队$")),
    ("大队", re.compile(r"大队$")),
    ("监狱", re.compile(r"监狱$")),
    ("学校", re.compile(r"(?:学校|中学|小学|大学|学院|幼儿园|高中|党校|一中|二中|三中)$")),
    ("医院", re.compile(r"(?:医|保健|卫生)院$")),
    ("管委会", re.compile(r"管(?:理委员|委)会$")),
    ("街道", re.compile(r"街道(?:办事处)?$")),
    ("幼儿园", re.compile(r"幼儿园$")),
    ("卫生院", re.compile(r"卫生院$")),
    ("法院", re.compile(r"法院$")),
    ("检察院", re.compile(r"检察院$")),
    ("乡政府", re.compile(r"乡(?:人民政府)?$")),
    ("镇政府", re.compile(r"镇(?:人民政府)?$")),
    ("街道办事处", re.compile(r"街道(?:办事处)?$")),
    ("街道办", re.compile(r"街道(?:办事处)?$")),
)


_ALL_OF_ITSELF = (
    ("全院", re.compile(r"(?:医|保健|卫生|法|检察|学)院$")),
    ("全校", re.compile(r"(?:学校|中学|小学|大学|学院|高中|党校|一中|二中|三中)$")),
)


def own_names(identity: DocumentRecord) -> tuple[str, ...]:
    """The unit's names as printed, and the common noun it may use for itself (``学校``)."""
    names = [n for n in (identity.unit_name, identity.unit_name_short) if n]
    names += [n.removeprefix("中共") for n in names if n.startswith("中共") and len(n) > 6]
    nouns = [noun for noun, ends in _CALLS_ITSELF if any(ends.search(name) for name in names)]
    whole = [word for word, ends in _ALL_OF_ITSELF if any(ends.search(name) for name in names)]
    return tuple(names + [n for name in names for n in _local_names(name)] + nouns + whole)


_PLACE_IN_FRONT = re.compile(r"^[\u4e00-\u9fff]{2,8}?(?:自治)?(?P<level>[市县区州旗])(?=.{4,})")
_TOWN = re.compile(r"^[\u4e00-\u9fff]{2,6}?(?:乡|镇)(?:人民)?政府$")


def _local_names(name: str) -> list[str]:
    """A name without its place: 红旗乡人民政府, 招商服务中心, 县招商服务中心."""
    place = _PLACE_IN_FRONT.match(name)
    local = name[place.end() :] if place else ""
    if place is None or not (local.endswith("中心") or _TOWN.match(local)):
        return []
    return [local, f"{place['level']}{local}", local.replace("人民政府", "政府")]


def _texts(builder: RecordBuilder) -> list[tuple[Paragraph, TextMap]]:
    """Unclaimed paragraphs with text; one that breaks off before its list is joined to the next."""
    found: list[tuple[Paragraph, TextMap]] = []
    dumped = builder.document.file_format is FileFormat.TXT
    for index, block in enumerate(builder.document.blocks):
        if isinstance(block, Grid) or index in builder.claimed_blocks:
            continue
        if dumped and is_table_row(block.text):
            continue
        whole = of_paragraph(block)
        if not whole.compact:
            continue
        if found and _goes_on(found[-1][1].compact, whole.compact):
            first = found[-1][0]
            joined = Paragraph(f"{first.text}\n{block.text}", (*first.places, *block.places))
            builder._blocks[id(joined)] = builder.block_index(first)
            found[-1] = (joined, text_map(joined.text, _line_places(first, block)))
            continue
        found.append((block, whole))
    return found


def _first_heading(texts: Sequence[tuple[Paragraph, TextMap]]) -> str:
    """The first paragraph where it heads the report, though nobody knows it for a title."""
    first = texts[0][1].compact if texts else ""
    return first if is_heading(first) and re.search("绩效|自评|评价|报告", first) else ""


def _line_places(first: Paragraph, second: Paragraph) -> tuple[Place, ...]:
    """The places of the lines of two paragraphs put together."""
    places: list[Place] = []
    for paragraph in (first, second):
        lines = paragraph.text.count("\n") + 1
        own = list(paragraph.places) or [paragraph.place]
        places += own[:lines] if len(own) >= lines else own + [own[-1]] * (lines - len(own))
    return tuple(places)


def _goes_on(before: str, text: str) -> bool:
    """Whether a paragraph ends in the middle: ``其中:``, a comma, or letters."""
    if head_of(text).rank is not None:
        return False
    said = re.sub(r"^\d{1,2}[、,]", "", before)  # 2、过程 is a heading, no list of amounts
    if re.search(r"(?:其中|包括|分别为|如下):$|[,、(]$|\d.*[,、][\u4e00-\u9fff]{1,3}$", said):
        return len(before) < 4000
    return bool(len(before) >= 60 and re.search(r"[\u4e00-\u9fff\d]$", before) and "。" in before)


def _is_staff(label: str) -> bool:
    """Whether a label is about staff: ``人员情况``, or a category alone (``退休人数``)."""
    words = lexicon().cut(label)
    category = any(w.role == "staff" for w in words) and all(w.role != "?" for w in words)
    return category or bool(_STAFF_TOPIC.search(label))


class _Walker:
    """The state between paragraphs."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.money = MoneyReader(context)
        self.lists = ListFinder(context)
        self.subject: Subject | None = None
        self.staff_topic = False

    def take(self, paragraph: Paragraph, whole: TextMap) -> None:
        """Read one paragraph."""
        head = head_of(whole.compact)
        outline = self.context.outline
        body = outline.enter(whole.compact)
        named = project_of(body)
        if named is not None:
            outline.enter_project(named.name, head.rank, added_midyear=named.added_midyear)
        elif head.rank is not None:
            name = heading_project(body) if is_heading(body) else item_project(body)
            if name is not None and outline.document_project is None:
                outline.enter_project(find_project(name, self.context.projects) or name, head.rank)
        if head.rank is not None:
            self.subject = (
                self.money.subjects.label_subject(outline.heading) if outline.heading else None
            )
            self.staff_topic = bool(_STAFF_TOPIC.search(outline.heading))
        label = label_of(body) or (opening_of(body) if head.rank is not None else None)
        if label:
            self.subject = self.money.subjects.label_subject(label) or self.subject
            self.staff_topic = self.staff_topic or _is_staff(label)
        elif head.rank is not None and not is_heading(body):
            opening = re.split(r"[。,]", body)[0]
            self.staff_topic = self.staff_topic or bool(_STAFF_TOPIC.search(opening[:16]))
        self.money.begin_paragraph(body)
        if head.rank is not None and outline.project is None and _OWN_MONEY.match(body):
            self.money.say_unit()
        of_whole = self.context.of_whole and outline.project is None
        if label and of_whole and is_money(label, outline.chain):
            self.money.say_unit()
        in_list = self.lists.offer(paragraph, whole) or self.lists.extend(whole)
        for sentence in sentences(whole.cut(head.start, len(whole.compact))):
            self._sentence(paragraph, sentence, in_list)

    def _subject_of(self, sentence: TextMap) -> Subject | None:
        """What a sentence with a label of its own is about, else the paragraph's subject."""
        label = label_of(sentence.compact)
        if label is not None and re.match(r"其中[^:]{2}", label):
            return self.money.subjects.label_subject(label[2:])  # 其中人员：预算 …，执行 …
        if label is None or _TRANSPARENT.search(label):
            return self.subject
        own = self.money.subjects.label_subject(label)
        if own is None and _ITEM_LABEL.search(label):
            return None  # another item, which no column is for
        return own or self.subject

    def _sentence(self, paragraph: Paragraph, sentence: TextMap, in_list: bool) -> None:
        self.context.note_units(sentence.compact)
        formulas = find_formulas(sentence.compact)
        masked = _mask(sentence.compact, formulas)
        if not (_ANY_FIGURE.search(sentence.compact) or re.search(grade_pattern(), masked)):
            self.money.topics.pass_over(sentence.compact)
            return
        self.money.read(paragraph, sentence, masked, self._subject_of(sentence))
        if read_people(self.context, paragraph, sentence, masked, self.staff_topic):
            self.staff_topic = True
        rates = read_survey(self.context, paragraph, sentence, masked)
        if rates:
            formulas = find_formulas(sentence.compact, rates)
        if not in_list or _WHOLE_SCORE.search(masked):
            read_scores(self.context, paragraph, sentence, masked)
        read_enumerations(self.context, paragraph, sentence, masked)
        for formula in formulas:
            _state_formula(self.context, paragraph, sentence, formula)


def _mask(text: str, formulas: Sequence[Formula]) -> str:
    """The text with typed formulas blanked out, offsets kept."""
    for formula in formulas:
        text = text[: formula.start] + "□" * (formula.end - formula.start) + text[formula.end :]
    return text


def _state_formula(
    context: Context, paragraph: Paragraph, sentence: TextMap, formula: Formula
) -> None:
    """A typed formula and each of its results as evidence; a printed limit beside it."""
    spot = context.spot(paragraph, sentence, formula.start, formula.end)
    _formula_statements(context.builder, spot, formula, context.outline.project)


def _formula_statements(
    builder: RecordBuilder, spot: Spot, formula: Formula, project: str | None
) -> None:
    scope = "project" if project else "department"
    unit = "%" if formula.is_rate else next((r.unit for r in formula.results if r.unit), None)
    computed = _rounded(formula.computed)
    subject = formula.subject.strip("“”,:()") or None
    for result in formula.results:
        if result.value is not None or formula.blank:
            kind = "product" if formula.is_product else "formula"
            detail = f"{formula.expression}={result.text}"
            builder.statement(
                spot, kind=kind, scope=scope, project_name=project, subject=subject,
                stated_value=result.value, computed_value=computed, value_unit=unit,
                detail="算式未填数：" + detail if formula.blank else detail,
            )  # fmt: skip
        if result.limit:
            limit = Decimal(re.sub(r"[^\d.]", "", result.limit))
            builder.statement(
                spot, kind="threshold", scope=scope, project_name=project, subject=subject,
                stated_value=limit, computed_value=computed, value_unit=unit, detail=result.limit,
            )  # fmt: skip


def _rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else round(value, 6)


def _cell_arithmetic(builder: RecordBuilder) -> None:
    """Typed sums inside long cells (``3500元/月*9个月=31500元``) are evidence too."""
    known = [(r.source_table, r.project_name) for r in builder.records("project")]
    for grid in builder.document.grids():
        project = next((name for table, name in known if table == grid.ordinal), None)
        for cell in grid.cells:
            if len(cell.text) < _PROSE_CELL or not re.search(r"[=＝]", cell.text):
                continue
            mapped = text_map(cell.text)
            for sentence in sentences(mapped):
                for formula in find_formulas(sentence.compact):
                    spot = builder.cell_spot(grid, cell)
                    _formula_statements(builder, spot, formula, project)


def _project_names(builder: RecordBuilder, texts: Sequence[tuple[Paragraph, TextMap]]) -> list[str]:
    """Every project that forms or sections of text name."""
    names = [record.project_name for record in builder.records("project")]
    for _, whole in texts:
        named = project_of(whole.compact[head_of(whole.compact).start :])
        if named is not None:
            names.append(named.name)
    return list(dict.fromkeys(names))


def _record_projects(context: Context) -> None:
    """A project record for every project that running text states figures of."""
    known = {record.project_name for record in context.builder.records("project")}
    for mention in context.mentions:
        name = mention.fields.get("project_name")
        if name and name not in known:
            known.add(name)
            context.builder.project(mention.spot, project_name=normalise(name))
    for name, uses in context.other_names.items():
        for spot, printed in uses:
            context.builder.project(spot, project_name=name, aliases=normalise(printed.strip("“”")))
