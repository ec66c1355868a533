"""The triggers that write every change into the log, and those that keep the search index: no code path can forget them.

They are made from the data dictionary and installed again after each migration, since rebuilding a table drops them.
"""

import sqlite3

from laoxiao_desktop.models.dictionary import TABLES

SEARCHED = ("name", "place", "responsible_unit", "owner", "project_code", "leader", "content")

_LOG_VIEW = "CREATE VIEW _log (tbl, row, fld, val) AS SELECT NULL, NULL, NULL, NULL WHERE 0"

_LOG_WRITE = """
CREATE TRIGGER _log_write INSTEAD OF INSERT ON _log BEGIN
    SELECT RAISE (ABORT, 'no change is open') WHERE coalesce((SELECT chg FROM _self), -1) = -1;
    UPDATE _self SET seq = seq + 1, lam = lam + 1;
    INSERT INTO _op (site, seq, lam, at, actor, chg, tbl, row, fld, val, prev, seen, chain)
        SELECT site, seq, lam, at, actor, chg, NEW.tbl, NEW.row, NEW.fld, NEW.val, prev, seen,
               op_chain(chain, site, seq, lam, at, actor, chg, NEW.tbl, NEW.row, NEW.fld, NEW.val, prev, seen)
        FROM (
            SELECT s.*,
                (SELECT json_group_array(h.site || '.' || h.seq) FROM _head h
                 WHERE h.tbl = NEW.tbl AND h.row = NEW.row AND h.fld = NEW.fld) AS prev,
                CASE WHEN NEW.val = 1 AND (NEW.fld = 'deleted' OR (NEW.tbl = 'month' AND NEW.fld = 'is_locked')) THEN
                    (SELECT json_group_object(site, seq)
                     FROM (SELECT site, seq FROM _known UNION ALL SELECT site, seq FROM _self)) END AS seen
            FROM _self s
        );
    INSERT OR IGNORE INTO _over (site, seq)
        SELECT site, seq FROM _head WHERE tbl = NEW.tbl AND row = NEW.row AND fld = NEW.fld;
    DELETE FROM _head WHERE tbl = NEW.tbl AND row = NEW.row AND fld = NEW.fld;
    INSERT INTO _head (tbl, row, fld, site, seq, lam) SELECT NEW.tbl, NEW.row, NEW.fld, site, seq, lam FROM _self;
    UPDATE _self SET chain = (SELECT o.chain FROM _op o WHERE o.site = _self.site AND o.seq = _self.seq);
END
"""

_UPDATE = """
CREATE TRIGGER "_log_{table}_{field}" AFTER UPDATE OF "{field}" ON "{table}"
WHEN NEW."{field}" IS NOT OLD."{field}" AND {written_here} BEGIN
    INSERT INTO _log (tbl, row, fld, val) VALUES ('{table}', NEW.uid, '{field}', NEW."{field}");
END
"""

_UPDATE_PERSONAL = """
CREATE TRIGGER "_log_{table}_{field}" AFTER UPDATE OF "{field}" ON "{table}"
WHEN NEW."{field}" IS NOT OLD."{field}" AND {written_here} BEGIN
    INSERT INTO _personal (ref, value) VALUES ('personal:' || lower(hex(randomblob(12))), NEW."{field}");
    INSERT INTO _log (tbl, row, fld, val)
        SELECT '{table}', NEW.uid, '{field}', ref FROM _personal WHERE id = last_insert_rowid();
END
"""

_INSERT_FIELD = """
    INSERT INTO _log (tbl, row, fld, val)
        SELECT '{table}', NEW.uid, '{field}', NEW."{field}" WHERE NEW."{field}" IS NOT NULL;"""

_INSERT_PERSONAL = """
    INSERT INTO _personal (ref, value)
        SELECT 'personal:' || lower(hex(randomblob(12))), NEW."{field}" WHERE NEW."{field}" IS NOT NULL;
    INSERT INTO _log (tbl, row, fld, val)
        SELECT '{table}', NEW.uid, '{field}', ref FROM _personal
        WHERE NEW."{field}" IS NOT NULL AND id = (SELECT max(id) FROM _personal);"""

_INSERT = """
CREATE TRIGGER "_log_{table}_insert" AFTER INSERT ON "{table}" WHEN {written_here} BEGIN
    INSERT INTO _log (tbl, row, fld, val) VALUES ('{table}', NEW.uid, 'deleted', NEW.deleted);{fields}
END
"""

_NO_DELETE = """
CREATE TRIGGER "_keep_{table}" BEFORE DELETE ON "{table}" BEGIN
    SELECT RAISE (ABORT, 'rows are never deleted; mark them');
END
"""

_NO_NEW_UID = """
CREATE TRIGGER "_keep_uid_{table}" BEFORE UPDATE OF uid ON "{table}" BEGIN
    SELECT RAISE (ABORT, 'uids never change');
END
"""

_SEARCH_INSERT = """
CREATE TRIGGER _search_insert AFTER INSERT ON project BEGIN
    INSERT INTO project_search (rowid, words, initials)
        VALUES (NEW.id, search_words({new}), search_initials(NEW.name, NEW.place, NEW.responsible_unit));
END
"""

_SEARCH_UPDATE = """
CREATE TRIGGER _search_update AFTER UPDATE OF {columns} ON project WHEN {differs} BEGIN
    UPDATE project_search SET
        words = search_words({new}), initials = search_initials(NEW.name, NEW.place, NEW.responsible_unit)
        WHERE rowid = NEW.id;
END
"""

# A locked month is a signature: no path may change its reports, lights or the lock itself. Only opening it again with
# a reason does, and that stands in one UPDATE of its own.
_LOCKED = "EXISTS (SELECT 1 FROM month WHERE month = {row}.month AND is_locked = 1 AND deleted = 0)"
# What a package or a held-back value puts into the tables is in the log already (see log.unlogged).
_WRITTEN_HERE = "(SELECT chg FROM _self) IS NOT -1"
_GUARD_INSERT = """
CREATE TRIGGER "_locked_{table}_insert" BEFORE INSERT ON "{table}" WHEN {new} AND {written_here} BEGIN
    SELECT RAISE (ABORT, 'month is closed');
END
"""
_GUARD_UPDATE = """
CREATE TRIGGER "_locked_{table}_update" BEFORE UPDATE ON "{table}" WHEN ({new} OR {old}) AND {written_here} BEGIN
    SELECT RAISE (ABORT, 'month is closed');
END
"""
GUARDED = ("monthly_report", "month_light")
_GUARD_MONTH = """
CREATE TRIGGER _locked_month BEFORE UPDATE ON month WHEN OLD.is_locked = 1 AND OLD.deleted = 0 AND {written_here}
    AND NOT (NEW.is_locked IS NULL AND NEW.deleted = 0 AND NEW.month = OLD.month AND coalesce(NEW.unlock_reason, '') <> '')
BEGIN
    SELECT RAISE (ABORT, 'month is closed');
END
"""


def statements() -> dict[str, str]:
    """The name of every trigger and view of a sound ledger, with the SQL that makes it."""
    made = {"_log": _LOG_VIEW, "_log_write": _LOG_WRITE}
    for table, fields in TABLES.items():
        parts = ""
        for field in fields:
            part, update = (_INSERT_PERSONAL, _UPDATE_PERSONAL) if field.is_personal else (_INSERT_FIELD, _UPDATE)
            parts += _fill(part, table=table, field=field.name)
            made[f"_log_{table}_{field.name}"] = _fill(update, table=table, field=field.name)
        made[f"_log_{table}_deleted"] = _fill(_UPDATE, table=table, field="deleted")
        made[f"_log_{table}_insert"] = _fill(_INSERT, table=table, fields=parts)
        made[f"_keep_{table}"] = _fill(_NO_DELETE, table=table)
        made[f"_keep_uid_{table}"] = _fill(_NO_NEW_UID, table=table)
    for table in GUARDED:
        rows = {"new": _fill(_LOCKED, row="NEW"), "old": _fill(_LOCKED, row="OLD")}
        made[f"_locked_{table}_insert"] = _fill(_GUARD_INSERT, table=table, **rows)
        made[f"_locked_{table}_update"] = _fill(_GUARD_UPDATE, table=table, **rows)
    made["_locked_month"] = _fill(_GUARD_MONTH)
    new = ", ".join(f"NEW.{name}" for name in SEARCHED)
    differs = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in SEARCHED)
    made["_search_insert"] = _fill(_SEARCH_INSERT, new=new)
    made["_search_update"] = _fill(_SEARCH_UPDATE, columns=", ".join(SEARCHED), differs=differs, new=new)
    return {name: sql.strip() for name, sql in made.items()}


def installed(connection: sqlite3.Connection) -> dict[str, str]:
    """The triggers and views that the file really has."""
    return dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')").fetchall())


def foreign(connection: sqlite3.Connection) -> list[str]:
    """Names of triggers and views that no ledger of ours has: a sign that the file is not to be trusted."""
    ours = statements()
    return sorted(name for name in installed(connection) if name not in ours)


def install(connection: sqlite3.Connection) -> None:
    """Puts every trigger in place, replacing those that differ. Runs in the caller's transaction."""
    there = installed(connection)
    for name, sql in statements().items():
        if there.get(name) == sql:
            continue
        if name in there:
            kind = "VIEW" if name == "_log" else "TRIGGER"
            connection.execute(f'DROP {kind} "{name}"')  # allowed: one of the two words above
        connection.execute(sql)


def _fill(template: str, **words: str) -> str:
    for word, value in {**words, "written_here": _WRITTEN_HERE}.items():
        template = template.replace("{" + word + "}", value)
    return template
