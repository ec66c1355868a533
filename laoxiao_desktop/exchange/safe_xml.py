"""XML of office files, read piece by piece: without document types there are no entities to expand or fetch."""

from collections.abc import Callable, Iterable, Mapping
from xml.parsers import expat

from laoxiao_desktop.exchange.limits import unreadable

Attributes = Mapping[str, str]
_DEEPEST = 200


def walk(
    name: str,
    pieces: Iterable[bytes],
    opened: Callable[[str, Attributes], None],
    closed: Callable[[str], None],
    words: Callable[[str], None],
) -> None:
    """Calls back for each element and text; names without prefix. UserError for what is no sound XML.

    A document type is refused: it is what entity bombs and outside files need, and office programs never write one.
    """
    parser = expat.ParserCreate()
    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise unreadable(name, "内容层层嵌套，不像正常的文件")
        opened(tag.rpartition(":")[2], {key.rpartition(":")[2]: value for key, value in attributes.items()})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        closed(tag.rpartition(":")[2])

    def refuse(*_: object) -> None:
        raise unreadable(name, "里面带有实体声明，不像正常的文件")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = words
    parser.StartDoctypeDeclHandler = refuse
    parser.buffer_text = True
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise unreadable(name) from error
