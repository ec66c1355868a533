"""督办单: what is to be done by when, on one page with the reply slip to be cut off."""

from __future__ import annotations

from laoxiao_desktop.models.dates import show_date_in_words
from laoxiao_desktop.models.narrative_words import tight
from laoxiao_desktop.models.report_card import Order, Orders
from laoxiao_desktop.reports.boxes import Box, Form
from laoxiao_desktop.reports.document import stamp
from laoxiao_desktop.reports.font_files import FontChoice
from laoxiao_desktop.reports.fonts import FontBook
from laoxiao_desktop.reports.page import BODY_WIDTH, BOTTOM, LEFT, MM, PAPER_HEIGHT, TITLE_SIZE, Paper, Sheet
from laoxiao_desktop.reports.paragraph import clean

RIGHT = LEFT + BODY_WIDTH
TOP_MARGIN = 26 * MM
SIZE, LEADING = 12.0, 18.0
SLIP = 208.0  # points that the reply slip takes at the foot
SMALL, SMALL_LEADING = 9.0, 12.5  # of a name that needs more than two lines
_SIGNED = 60.0  # points of the row to be signed, with the gap under it
_LEAST_TEXT = 3  # lines of an order that stand on its first page
_NAME = 54  # characters that two lines hold
_NAME_MORE = 34.0  # … and what the slip grows by when its name is longer
NOTHING = "没有待办的督办单。"


def set_pages(orders: Orders, fonts: FontChoice) -> Paper:
    """A page for each order."""
    paper = Paper(FontBook(fonts), stamp(orders.as_of.isoformat(), orders.stamp))
    for order in orders.orders:
        sheet = paper.add()
        paper.mark(clean(f"{order.no} {order.unit}"))
        rest = _draw(sheet, order, orders)
        while rest:
            rest = _go_on(paper.add(), order, rest)
    if not orders.orders:
        sheet = paper.add()
        paper.mark("督办单")
        sheet.aligned("title", TITLE_SIZE, LEFT, RIGHT, PAPER_HEIGHT - TOP_MARGIN - TITLE_SIZE, "项目督办单", "center")
        sheet.aligned("fang", 15.75, LEFT, RIGHT, PAPER_HEIGHT - 60 * MM, NOTHING, "center")
    return paper


def _go_on(sheet: Sheet, order: Order, text: str) -> str:
    """The rest of a long text on a page of its own; gives what still does not fit."""
    y = PAPER_HEIGHT - TOP_MARGIN - SIZE
    sheet.text("fang", SIZE, LEFT, y, clean(f"{order.no}（续）"))
    form = Form(sheet, LEFT, y - 8, BODY_WIDTH, SIZE, LEADING, 5.0, 5.0)
    first, rest = form.divide(text, 0.82, int((form.y - BOTTOM - 10) // LEADING))
    form.row([Box("督办事项\n和要求（续）", 18, is_label=True), Box(first, 82, "fang")], is_top=True)
    return rest


def _name(form: Form, label: str, name: str, least: float) -> None:
    """A row with a name, whole: in smaller letters where it is long."""
    size, leading = form.size, form.leading
    if len(name) > _NAME:
        form.size, form.leading = SMALL, SMALL_LEADING
    form.row([Box(label, 18, is_label=True), Box(name, 82, "fang")], least=least)
    form.size, form.leading = size, leading


def _slip_height(order: Order) -> float:
    return SLIP + (_NAME_MORE if len(order.project) > _NAME else 0.0)


def _draw(sheet: Sheet, order: Order, orders: Orders) -> str:
    """The order and its slip; gives what has no room of its text."""
    y = PAPER_HEIGHT - TOP_MARGIN - TITLE_SIZE
    sheet.aligned("title", TITLE_SIZE, LEFT, RIGHT, y, "项目督办单", "center")
    y -= 26
    day = orders.as_of
    sheet.text("fang", SIZE, LEFT, y, clean(order.no))
    sheet.aligned("fang", SIZE, LEFT, RIGHT, y, f"{day.year}年{day.month}月{day.day}日", "right")
    form = Form(sheet, LEFT, y - 8, BODY_WIDTH, SIZE, LEADING, 5.0, 5.0)
    _name(form, "承办单位", order.unit, 30)
    _name(form, "项目名称", order.project, 30)
    form.row(
        [
            Box("县市区", 18, is_label=True),
            Box(order.county or "—", 32, "fang"),
            Box("当前灯", 14, is_label=True),
            Box(order.light or "—", 36),
        ],
        least=30,
    )
    form.row(
        [
            Box("包保领导", 18, is_label=True),
            Box(order.leader or "—", 32, "fang", most=1),
            Box("办结时限", 14, is_label=True),
            Box(show_date_in_words(order.due_on) or "—", 36, "fang"),
        ],
        least=30,
    )
    if order.situation:  # as many lines as leave the order itself room above the slip
        room = form.y - BOTTOM - _slip_height(order) - _SIGNED - _LEAST_TEXT * LEADING - 2 * 10
        most = max(1, min(6, int(room // LEADING)))
        told = "\n".join(tight(line) for line in order.situation)
        form.row([Box("当前情况", 18, is_label=True), Box(told, 82, "fang", most=most)], is_top=True)
    room = form.y - BOTTOM - _slip_height(order) - _SIGNED
    most = max(_LEAST_TEXT, int((room - 10) // LEADING))
    first, rest = form.divide(order.text, 0.82, most)
    more = "\n（转下页）" if rest else ""
    form.row(
        [Box(f"督办事项\n和要求{more}", 18, is_label=True), Box(first, 82, "fang")],
        least=min(max(room, 60), 150),
        is_top=True,
    )
    form.row(
        [
            Box("签发", 18, is_label=True),
            Box("", 32),
            Box("督办机关", 14, is_label=True),
            Box(orders.office, 36, "fang", most=2),
        ],
        least=44,
    )
    _slip(sheet, order)
    return rest


def _slip(sheet: Sheet, order: Order) -> None:
    """The part that comes back."""
    y = BOTTOM + _slip_height(order) - 8
    sheet.strokes([(LEFT - 10, y), (RIGHT + 10, y)], 0.6, dash="4 3")
    sheet.text("song", 8, LEFT, y + 3, "沿虚线裁下，办结后报回")
    y -= 22
    sheet.aligned("title", 16, LEFT, RIGHT, y, "回　执", "center")
    sheet.text("fang", SIZE, LEFT, y, clean(order.no))
    due = show_date_in_words(order.due_on)
    if due:
        sheet.aligned("fang", SIZE, LEFT, RIGHT, y, f"{due}前报回", "right")
    form = Form(sheet, LEFT, y - 8, BODY_WIDTH, SIZE, LEADING, 5.0, 5.0)
    _name(form, "项目名称", order.project, 28)
    form.row([Box("办理结果", 18, is_label=True), Box(order.reply, 82, "fang", most=3)], least=64, is_top=True)
    replied = show_date_in_words(order.replied_on) or "　　年　　月　　日"
    form.row(
        [
            Box("责任人", 18, is_label=True),
            Box("", 16),
            Box("联系电话", 16, is_label=True),
            Box("", 16),
            Box("单位盖章", 16, is_label=True),
            Box(replied, 30, "fang", "right"),
        ],
        least=44,
    )
