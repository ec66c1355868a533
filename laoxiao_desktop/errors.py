"""What can go wrong for a person: a sentence that says what happened and one that says what to do."""

import errno
from typing import Final

_REASONS: Final = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.EIO: "磁盘读写出错",
    errno.EBUSY: "文件正被别的程序使用",
    errno.EEXIST: "已经有同名的文件",
    errno.EFBIG: "文件太大",
    errno.EISDIR: "这是一个文件夹",
    errno.ENOTDIR: "上级不是文件夹",
    errno.ENAMETOOLONG: "名称太长",
    errno.EXDEV: "不能移到另一个磁盘",
}


class UserError(Exception):
    """A refusal meant for the person in front of the screen.

    `what` says what happened, `remedy` what to do; both are plain Chinese sentences.
    """

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(what, remedy)
        self.what = what
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.what}{self.remedy}"


class FieldError(UserError):
    """A value that does not fit its field; `field` is the field's identifier."""

    def __init__(self, field: str, what: str, remedy: str = "") -> None:
        super().__init__(what, remedy)
        self.field = field


class Cancelled(Exception):  # noqa: N818 - a wish, not an error
    """The person stopped a long piece of work; nothing was changed."""


def reason_of(problem: OSError) -> str:
    """Why a file could not be read or written, in words a person reads; the system's own words where we have none."""
    return _REASONS.get(problem.errno or 0) or problem.strerror or str(problem) or "磁盘出错"
