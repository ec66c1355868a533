"""字段=值 on the command line, read by the dictionary."""

from collections.abc import Collection, Mapping, Sequence

import click

from laoxiao_desktop import clock
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models import fields
from laoxiao_desktop.models.dictionary import TABLES, Field
from laoxiao_desktop.models.plain_text import one_line, quoted


def values_of(table: str, names: Collection[str], assignments: Sequence[str]) -> Mapping[str, fields.Stored]:
    """The stored values of `字段=值…`; a field is named by its identifier or its label, an empty value clears it.

    UserError for a field that is not among `names`, FieldError for a value that does not fit.
    """
    values: dict[str, fields.Stored] = {}
    for assignment in assignments:
        name, equals, text = assignment.partition("=")
        if not equals:
            raise click.UsageError(f"{quoted(assignment)}不是 字段=值。")
        field = _field(table, names, one_line(name))
        if field.name in values:
            raise click.UsageError(f"字段 {field.name} 写了两次。")
        values[field.name] = fields.parse(field, text, clock.today())
    return values


def _field(table: str, names: Collection[str], name: str) -> Field:
    offered = [field for field in TABLES[table] if field.name in names]
    for field in offered:
        if name in (field.name, field.label):
            return field
    listed = "、".join(f"{field.name}（{field.label}）" for field in offered)
    raise UserError(f"没有字段{quoted(name)}。", f"可以填的字段：{listed}。")
