"""The keys of the month, for the list of keys."""

KEYS = (  # where, keys, what they do
    ("月度调度", "Enter / F2", "填写这一格；直接打字也可以"),
    ("月度调度", "Tab / Enter", "填完到右边下一个要填的格；到下一行，连按 Tab 后回到开头那一列"),
    ("月度调度", "Ctrl+E", "选中的项目本月无变化"),
    ("月度调度", "Ctrl+D", "向下填充"),
    ("月度调度", "Ctrl+V", "粘贴 WPS、Excel 的单元格，先看会改什么"),
    ("月度调度", "Ctrl+Enter", "上报选中的项目"),
    ("月度调度", "Ctrl+Shift+Enter", "审核通过选中的项目"),
    ("月度调度", "Ctrl+Backspace", "退回选中的项目，写明理由"),
    ("月度调度", "← → Enter", "在提示行里选处理办法"),
    ("月度调度", "Esc", "恢复原值；不在填写时清除条件"),
)
