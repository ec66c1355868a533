"""Makes resources/fonts again from the open source fonts: `python installers/make_fonts.py FOLDER_OF_SOURCES`.

The sources (all SIL OFL 1.1) and their checksums are listed in SOURCES; resources/fonts/README.md says where each comes
from. Every font made here carries a family name of its own: a subset must not pass for its original, and some of the
originals reserve their names. Outlines are untouched; hints, vertical metrics and all layout but kerning are left out.
Needs fontTools only. The same sources give the same bytes.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "resources" / "fonts"

SOURCES = {
    "NotoSerifSC_400Regular.ttf": "c358a69de3df5f423a8946a7b03e3126fb6ba116f1130a463455b4e39e1f0742",
    "NotoSerifSC_700Bold.ttf": "9c6a2ba736e4b499c84f65ce366bd3625c0401885fd3e585ace50fb738b96ff6",
    "NotoSansSC_400Regular.ttf": "d45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16",
    "NotoSansSC_500Medium.ttf": "b30853d205f3ecdde938b1488c735ee15a2e870d31331b992fdc53971e23ec4a",
    "LXGWWenKai-Regular.ttf": "bbf534b0ca093928f94d1782855e65a19a32cde82b075d495d072025521953c8",
    "LXGWZhuqueFangsong-Regular.ttf": "558c62730844fe54ba220146ed62f859d4e2880188d92d985f8921c6e3743bc4",
}

# Blocks of marks, letters and symbols that office text uses beside the characters.
SYMBOL_BLOCKS = (
    (0x20, 0x7E),  # ASCII
    (0xA0, 0x24F),  # Latin with marks, × ÷ ± °
    (0x2C6, 0x2DD),  # tone marks of pinyin
    (0x391, 0x451),  # Greek, Cyrillic
    (0x1EA0, 0x1EF9),  # Latin of South-East Asian names
    (0x2010, 0x206F),  # dashes, quotes, …
    (0x2070, 0x209C),
    (0x20AC, 0x20AC),
    (0x2100, 0x2199),  # ℃ № Ⅰ ← ↑ → ↓
    (0x2200, 0x22FF),  # ∑ √ ≤ ≥ ≠ ≈
    (0x2460, 0x24FF),  # ① ⑴ ⒈
    (0x2500, 0x27BE),  # boxes, ● ◆ ▲ ★ ✓
    (0x2E80, 0x2FDF),  # radicals
    (0x3000, 0x312F),  # 、。〈〉【】
    (0x3200, 0x33FF),  # ㈠ ㎡
    (0xFE10, 0xFE6F),
    (0xFF01, 0xFFEE),  # full width
)
LICENCE = "This Font Software is licensed under the SIL Open Font License, Version 1.1."


@dataclass(frozen=True, slots=True)
class Recipe:
    """One font to make: its source, its own names, and the characters it keeps (None: all of them)."""

    source: str
    file_name: str
    family: str
    style: str
    characters: frozenset[int] | None


def gb2312() -> set[int]:
    """The 7,445 characters of GB 2312."""
    return _two_byte("gb2312", range(0xA1, 0xFF), range(0xA1, 0xFF))


def big5_level_1() -> set[int]:
    """The 5,401 common traditional characters: people keep them in their names."""
    return _two_byte("big5", range(0xA4, 0xC7), range(0x40, 0xFF))


def guifan_8105() -> set[int]:
    """The 8,105 characters of 通用规范汉字表, rare names among them."""
    lines = (HERE / "guifan_8105.txt").read_text(encoding="utf-8").splitlines()
    return {ord(c) for line in lines if not line.startswith("#") for c in line}


def symbols() -> set[int]:
    """Every code point of SYMBOL_BLOCKS."""
    return {c for first, last in SYMBOL_BLOCKS for c in range(first, last + 1)}


def _two_byte(codec: str, leads: Iterable[int], trails: Iterable[int]) -> set[int]:
    trails = list(trails)
    found = set()
    for lead in leads:
        for trail in trails:
            text = bytes([lead, trail]).decode(codec, errors="ignore")
            if len(text) == 1:
                found.add(ord(text))
    return found


def recipes() -> tuple[Recipe, ...]:
    """The six fonts: five for paper, and the two Sans for the screen."""
    office = frozenset(gb2312() | guifan_8105() | symbols())
    screen = office | frozenset(big5_level_1())
    return (
        Recipe("NotoSerifSC_400Regular.ttf", "LaoxiaoSerif-Regular.ttf", "Laoxiao Serif", "Regular", None),
        Recipe("NotoSerifSC_700Bold.ttf", "LaoxiaoSerif-Bold.ttf", "Laoxiao Serif", "Bold", office),
        Recipe("NotoSansSC_400Regular.ttf", "LaoxiaoSans-Regular.ttf", "Laoxiao Sans", "Regular", screen),
        Recipe("NotoSansSC_500Medium.ttf", "LaoxiaoSans-Medium.ttf", "Laoxiao Sans", "Medium", office),
        Recipe("LXGWWenKai-Regular.ttf", "LaoxiaoKai-Regular.ttf", "Laoxiao Kai", "Regular", office),
        Recipe("LXGWZhuqueFangsong-Regular.ttf", "LaoxiaoFangsong-Regular.ttf", "Laoxiao Fangsong", "Regular", office),
    )


def make(recipe: Recipe, sources: Path) -> None:
    """Writes one font; SystemExit when the source is not the one the checksum names."""
    path = sources / recipe.source
    if hashlib.sha256(path.read_bytes()).hexdigest() != SOURCES[recipe.source]:
        raise SystemExit(f"{path}: not the file this recipe was written for")
    font = TTFont(path, recalcTimestamp=False)
    keep = set(font.getBestCmap()) if recipe.characters is None else set(recipe.characters)
    options = subset.Options()
    options.hinting = False
    options.layout_features = ["kern"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    options.name_languages = [0x409]
    options.notdef_outline = True
    options.glyph_names = False
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "STAT", "DSIG", "gasp", "meta"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=keep)
    cutter.subset(font)
    rename(font, recipe)
    font.save(TARGET / recipe.file_name)


def rename(font: TTFont, recipe: Recipe) -> None:
    """Gives the font the family of `recipe`, keeping its copyright and version lines."""
    is_plain = recipe.style in ("Regular", "Bold")
    full = f"{recipe.family} {recipe.style}"
    names = {
        1: recipe.family if is_plain else full,
        2: recipe.style if is_plain else "Regular",
        3: f"laoxiao;{full}",
        4: full,
        6: full.replace(f" {recipe.style}", f"-{recipe.style}").replace(" ", ""),
        13: LICENCE,
        14: "https://openfontlicense.org",
    }
    if not is_plain:
        names |= {16: recipe.family, 17: recipe.style}
    table = font["name"]
    table.names = [n for n in table.names if n.nameID in (0, 5) and n.platformID == 3]
    for number, text in names.items():
        table.setName(text, number, 3, 1, 0x409)
    table.names.sort()


def write_checksums() -> None:
    """Writes SHA256SUMS over all fonts and licence texts of the folder."""
    files = sorted(p for p in TARGET.iterdir() if p.suffix in (".ttf", ".txt"))
    lines = [
        "# Made by installers/make_fonts.py. Character sets: GB 2312 and Big5 from Python's codecs; 通用规范汉字表 from",
        "# installers/guifan_8105.txt, taken from PyPI pypinyin-dict 0.9.0 (pinyin_data/kmandarin_8105.py, MIT).",
    ]
    lines += [f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.name}" for p in files]
    (TARGET / "SHA256SUMS").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Makes all fonts from the folder given as the only argument."""
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    TARGET.mkdir(parents=True, exist_ok=True)
    for recipe in recipes():
        make(recipe, Path(sys.argv[1]))
        print(f"{(TARGET / recipe.file_name).stat().st_size / 1e6:6.2f} MB  {recipe.file_name}")
    write_checksums()


if __name__ == "__main__":
    main()
