"""What the search index holds: one character per token, so that any part of a word is found from the first character.

FTS5's trigram tokenizer finds nothing for one or two characters; a phrase of single characters gives the hits of LIKE.
"""

import sqlite3
import unicodedata

_BREAK_TOKEN = "xbreakx"  # noqa: S105 - stands between two fields, so that no phrase crosses them
_MOST = 4000  # characters of one field that are searched


def words_of(*fields: object) -> str:
    """The characters of all fields, a token each."""
    return f" {_BREAK_TOKEN} ".join(_spaced(field) for field in fields if field)


def initials_of(*fields: object) -> str:
    """The pinyin initials of all fields, a token each: 景洪市 → j h s."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - costs 150 ms, needed only to write

    parts = []
    for field in fields:
        if field:
            letters = lazy_pinyin(_folded(str(field))[:200], style=Style.FIRST_LETTER)
            parts.append(_spaced("".join(letters)))
    return f" {_BREAK_TOKEN} ".join(parts)


def match_of(search: str) -> str | None:
    """The FTS5 expression for what was typed; None when nothing searchable was typed.

    Words are separated by spaces and must all be found; each stands in the text or in the initials.
    """
    phrases = []
    for word in _folded(search)[:200].split():
        tokens = _spaced(word)
        if tokens:
            phrases.append(f'"{tokens}"')
    return " AND ".join(phrases) or None


def install(connection: sqlite3.Connection) -> None:
    """Gives the connection the functions that the search triggers call."""
    connection.create_function("search_words", -1, words_of, deterministic=True)
    connection.create_function("search_initials", -1, initials_of, deterministic=True)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _spaced(text: object) -> str:
    # marks are words too, so that they are searched as typed: % “ -
    return " ".join(char if char.isalnum() else f"u{ord(char):x}" for char in _folded(str(text))[:_MOST] if char > " ")
