"""What is asked before a project in hand is deleted or the people in it are erased."""

from PySide6.QtWidgets import QWidget

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.ui import asking
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.workspace import projects
from laoxiao_desktop.workspace.projects import ProjectRecord


def ask_to_delete(parent: QWidget, session: Session, record: ProjectRecord) -> None:
    """Deletes the project when the person says so; 撤销 brings it back."""
    asking.ask(
        parent,
        f"删除“{record.values['name']}”？",
        "它的里程碑一起删除；可以用撤销找回。",
        "删除",
        lambda: session.run(projects.delete, [record.uid]),
        title="删除项目",
        keep="保留",
    )


def ask_to_erase(parent: QWidget, session: Session, record: ProjectRecord) -> None:
    """Erases contact and phone for good when the person says so."""
    asking.ask(
        parent,
        "抹去这个项目的联系人和电话？",
        "从台账和全部变更记录里抹去，不能撤销，找不回来。以前做的备份和发出去的数据包里可能还有。",
        "抹去",
        lambda: _erase(session, record.uid),
        title="抹去联系人和电话",
        keep="保留",
    )


def _erase(session: Session, uid: str) -> None:
    try:
        change = projects.erase_person(session.ledger, uid)
    except UserError as refusal:
        session.refused.emit(refusal)
        return
    if change is not None:
        session.announce(change, undoable=False)
    else:
        session.said.emit("这个项目没有填联系人和电话", False)
