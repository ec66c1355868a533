"""The letters of paper: which face prints each character of a role, how wide it is, and the operators that show it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.reports.embedding import EM, WHOLE_EM, EmbeddedFace, NotPlainError
from laoxiao_desktop.reports.font_files import FontChoice, FontFile, Role, open_face

BOX = "□"  # printed where no face has the character, so that the gap is seen
OPENING_QUOTES = frozenset("“‘")  # they stand at the right of their em


class Letters:
    """The faces of one role in one document: measures text and writes the operators that show it."""

    def __init__(self, faces: Callable[[int], EmbeddedFace | None], missing: set[str]) -> None:
        self._face_at = faces  # 0 is the first choice; None past the last
        self._missing = missing
        first = faces(0)
        if first is None:
            raise UserError("找不到报告用的字体文件。", "请重新安装本程序。")
        self._first = first
        self._served: dict[str, tuple[EmbeddedFace, str]] = {}
        self.widths: dict[str, float] = _Widths(self)

    def serving(self, char: str) -> tuple[EmbeddedFace, str]:
        """The face that prints `char`, and the character it prints: a box where none has it."""
        found = self._served.get(char)
        if found is None:
            found = self._served[char] = self._search(char)
        return found

    def _search(self, char: str) -> tuple[EmbeddedFace, str]:
        number = 0
        while (face := self._face_at(number)) is not None:
            if face.has(char):
                return face, char
            number += 1
        self._missing.add(char)
        if char == BOX:
            raise LookupError("no face has the box that stands for missing characters")
        return self.serving(BOX)[0], BOX

    def width(self, text: str) -> float:
        """Natural width in thousandths of the type size."""
        return sum(map(self.widths.__getitem__, text))

    def show(self, text: str, size: str, advances: Sequence[float] | None = None) -> str:
        """The operators that show `text` at the current point; `advances` replace the natural widths."""
        if advances is None:
            try:
                return f"/{self._first.name} {size} Tf <{text.translate(self._first.plain)}> Tj"
            except NotPlainError:
                pass
        return self._show_exactly(text, size, advances)

    def _show_exactly(self, text: str, size: str, advances: Sequence[float] | None) -> str:
        out: list[str] = []
        current: EmbeddedFace | None = None
        pending = 0.0  # how far the point still has to move, in thousandths
        codes: list[str] = []
        parts: list[str] = []

        def close_codes() -> None:
            if codes:
                parts.append(f"<{''.join(codes)}>")
                codes.clear()

        def close_face() -> None:
            close_codes()
            if parts and current is not None:
                out.append(f"/{current.name} {size} Tf [{' '.join(parts)}] TJ")
                parts.clear()

        for number, char in enumerate(text):
            face, printed = self.serving(char)
            natural = face.width(ord(printed))
            advance = self.widths[char] if advances is None else advances[number]
            before = max(0.0, advance - natural) if printed in OPENING_QUOTES else 0.0
            if printed not in OPENING_QUOTES and printed in WHOLE_EM and printed in "—…":
                before = max(0.0, (min(advance, EM) - natural) / 2)
            if face is not current:
                close_face()
                current = face
            move = pending + before
            if abs(move) > 0.05:
                close_codes()
                parts.append(f"{-move:.1f}")
            codes.append(face.codes[ord(printed)])
            pending = advance - natural - before
        close_face()
        return " ".join(out)


class _Widths(dict[str, float]):
    """Character → width in thousandths, marks of one em counted as such."""

    def __init__(self, letters: Letters) -> None:
        super().__init__()
        self._letters = letters

    def __missing__(self, char: str) -> float:
        face, printed = self._letters.serving(char)
        width = float(EM) if printed in WHOLE_EM else face.width(ord(printed))
        self[char] = width
        return width


class FontBook:
    """All letters of one document. Faces are opened when a character first needs them."""

    def __init__(self, choice: FontChoice) -> None:
        self._choice = choice
        self._opened: dict[tuple[FontFile, bool], EmbeddedFace | None] = {}
        self._letters: dict[Role, Letters] = {}
        self.missing: set[str] = set()

    def letters(self, role: Role) -> Letters:
        """The letters of `role`."""
        if role not in self._letters:
            self._letters[role] = Letters(lambda number: self._face(role, number), self.missing)
        return self._letters[role]

    def faces(self) -> list[EmbeddedFace]:
        """Every face opened so far, in a stable order."""
        return [face for face in self._opened.values() if face is not None]

    def _face(self, role: Role, number: int) -> EmbeddedFace | None:
        usable = 0
        for file in self._choice.files[role]:
            face = self._embed(file, role == "song")
            if face is not None:
                if usable == number:
                    return face
                usable += 1
        return None

    def _embed(self, file: FontFile, has_even_digits: bool) -> EmbeddedFace | None:
        key = (file, has_even_digits)
        if key not in self._opened:
            face = open_face(file)
            name = f"F{len(self._opened) + 1}"
            self._opened[key] = EmbeddedFace(face, name, has_even_digits) if face else None
        return self._opened[key]
