"""Vague words: what a progress text must not say, because nobody can check it."""

import re
from typing import Final

WORDS: Final = (
    "基本完成",
    "基本完工",
    "基本建成",
    "基本具备",
    "初步完成",
    "大部分",
    "部分",
    "有序推进",
    "有序开展",
    "稳步推进",
    "扎实推进",
    "积极推进",
    "加快推进",
    "加快建设",
    "持续推进",
    "正在推进",
    "顺利推进",
    "抓紧推进",
    "抓紧办理",
    "正常推进",
    "按计划推进",
    "全力推进",
    "进展顺利",
    "进展良好",
    "取得阶段性成效",
    "阶段性进展",
    "一定进展",
    "较大进展",
    "明显进展",
    "若干",
    "有关工作",
    "相关工作",
    "相关手续",
    "进一步",
    "尽快",
    "适时",
    "近期",
    "即将",
)
# 分部分项工程 and 部分 followed by a measure are terms of construction, not ways round a figure
_TERMS: Final = re.compile(r"分部分项|分部工程|部分[一二三四五六七八九十0-9]")
_FOUND: Final = re.compile("|".join(WORDS))


def vague_words(text: str) -> tuple[str, ...]:
    """The vague words of a text in the order they stand, each once."""
    plain = _TERMS.sub(lambda match: "□" * len(match[0]), "".join(text.split()))
    return tuple(dict.fromkeys(_FOUND.findall(plain)))
