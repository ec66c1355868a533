"""What the hand can do with the month: fill, paste, carry over, report, approve, send back; each one change."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu

from laoxiao_desktop import clock
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models import fields
from laoxiao_desktop.models.dictionary import Field, field_of
from laoxiao_desktop.models.fields import Stored
from laoxiao_desktop.models.monthly import APPROVED, DRAFT, MONEY, RETURNED, SENT, show_month
from laoxiao_desktop.ui.grid_block import Paste, from_text, to_text
from laoxiao_desktop.ui.grid_columns import Column
from laoxiao_desktop.ui.grid_delegate import CellEditor
from laoxiao_desktop.ui.grid_parts import Edited
from laoxiao_desktop.ui.grid_paste import PasteDialog
from laoxiao_desktop.ui.monthly_ask import ask, open_at_hand
from laoxiao_desktop.ui.monthly_block import named_lines, plan_paste, titled_columns
from laoxiao_desktop.ui.monthly_columns import COLUMNS, INDEX
from laoxiao_desktop.ui.monthly_lines import MonthLine, with_values
from laoxiao_desktop.ui.monthly_view import MonthView
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import milestones, months

_MOST_PASTED = 20_000
_START = "M09"


class MonthActions(QObject):
    """The actions of a MonthView with their keys; `month` is the month in hand."""

    def __init__(self, session: Session, theme: Theme, view: MonthView) -> None:
        super().__init__(view)
        self._session, self._theme, self._view = session, theme, view
        self._copied = ""
        self.month = ""
        self.writing: frozenset[str] | None = None  # the projects of the change that is being told, if few
        view.edit_refused.connect(self.say_why_not)
        view.way_chosen.connect(self.take_way)
        view.delegate.put = self.put
        view.delegate.typed = self._while_typing
        self.submit = self._action("上报", "Ctrl+Return", self.submit_selected)
        self.approve = self._action("审核通过", "Ctrl+Shift+Return", self.approve_selected)
        self.send_back = self._action("退回…", "Ctrl+Backspace", self.ask_to_send_back)
        self.carry = self._action("本月无变化", "Ctrl+E", self.carry_over)
        self.copy = self._action("复制", "Ctrl+C", self.copy_cells)
        self.copy_titled = self._action("连同标题复制", "Ctrl+Shift+C", lambda: self.copy_cells(with_titles=True))
        self.paste = self._action("粘贴", "Ctrl+V", self.paste_block)
        self.fill = self._action("向下填充", "Ctrl+D", self.fill_down)
        self.clear = self._action("清除内容", "Delete", self.clear_cells)

    def _action(self, words: str, key: str, do: Callable[[], object]) -> QAction:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._view.addAction(action)
        action.triggered.connect(lambda _=False: do())
        return action

    @property
    def work(self) -> list[QAction]:
        """What is done with the selected projects, as the menu lists it."""
        rule = QAction(self)
        rule.setSeparator(True)
        return [self.carry, rule, self.submit, self.approve, self.send_back]

    def menu(self) -> QMenu:
        """The context menu for what is selected now."""
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for part in ([self.carry, self.fill], [self.submit, self.approve, self.send_back],
                     [self.copy, self.copy_titled, self.paste, self.clear]):  # fmt: skip
            menu.addActions(part)
            menu.addSeparator()
        return menu

    def allow(self, *, is_editable: bool) -> None:
        """A locked month or a read-only ledger can only be looked at and copied from."""
        for action in (self.submit, self.approve, self.send_back, self.carry, self.paste, self.fill, self.clear):
            action.setEnabled(is_editable)

    def say_why_not(self, name: str) -> None:
        """Say why a cell of this column cannot be edited."""
        line = self._view.table.line(self._view.currentIndex().row())
        ledger = self._session.ledger
        if ledger.is_read_only:
            words = f"台账是只读打开的，不能修改。{ledger.read_only_reason}"
        elif not self._view.table.is_editable:
            words = f"{show_month(self.month)}已锁定，只能查看；最近锁定的月份可以写明理由后解锁"
        elif COLUMNS[INDEX[name]].field is not None and line is not None and line.row.state == APPROVED:
            words = "这一项已审核；要修改，先退回（Ctrl+Backspace）并写明理由"
        else:
            words = f"{COLUMNS[INDEX[name]].title}由程序算出，不能直接填写"
        self._session.hinted.emit(words)

    # --- one cell ------------------------------------------------------------------------------------------------

    def put(self, uid: str, field: Field, text: str) -> str:
        """Write what was typed into one cell; gives why it does not read. What a rule refuses stays in the cell."""
        self._view.painter_of_cells.typed = None
        self._view.table.preview(uid, None)
        try:
            stored = fields.parse(field, text, clock.today())
        except UserError as refusal:
            return str(refusal)
        line = self._view.table.line_of(uid)
        if line is None or ((stored or None) == (line.values.get(field.name) or None) and stored != 0):
            return ""
        return self._set(uid, {field.name: stored})

    def _set(self, uid: str, values: Mapping[str, Stored]) -> str:
        table = self._view.table
        kept = dict(table.pending(uid))
        refusal = self._write(uid, {**kept, **values})
        if not refusal:
            if kept:
                table.forget_pending(uid)
            return ""
        if kept and not self._write(uid, values):
            table.forget_pending(uid, tuple(values))
            return ""
        if any(name in MONEY for name in values):
            line = table.line_of(uid)
            if line is not None and any(p.severity == "error" for p in with_values(line.row, values).problems):
                table.pend(uid, values)
                return ""
        return refusal

    def _write(self, uid: str, values: Mapping[str, Stored]) -> str:
        try:
            change = months.set_fields(self._session.ledger, uid, self.month, values)
        except UserError as refusal:
            return str(refusal)
        if change is not None:
            self.writing = frozenset((uid,))
            self._session.announce(change)
            self.writing = None
        return ""

    def _while_typing(self, editor: CellEditor, edited: Edited, text: str) -> None:
        """Show at every stroke what follows from the figure, and what a rule would say of it."""
        table, cells = self._view.table, self._view.painter_of_cells
        try:
            stored = fields.parse(edited.field, text, clock.today())
        except UserError:
            return
        cells.typed = (edited.uid, edited.column)
        line = table.preview(edited.uid, {edited.column: stored})
        problem = line.problem_of(edited.column) if line is not None else None
        if problem is not None and problem.severity == "error" and edited.field.name in MONEY:
            editor.complain(problem.message)
        self._view.viewport().update()

    # --- ways out of a mistake -----------------------------------------------------------------------------------

    def take_way(self, uid: str, field: str, way: str) -> None:
        """Go back to what stood before, write a 更正说明, or register the start."""
        table = self._view.table
        line = table.line_of(uid)
        if line is None:
            return
        if way == "explain":
            self._view.explain(uid)
        elif way == "start":
            self._ask_for_start(uid)
        elif field in table.pending(uid):
            table.forget_pending(uid, (field,))
            self._stand_on(uid, field)
        else:
            before = line.row.before.money(field) if line.row.before is not None and field in MONEY else None
            self._session.run(months.set_fields, uid, self.month, {field: before})
            self._stand_on(uid, field)

    def _stand_on(self, uid: str, field: str) -> None:
        row = self._view.table.row_of_uid(uid)
        if row is not None:
            self._view.choose_row(row, INDEX[field])
            self._view.setFocus()

    def _ask_for_start(self, uid: str) -> None:
        popup = ask(self._theme, self._view, "开工日期：永久性工程正式破土开槽或打桩的那天", "登记开工")
        popup.field.setPlaceholderText("如 2024.3.15")

        def take(text: str) -> None:
            try:
                day = fields.parse(field_of("milestone", "actual"), text, clock.today())
            except UserError as refusal:
                self._session.refused.emit(refusal)
                return
            if not self._session.read(milestones.of, uid):
                self._session.run(milestones.start_from_template, uid)
            self._session.run(milestones.edit_by_code, uid, _START, {"actual": day})

        popup.named.connect(take)
        open_at_hand(self._view, popup)

    # --- what is selected ----------------------------------------------------------------------------------------

    def selected(self) -> list[MonthLine]:
        """The projects that hold a selected cell; on a heading all of its projects."""
        table, view = self._view.table, self._view
        found = table.lines_in(view.selected_stretches())
        group = table.heading(view.currentIndex().row()) if not found else None
        return list(group.lines) if group is not None else found

    def _selected_fields(self) -> list[Column]:
        chosen = (COLUMNS[number] for number in self._view.selected_columns())
        return [column for column in chosen if column.field is not None]

    # --- copy and paste ------------------------------------------------------------------------------------------

    def copy_cells(self, *, with_titles: bool = False) -> None:
        """Put the selected cells on the clipboard, for WPS and Excel."""
        numbers = self._view.selected_columns()
        block = [[line.copy_text(number) for number in numbers] for line in self.selected()]
        if with_titles:
            shown = self._view.header.titles
            titles = [shown.get(COLUMNS[number].name, COLUMNS[number].title) for number in numbers]
            block.insert(0, titles)
        if block:
            self._copied = to_text(block)
            QGuiApplication.clipboard().setText(self._copied)
            self._session.said.emit(f"已复制 {len(block)} 行 × {len(numbers)} 列", False)

    def paste_block(self) -> None:
        """Paste what WPS or Excel put on the clipboard; more than one cell shows first what would change."""
        text = QGuiApplication.clipboard().text()
        block = from_text(text)
        if not block or not self._view.currentIndex().isValid():
            return
        if len(block) > _MOST_PASTED:
            too_long = UserError(f"要粘贴的内容有 {len(block)} 行。", f"一次最多粘贴 {_MOST_PASTED} 行，请分几次。")
            self._session.refused.emit(too_long)
            return
        if len(block) == 1 and len(block[0]) == 1:
            lines = self.selected()
            self._preview(self._same_for(lines, {column.name: block[0][0] for column in self._selected_fields()}))
            return
        self._preview(self._plan(block, is_own=text == self._copied))

    def _plan(self, block: list[list[str]], *, is_own: bool) -> Paste:
        table, view = self._view.table, self._view
        columns = titled_columns(block[0], self.month)
        if columns is not None:
            block = block[1:]
        lines: list[MonthLine | None] | None = None
        place = next((n for n, column in enumerate(columns) if column is COLUMNS[INDEX["name"]]), -1) if columns else 0
        if place >= 0 and block:
            lines = named_lines([row[place] for row in block], table.lines)
        names = [row[place] if lines is not None else f"第 {n} 行" for n, row in enumerate(block, start=1)]
        if columns is None:
            shown = [COLUMNS[span.number] for span in view.spans()]
            here = COLUMNS[view.currentIndex().column()]
            after = shown[shown.index(here) :] if here in shown else shown
            columns = list(after) if is_own else [column for column in after if column.field is not None]
            if lines is not None and not is_own:
                columns = [None, *(columns or [column for column in shown if column.field is not None])]
        if lines is None:
            lines = self._lines_from_here(len(block))
        return plan_paste(block, columns, lines, names, clock.today())

    def _lines_from_here(self, count: int) -> list[MonthLine | None]:
        stretches = self._view.selected_stretches()
        row = stretches[0].start if stretches else self._view.currentIndex().row()
        found: list[MonthLine | None] = []
        while len(found) < count and row < self._view.table.rowCount():
            line = self._view.table.line(row)
            if line is not None:
                found.append(line)
            row += 1
        return found + [None] * (count - len(found))

    def _preview(self, paste: Paste) -> None:
        """Write at once what is a single good cell, say that nothing differs, else show what would change."""
        if not paste.cells:
            self._session.hinted.emit("内容与现在相同，没有改动")
            return
        if len(paste.cells) == 1 and not paste.refused:
            self._write_block(paste)
            return
        dialog = PasteDialog(paste, self._theme, self._view.window())
        dialog.finished.connect(dialog.deleteLater)
        dialog.accepted.connect(lambda: self._write_block(paste))
        dialog.open()

    def _write_block(self, paste: Paste) -> None:
        block = [(uid, values) for uid, values in paste.rows if uid is not None]
        if block:
            self._session.run(months.set_block, self.month, block)

    def _same_for(self, lines: Sequence[MonthLine], texts: Mapping[str, str]) -> Paste:
        columns = [COLUMNS[INDEX[name]] for name in texts]
        block = [list(texts.values()) for _ in lines]
        return plan_paste(block, columns, list(lines), [line.row.name for line in lines], clock.today())

    # --- many at once --------------------------------------------------------------------------------------------

    def fill_down(self) -> None:
        """The first selected row's values into the rows below it; figures show first what they would change."""
        lines, columns = self.selected(), self._selected_fields()
        if len(lines) < 2 or not columns:
            self._session.hinted.emit("先选中要填充的几行，第一行的值会填到下面")
            return
        texts = {column.name: lines[0].edit_text(INDEX[column.name]) for column in columns}
        paste = self._same_for(lines[1:], texts)
        if paste.cells and not paste.refused:
            self._write_block(paste)
        else:
            self._preview(paste)

    def clear_cells(self) -> None:
        """Empty the selected cells."""
        columns = self._selected_fields()
        self._write_block(self._same_for(self.selected(), {column.name: "" for column in columns}))

    def carry_over(self) -> None:
        """本月无变化 for the selected projects."""
        uids = [line.uid for line in self.selected()]
        if uids:
            self._session.run(months.no_change, self.month, uids)

    # --- states --------------------------------------------------------------------------------------------------

    def submit_selected(self) -> None:
        """上报 what is ready; what is not is counted with the reason."""
        lines = self.selected()
        open_ones = [line for line in lines if line.row.state in ("", DRAFT, RETURNED)]
        ready = [
            line for line in open_ones if line.row.now is not None and line.row.now.has_figures and not line.errors
        ]
        if not ready:
            if open_ones:
                self._session.run(months.submit, self.month, [open_ones[0].uid])
            elif lines:
                self._session.hinted.emit("选中的项目都已经上报")
            return
        change = self._session.run(months.submit, self.month, [line.uid for line in ready])
        left = len(open_ones) - len(ready)
        if change is not None and left:
            wrong = sum(bool(line.errors) for line in open_ones)
            parts = [f"{wrong} 项有错"] if wrong else []
            parts += [f"{left - wrong} 项还没有填"] if left > wrong else []
            self._session.said.emit(f"已上报 {len(ready)} 项；{'，'.join(parts)}，没有上报", True)

    def approve_selected(self) -> None:
        """审核通过 the reported ones among the selected."""
        self._in_state(
            (SENT,), "选中的项目里没有待审核的", lambda uids: self._session.run(months.approve, self.month, uids)
        )

    def ask_to_send_back(self) -> None:
        """退回 the reported ones among the selected, with a reason."""
        self._in_state((SENT, APPROVED), "选中的项目里没有可以退回的", self._ask_reason)

    def _in_state(self, states: Sequence[str], nothing: str, do: Callable[[list[str]], object]) -> None:
        uids = [line.uid for line in self.selected() if line.row.state in states]
        if uids:
            do(uids)
        else:
            self._session.hinted.emit(nothing)

    def _ask_reason(self, uids: list[str]) -> None:
        popup = ask(self._theme, self._view, f"退回 {len(uids)} 项的理由，填报人会看到", f"退回 {len(uids)} 项")
        popup.named.connect(lambda reason: self._session.run(months.send_back, self.month, uids, reason))
        open_at_hand(self._view, popup)
