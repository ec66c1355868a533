"""The keys of the project grid, for the list of keys."""

KEYS = (  # for the list of keys: where, keys, what they do
    ("项目表", "Enter / F2", "编辑这一格；直接打字也可以"),
    ("项目表", "Tab / Enter", "编辑后到右一格、下一行"),
    ("项目表", "Esc", "恢复原值；不在编辑时清除条件"),
    ("项目表", "Ctrl+N", "新增项目"),
    ("项目表", "Ctrl+C / Ctrl+Shift+C", "复制，连同标题复制"),
    ("项目表", "Ctrl+V", "粘贴 WPS、Excel 的单元格"),
    ("项目表", "Ctrl+D", "向下填充"),
    ("项目表", "Ctrl+H", "批量修改选中的项目"),
    ("项目表", "Ctrl+Shift+D", "复制为新项目"),
    ("项目表", "Ctrl+Shift+J", "把未完工的项目结转到接续方案"),
    ("项目表", "Ctrl+E", "把显示的行和列导出为 Excel"),
    ("项目表", "Shift+Space", "选中整行"),
    ("项目表", "Delete", "清除内容；选中整行时删除项目"),
    ("项目表", "Ctrl+-", "删除项目"),
    ("项目表", "← / →", "在组标题上收起、展开"),
    ("项目表", "F4", "收起或展开右边的记录"),
    ("项目表", "F5", "重新排序和筛选"),
)
