"""The head of a published plan: title, region, number, issuer, date and the years it covers."""

import re
from collections.abc import Sequence

from laoxiao_desktop.exchange.text_lines import Line, tidy
from laoxiao_desktop.models.plan_draft import Lines, PlanFacts

_HEAD_LINES = 80
_PROMULGATED = re.compile(r"《(?P<title>[^《》]*(?:〈[^〉]*〉[^《》]*)*)》")
_PROMULGATES = re.compile(r"印发|已经|已由|同意|审议|遵照|贯彻执行")
_NOTICE = re.compile(r"(?:关于印发|印发)(?P<title>.+?)的通知")
_NUMBER = re.compile(r"(?P<no>[一-龥]{2,14}〔20\d\d〕\d+号)")
_DATE = re.compile(r"(?P<y>20\d\d)年(?P<m>\d{1,2})月(?P<d>\d{1,2})日")
_METADATA = re.compile(
    r"(?:成文日期|发文日期|印发日期|发布日期|发布时间)[：:]?(?P<y>20\d\d)[-./年](?P<m>\d{1,2})[-./月](?P<d>\d{1,2})"
)
_ISSUER = re.compile(r"[一-龥]{2,30}(?:人民政府|办公室|办公厅|委员会|领导小组|局|委)")
_LEVEL = re.compile(r"(?:[一-龥]{2,10}?省)?(?P<region>[一-龥]{1,14}?(?:自治州|州(?!市)|地区|盟|自治县|市|县|区))")
_ANNEX = re.compile(r"附\s*[件表]\s*\d*[：:]?")
_YEARS = re.compile(r"[（(]?(20\d\d)年?[-—－–~～至]+(20\d\d)年?[）)]?")
_FIVE_YEAR_PLANS = {"十三五": 2016, "十四五": 2021, "十五五": 2026, "十六五": 2031}
_PERIOD_WORDS = re.compile(r"[“\"](?P<plan>十[三四五六]五)[”\"](?:期间|时期|末|期末)?")
_STRONG_PERIOD = re.compile(r"[“\"](?P<plan>十[四五六]五)[”\"](?:期间|时期|期末|末|养老托育)")
_TARGET_YEAR = re.compile(r"(?:到|至)(20\d\d)年")


def plan_facts_of(lines: Sequence[Line]) -> PlanFacts:
    """What the head of the document says; what is not printed stays None."""
    head = [(line, tidy(line.text)) for line in lines[:_HEAD_LINES] if not line.is_blank]
    where: dict[str, Lines] = {}
    title = _title(head, where)
    issued = _issued(head, where)
    start, end = _years(title, head, lines, where)
    return PlanFacts(
        title=title,
        region=region_of(title),
        doc_no=_doc_no(head, where),
        issued_on=issued,
        issuer=_issuer(head, where),
        start_year=start,
        end_year=end,
        where=where,
    )


def region_of(title: str) -> str:
    """The place that a title begins with, without its province; "" where it begins with none."""
    found = _LEVEL.match(title)
    return found["region"] if found else ""


def _title(head: list[tuple[Line, str]], where: dict[str, Lines]) -> str:
    """The plan that the covering notice promulgates; without a notice, the first line."""
    for line, text in head[:30]:
        found = _PROMULGATED.search(text)
        if found and _PROMULGATES.search(text) and len(text) < 120:
            where["title"] = (line.no, line.no)
            return found["title"]
    opening = ""
    for line, text in head[:4]:
        opening += text
        found = _NOTICE.search(opening)
        if found:
            where["title"] = (head[0][0].no, line.no)
            return found["title"].strip("《》")
    if not head:
        return ""
    line, text = next((each for each in head if not _ANNEX.fullmatch(each[1])), head[0])
    where["title"] = (line.no, line.no)
    return text[:200]


def _doc_no(head: list[tuple[Line, str]], where: dict[str, Lines]) -> str | None:
    for line, text in head[:30]:
        found = _NUMBER.fullmatch(text) or re.search(r"(?:文号|发文字号)[：:]" + _NUMBER.pattern, text)
        if found:
            where["doc_no"] = (line.no, line.no)
            return found["no"]
    return None


def _issued(head: list[tuple[Line, str]], where: dict[str, Lines]) -> str | None:
    for pattern, matches in ((_DATE, _DATE.fullmatch), (_METADATA, _METADATA.search)):
        for line, text in head:
            found = matches(text)
            if found:
                where["issued_on"] = (line.no, line.no)
                return f"{found['y']}-{int(found['m']):02d}-{int(found['d']):02d}"
        if pattern is _METADATA:
            break
    return None


def _issuer(head: list[tuple[Line, str]], where: dict[str, Lines]) -> str | None:
    """The signature above the date, or what the page's table of particulars names."""
    for number, (_, text) in enumerate(head):
        if _DATE.fullmatch(text) and number > 0:
            line, above = head[number - 1]
            if _ISSUER.fullmatch(above):
                where["issuer"] = (line.no, line.no)
                return above
    for line, text in head[:20]:
        found = re.search(r"(?:发布机构|发文机关|制发机关)[：:](" + _ISSUER.pattern + ")", text)
        if found:
            where["issuer"] = (line.no, line.no)
            return found[1]
    return None


def _years(
    title: str, head: list[tuple[Line, str]], lines: Sequence[Line], where: dict[str, Lines]
) -> tuple[int | None, int | None]:
    """Years in the title or on a line of their own below it, else of the five-year plan that the text speaks of, else
    the last year it aims at.
    """
    printed = _YEARS.search(title)
    if printed:
        return int(printed[1]), int(printed[2])
    for line, text in head:
        below = _YEARS.fullmatch(text)
        if below:
            where["start_year"] = where["end_year"] = (line.no, line.no)
            return int(below[1]), int(below[2])
    for pattern, source in ((_PERIOD_WORDS, [title]), (_STRONG_PERIOD, None)):
        for line in [Line(0, title)] if source else lines:
            found = pattern.search(tidy(line.text))
            if found:
                if line.no:
                    where["start_year"] = where["end_year"] = (line.no, line.no)
                start = _FIVE_YEAR_PLANS[found["plan"]]
                return start, start + 4
    years = [(int(year), line.no) for line in lines for year in _TARGET_YEAR.findall(tidy(line.text))]
    if not years:
        return None, None
    last, no = max(years, key=lambda pair: (pair[0], -pair[1]))
    where["end_year"] = (no, no)
    return None, last
