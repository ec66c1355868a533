"""What the hand can do in the project grid: add, copy, paste, fill down, change many, delete; each one change."""

from array import array
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu

from laoxiao_desktop import clock
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models import fields
from laoxiao_desktop.models.dictionary import Field
from laoxiao_desktop.models.fields import Stored
from laoxiao_desktop.ui import asking
from laoxiao_desktop.ui.grid_block import Paste, from_text, plan_paste, titled_columns, to_text
from laoxiao_desktop.ui.grid_bulk import BulkDialog
from laoxiao_desktop.ui.grid_cells import Line
from laoxiao_desktop.ui.grid_columns import COLUMNS, INDEX, Column
from laoxiao_desktop.ui.grid_options import options_for
from laoxiao_desktop.ui.grid_paste import PasteDialog
from laoxiao_desktop.ui.grid_view import GridView
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import carry, plans, projects

NEW_NAME = "新项目"
_MOST_PASTED = 20_000
_FEW = 10  # projects deleted without a question


class ProjectActions(QObject):
    """The actions of a GridView with their keys. `made` names a project that was just added, to be shown and named.

    `list_pasted`: what is on the clipboard is to be read in as a list, row by row.
    """

    made = Signal(str)
    list_pasted = Signal()

    def __init__(self, session: Session, theme: Theme, view: GridView) -> None:
        super().__init__(view)
        self._session = session
        self._theme = theme
        self._view = view
        view.edit_refused.connect(self.say_why_not)
        self.defaults: Callable[[], Mapping[str, Stored]] = dict
        self.edit_cell = self._action("编辑", "F2", view.open_cell, bind=False)
        self.copy = self._action("复制", "Ctrl+C", self.copy_cells)
        self.copy_titled = self._action("连同标题复制", "Ctrl+Shift+C", lambda: self.copy_cells(with_titles=True))
        self.paste = self._action("粘贴", "Ctrl+V", self.paste_block)
        self.fill = self._action("向下填充", "Ctrl+D", self.fill_down)
        self.bulk = self._action("批量修改…", "Ctrl+H", self.change_many)
        self.clear = self._action("清除内容", "Delete", self.clear_or_delete)
        self.add = self._action("新增项目", "Ctrl+N", self.add_project)
        self.duplicate = self._action("复制为新项目", "Ctrl+Shift+D", self.duplicate_rows)
        self.delete = self._action("删除项目", "Ctrl+-", self.delete_rows)
        self.carry = self._action("结转到…", "Ctrl+Shift+J", self.offer_successors)

    def _action(self, words: str, key: str, do: Callable[[], object], *, bind: bool = True) -> QAction:
        action = QAction(words, self)
        if bind:
            action.setShortcut(QKeySequence(key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self._view.addAction(action)
        else:
            action.setText(f"{words}\t{key}")
        action.triggered.connect(lambda _=False: do())
        return action

    def say_why_not(self, name: str) -> None:
        """Say why a cell of this column cannot be edited."""
        if self._session.ledger.is_read_only:
            self._session.hinted.emit(f"台账是只读打开的，不能修改。{self._session.ledger.read_only_reason}")
        else:
            self._session.hinted.emit(f"{COLUMNS[INDEX[name]].title}由程序算出，不能直接填写")

    def menu(self, extra: list[QAction]) -> QMenu:
        """The context menu for what is selected now; `extra` stands before the last part."""
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        count = len(self.selected_ids())
        self.delete.setText(f"删除 {count} 个项目" if count > 1 else "删除项目")
        can_write = not self._session.ledger.is_read_only
        for part in (
            [self.edit_cell, self.fill, self.bulk],
            [self.copy, self.copy_titled, self.paste, self.clear],
            extra,
            [self.add, self.duplicate, self.carry, self.delete],
        ):
            for action in part:
                if action not in extra and action not in (self.copy, self.copy_titled):
                    action.setEnabled(can_write and (count > 0 or action in (self.add, self.paste)))
                menu.addAction(action)
            menu.addSeparator()
        return menu

    # --- what is selected ----------------------------------------------------------------------------------------

    def selected_ids(self) -> "array[int]":
        """The ids of the projects that hold a selected cell."""
        return self._view.table.ids_in(self._view.selected_stretches())

    def _selected_uids(self) -> list[str]:
        return self._view.table.uids_of(self.selected_ids())

    def _selected_columns(self) -> list[Column]:
        return [COLUMNS[number] for number in self._view.selected_columns()]

    def _lines(self) -> list[Line]:
        table = self._view.table
        rows = (row for stretch in self._view.selected_stretches() for row in stretch)
        return [line for line in map(table.line, rows) if line is not None]

    # --- copy and paste ------------------------------------------------------------------------------------------

    def copy_cells(self, *, with_titles: bool = False) -> None:
        """Put the selected cells on the clipboard, for WPS and Excel."""
        columns = self._selected_columns()
        block = [[line.text(INDEX[column.name]) for column in columns] for line in self._lines()]
        if with_titles:
            titles = [f"{column.title}（{column.unit}）" if column.unit else column.title for column in columns]
            block.insert(0, titles)
        if block:
            QGuiApplication.clipboard().setText(to_text(block))
            self._session.said.emit(f"已复制 {len(block)} 行 × {len(columns)} 列", False)

    def paste_block(self) -> None:
        """Paste what WPS or Excel put on the clipboard; more than one cell shows first what would change."""
        block = from_text(QGuiApplication.clipboard().text())
        if not block or not self._view.currentIndex().isValid():
            return
        if len(block) > _MOST_PASTED:
            too_long = UserError(f"要粘贴的内容有 {len(block)} 行。", f"一次最多粘贴 {_MOST_PASTED} 行，请分几次。")
            self._session.refused.emit(too_long)
            return
        if len(block) == 1 and len(block[0]) == 1:
            self._set_cells(block[0][0])
            return
        paste = self._plan(block)
        if not paste.cells:
            self._session.hinted.emit("粘贴的内容与现在相同，没有改动")
            return
        dialog = PasteDialog(paste, self._theme, self._view.window())
        dialog.finished.connect(dialog.deleteLater)
        dialog.accepted.connect(lambda: self._write(paste))
        dialog.list_wanted.connect(self.list_pasted)
        dialog.offer_list(titled_columns(block[0]) is not None)
        dialog.open()

    def _plan(self, block: list[list[str]]) -> Paste:
        titled = titled_columns(block[0])
        columns: list[Column | None] = list(titled or [])
        if titled is not None:
            block = block[1:]
        else:
            start = self._view.currentIndex().column()
            shown = [span.number for span in self._view.spans()]
            place = shown.index(start) if start in shown else 0
            columns = [COLUMNS[number] for number in shown[place:]]
        table, row = self._view.table, self._first_row()
        lines: list[Line | None] = []
        while len(lines) < len(block):
            if row >= table.rowCount():
                lines.append(None)
            elif (line := table.line(row)) is not None:
                lines.append(line)
            row += 1
        return plan_paste(block, columns, lines, clock.today())

    def _first_row(self) -> int:
        stretches = self._view.selected_stretches()
        return stretches[0].start if stretches else self._view.currentIndex().row()

    def _write(self, paste: Paste) -> None:
        if not paste.new_rows:
            self._session.run(projects.paste, paste.rows, None)
        else:
            self._with_plan(lambda plan: self._session.run(projects.paste, paste.rows, plan))

    def _set_cells(self, text: str) -> None:
        """One copied value into every selected cell."""
        values: dict[str, Stored] = {}
        for column in self._selected_columns():
            if column.field is None:
                continue
            try:
                values[column.name] = fields.parse(column.field, text, clock.today())
            except UserError as refusal:
                self._session.refused.emit(refusal)
                return
        self._edit_selected(values)

    def _edit_selected(self, values: Mapping[str, Stored]) -> None:
        uids = self._selected_uids()
        if uids and values:
            self._session.run(projects.edit_many, uids, values)

    # --- many at once --------------------------------------------------------------------------------------------

    def fill_down(self) -> None:
        """The first selected row's values into the rows below it."""
        lines = self._lines()
        columns = [column for column in self._selected_columns() if column.field is not None]
        if len(lines) < 2 or not columns:
            self._session.hinted.emit("先选中要填充的几行，第一行的值会填到下面")
            return
        values: dict[str, Stored] = {}
        for column in columns:
            value = lines[0].values.get(column.name)
            values[column.name] = value if isinstance(value, str | int) else None
        self._session.run(projects.edit_many, [line.uid for line in lines[1:]], values)

    def change_many(self) -> None:
        """Ask for a field and a value, then change all selected projects as one change."""
        ids = self.selected_ids()
        if not ids:
            return
        uids = self._view.table.uids_of(ids)
        current = COLUMNS[self._view.currentIndex().column()].name
        dialog = BulkDialog(
            len(ids),
            current,
            lambda field: options_for(self._session, field),
            lambda name, stored: self._same(ids, name, stored),
            clock.today(),
            self._theme,
            self._view.window(),
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.accepted.connect(lambda: self._session.run(projects.edit_many, uids, {dialog.field.name: dialog.stored}))
        dialog.open()

    def _same(self, ids: "array[int]", name: str, stored: Stored) -> int:
        found = self._session.read(projects.rows_of, ids, (name,))
        return sum((row[2] or None) == (stored or None) for row in found)

    def clear_or_delete(self) -> None:
        """Delete empties the selected cells; on whole rows (selected by 序号) it deletes the projects."""
        if self._view.has_whole_rows():
            self.delete_rows()
            return
        values: dict[str, Stored] = {}
        for column in self._selected_columns():
            if column.field is not None and column.field.is_required:
                hint = "要删除项目，请点序号选中整行再按 Delete，或按 Ctrl+-。"
                self._session.refused.emit(UserError(f"{column.title}不能清空。", hint))
                return
            if column.field is not None:
                values[column.name] = None
        self._edit_selected(values)

    # --- rows ----------------------------------------------------------------------------------------------------

    def add_project(self) -> None:
        """A new project in the plan of the scope, or in the one the person points at."""
        self._with_plan(self._add_to)

    def _add_to(self, plan: str) -> None:
        values = {"name": NEW_NAME, **self.defaults()}
        change = self._session.run(projects.add, plan, values)
        if change is not None and change.created is not None:
            self.made.emit(change.created)

    def _with_plan(self, do: Callable[[str], object]) -> None:
        """Do something with the plan in question: the scope's, the only one, or the one chosen from a menu."""
        scope = self._session.scope.plan
        known = self._session.read(plans.all_of)
        if scope is not None or len(known) == 1:
            do(scope if scope is not None else known[0].uid)
        elif not known:
            nothing = UserError("台账里还没有方案，不知道新项目属于哪里。", "请先新建或读入一个方案。")
            self._session.refused.emit(nothing)
        else:
            menu = QMenu(self._view)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addAction("新增到哪个方案？").setEnabled(False)
            for plan in known:
                menu.addAction(plan.title).triggered.connect(lambda _=False, uid=plan.uid: do(uid))
            menu.setActiveAction(menu.actions()[1])
            menu.popup(self._view.viewport().mapToGlobal(QPoint(self._theme.px(60), self._theme.px(40))))

    def duplicate_rows(self) -> None:
        """Copies of the selected projects."""
        uids = self._selected_uids()
        if uids:
            change = self._session.run(projects.duplicate, uids)
            if change is not None and change.created is not None:
                self.made.emit(change.created)

    def offer_successors(self) -> None:
        """Ask where the unfinished ones among the selected projects are carried to."""
        uids = self._selected_uids()
        found = self._session.read(carry.successors, uids) if uids else []
        if not found:
            other = "请选未完工的项目；还没有接续方案的，先新建或读入一个方案。"
            self._session.refused.emit(UserError("选中的项目没有可结转的方案。", other))
            return
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for one in found:
            action = menu.addAction(f"结转 {one.count} 项到 {one.title}")
            action.triggered.connect(lambda _=False, plan=one.uid: self._session.run(carry.carry, uids, plan))
        menu.setActiveAction(menu.actions()[0])
        menu.popup(self._view.viewport().mapToGlobal(QPoint(self._theme.px(60), self._theme.px(40))))

    def delete_rows(self) -> None:
        """Delete the selected projects; 撤销 brings them back. Many at once are a decision, so it asks."""
        uids = self._selected_uids()
        if len(uids) > _FEW:
            self._ask_to_delete(uids)
        elif uids:
            self._session.run(projects.delete, uids)

    def _ask_to_delete(self, uids: list[str]) -> None:
        session = self._session
        asking.ask(
            self._view.window(),
            f"删除选中的 {len(uids)} 个项目？",
            "它们的里程碑一起删除；可以用撤销找回。",
            f"删除 {len(uids)} 个项目",
            lambda: session.run(projects.delete, uids),
            title="删除项目",
            keep="保留",
        )

    def put(self, uid: str, field: Field, text: str) -> str:
        """Write what was typed into one cell; gives why it was refused, "" when it was taken."""
        try:
            stored = fields.parse(field, text, clock.today())
            change = projects.edit(self._session.ledger, uid, {field.name: stored})
        except UserError as refusal:
            return str(refusal)
        if change is not None:
            self._session.announce(change)
        return ""
