"""What is told of the month as a whole: how far the reporting is, the figures of the status line, a column's menu."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from laoxiao_desktop.models.money import show_money_fixed
from laoxiao_desktop.models.monthly import RETURNED, SENT, MonthRow
from laoxiao_desktop.ui.monthly_columns import COLUMNS, INDEX
from laoxiao_desktop.ui.monthly_filter import is_missing
from laoxiao_desktop.ui.monthly_head import Standing
from laoxiao_desktop.ui.monthly_layout import MonthLayout
from laoxiao_desktop.ui.monthly_lines import MonthLine, signed, sums
from laoxiao_desktop.workspace.months import MonthLine as OpenedMonth

Order = tuple[tuple[str, bool], ...]


def standing_of(
    known: Sequence[OpenedMonth], month: str, rows: Sequence[MonthRow], is_wrong: Callable[[MonthRow], bool]
) -> Standing:
    """How far `month` is, of all months that were opened (the newest first)."""
    line = next(line for line in known if line.month == month)
    locked = [one.month for one in known if one.is_locked]
    due = [row for row in rows if not row.is_exempt]
    states = [row.state for row in rows]
    return Standing(
        month,
        line.is_locked,
        is_last_lock=bool(locked) and max(locked) == month,
        is_newest=known[0].month == month,
        due_on=line.due_on,
        locked_by=line.locked_by,
        due=len(due),
        reported=sum(not is_missing(row) for row in due),
        missing=sum(is_missing(row) and row.state != RETURNED for row in due),
        returned=states.count(RETURNED),
        waiting=states.count(SENT),
        wrong=0 if line.is_locked else sum(is_wrong(row) for row in rows),
    )


def figures_of(
    lines: Sequence[MonthLine], chosen: Sequence[MonthLine], numbers: Sequence[int], month: str
) -> tuple[tuple[str, str], ...]:
    """The figures of the status line: what is shown, and the selected column of what is selected."""
    found = sums(lines, ("cum_completed", "month_completed"))
    figures = [("", f"{len(lines)} 项")]
    if "cum_completed" in found:
        figures.append((f"{int(month[5:7])}月累计完成", show_money_fixed(found["cum_completed"])))
    if "month_completed" in found:
        figures.append(("本月", signed(found["month_completed"])))
    if len(chosen) > 1:
        name = COLUMNS[numbers[0]].name if len(numbers) == 1 else "cum_completed"
        summed = sums(chosen, (name, "cum_completed"))
        value = summed.get(name, summed.get("cum_completed", 0))
        figures.append((f"选中 {len(chosen)} 项", show_money_fixed(value)))
    return tuple(figures)


def title_menu(name: str, at: QPoint, owner: QWidget, order: Callable[[Order], object], layout: MonthLayout) -> QMenu:
    """What can be done with one column, under its official meaning."""
    menu = QMenu(owner)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if meaning := COLUMNS[INDEX[name]].help:
        menu.addAction(meaning).setEnabled(False)
        menu.addSeparator()
    wanted: tuple[tuple[str, Order], ...] = (("升序", ((name, False),)), ("降序", ((name, True),)), ("不排序", ()))
    for words, each in wanted:
        menu.addAction(words).triggered.connect(lambda _=False, each=each: order(each))
    menu.addSeparator()
    if name not in ("list_no", "name"):
        menu.addAction("隐藏这一列").triggered.connect(lambda: layout.hide(name))
    menu.addAction("列宽适合内容").triggered.connect(lambda: layout.fit(name))
    menu.popup(at)
    return menu
