"""Schema 1: every table of the data dictionary, the log under them, and the search index."""

STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE "change" (
        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, deleted INTEGER NOT NULL DEFAULT 0, "label" TEXT,
        "reason" TEXT, "undoes" TEXT, "redoes" TEXT, "is_floor" INTEGER
    )
    """,
    """
    CREATE TABLE "plan" (
        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, deleted INTEGER NOT NULL DEFAULT 0, "title" TEXT,
        "doc_no" TEXT, "issuer" TEXT, "issued_on" TEXT, "region" TEXT, "start_year" INTEGER, "end_year" INTEGER,
        "successor" TEXT, "key" TEXT, "ord" INTEGER, "published" TEXT
    )
    """,
    """
    CREATE TABLE "plan_total" (
        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, deleted INTEGER NOT NULL DEFAULT 0, "plan" TEXT,
        "label" TEXT, "scope" TEXT, "row_count" INTEGER, "total_investment" INTEGER, "central_request" INTEGER,
        "ord" INTEGER, "published" TEXT
    )
    """,
    """
    CREATE TABLE "annex" (
        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, deleted INTEGER NOT NULL DEFAULT 0, "plan" TEXT,
        "no" INTEGER, "title" TEXT, "is_present" INTEGER, "published" TEXT
    )
    """,
    """
    CREATE TABLE "region" (
        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, deleted INTEGER NOT NULL DEFAULT 0, "code" TEXT,
        "name" TEXT, "short_name" TEXT, "level" TEXT, "parent" TEXT
    )
    """,
    """
    CREATE TABLE "org" (
        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, deleted INTEGER NOT NULL DEFAULT 0, "name" TEXT,
        "short_name" TEXT, "kind" TEXT, "region" TEXT, "contact" TEXT, "phone" TEXT
    )
    """,
    """
    CREATE TABLE "org_alias" (
        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, deleted INTEGER NOT NULL DEFAULT 0, "org" TEXT,
        "alias" TEXT
    )
    """,
    """
    CREATE TABLE "project" (
        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, deleted INTEGER NOT NULL DEFAULT 0, "plan" TEXT,
        "list_no" INTEGER, "sector" TEXT, "name" TEXT, "project_code" TEXT, "total_investment" INTEGER,
        "central_request" INTEGER, "status" TEXT, "build_kind" TEXT, "facility_type" TEXT, "span" TEXT,
        "county" TEXT, "place" TEXT, "beds" TEXT, "nursing_beds" TEXT, "places" TEXT, "inclusive_places" TEXT,
        "floor_area_m2" TEXT, "sites" TEXT, "households" TEXT, "responsible_unit" TEXT, "owner" TEXT,
        "lead_units" TEXT, "support_units" TEXT, "supervising_unit" TEXT, "leader" TEXT, "contact" TEXT,
        "phone" TEXT, "list_title" TEXT, "carried_from" TEXT, "content" TEXT, "remark" TEXT, "published" TEXT
    )
    """,
    """
    CREATE TABLE "site" (
        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, deleted INTEGER NOT NULL DEFAULT 0, "project" TEXT,
        "name" TEXT, "town" TEXT, "beds" TEXT, "places" TEXT, "started_on" TEXT, "finished_on" TEXT,
        "opened_on" TEXT, "status" TEXT, "ord" INTEGER, "remark" TEXT
    )
    """,
    """
    CREATE TABLE "funding" (
        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, deleted INTEGER NOT NULL DEFAULT 0, "project" TEXT,
        "source" TEXT, "planned" INTEGER, "allocated" INTEGER, "arrived" INTEGER, "completed" INTEGER,
        "paid" INTEGER
    )
    """,
    """
    CREATE TABLE "allocation" (
        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, deleted INTEGER NOT NULL DEFAULT 0, "project" TEXT,
        "source" TEXT, "year" INTEGER, "batch" TEXT, "doc_no" TEXT, "amount" INTEGER, "allocated_on" TEXT
    )
    """,
    """
    CREATE TABLE "year_plan" (
        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, deleted INTEGER NOT NULL DEFAULT 0, "project" TEXT,
        "year" INTEGER, "amount" INTEGER
    )
    """,
    """
    CREATE TABLE "milestone" (
        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, deleted INTEGER NOT NULL DEFAULT 0, "project" TEXT,
        "code" TEXT, "name" TEXT, "weight" INTEGER, "planned" TEXT, "forecast" TEXT, "actual" TEXT,
        "evidence" TEXT, "note" TEXT, "ord" INTEGER
    )
    """,
    """
    CREATE TABLE "baseline" (
        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, deleted INTEGER NOT NULL DEFAULT 0, "project" TEXT,
        "no" INTEGER, "planned_dates" TEXT, "reason" TEXT, "doc_no" TEXT
    )
    """,
    """
    CREATE TABLE "month" (
        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, deleted INTEGER NOT NULL DEFAULT 0, "month" TEXT,
        "is_locked" INTEGER, "due_on" TEXT, "opened_by" TEXT, "locked_by" TEXT, "unlock_reason" TEXT
    )
    """,
    """
    CREATE TABLE "monthly_report" (
        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, deleted INTEGER NOT NULL DEFAULT 0, "project" TEXT,
        "month" TEXT, "state" TEXT, "cum_completed" INTEGER, "cum_arrived" INTEGER, "cum_paid" INTEGER,
        "central_completed" INTEGER, "central_arrived" INTEGER, "central_paid" INTEGER, "stage" TEXT,
        "image_progress" TEXT, "problem" TEXT, "problem_kind" TEXT, "help_needed" TEXT, "next_step" TEXT,
        "reporter" TEXT, "correction" TEXT, "return_reason" TEXT
    )
    """,
    """
    CREATE TABLE "light_override" (
        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, deleted INTEGER NOT NULL DEFAULT 0, "project" TEXT,
        "light" TEXT, "reason" TEXT, "expires_on" TEXT
    )
    """,
    """
    CREATE TABLE "indicator" (
        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, deleted INTEGER NOT NULL DEFAULT 0, "plan" TEXT,
        "sector" TEXT, "seq" INTEGER, "name" TEXT, "unit" TEXT, "property" TEXT, "base_year" INTEGER, "base" TEXT,
        "responsible_unit" TEXT, "source" TEXT, "restates" TEXT, "list_title" TEXT, "ord" INTEGER, "quote" TEXT,
        "published" TEXT
    )
    """,
    """
    CREATE TABLE "indicator_target" (
        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, deleted INTEGER NOT NULL DEFAULT 0, "indicator" TEXT,
        "year" INTEGER, "target" TEXT
    )
    """,
    """
    CREATE TABLE "indicator_value" (
        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, deleted INTEGER NOT NULL DEFAULT 0, "indicator" TEXT,
        "period" TEXT, "county" TEXT, "value" TEXT, "note" TEXT
    )
    """,
    """
    CREATE TABLE "goal" (
        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, deleted INTEGER NOT NULL DEFAULT 0, "plan" TEXT,
        "year" INTEGER, "name" TEXT, "target" TEXT, "unit" TEXT, "ord" INTEGER, "quote" TEXT, "published" TEXT
    )
    """,
    """
    CREATE TABLE "list_item" (
        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, deleted INTEGER NOT NULL DEFAULT 0, "plan" TEXT,
        "kind" TEXT, "no" INTEGER, "group" TEXT, "name" TEXT, "responsible_unit" TEXT, "lead_units" TEXT,
        "support_units" TEXT, "state" TEXT, "list_title" TEXT, "ord" INTEGER, "measure" TEXT, "expected" TEXT,
        "published" TEXT
    )
    """,
    """
    CREATE TABLE "progress_note" (
        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, deleted INTEGER NOT NULL DEFAULT 0, "item" TEXT,
        "noted_on" TEXT, "text" TEXT
    )
    """,
    """
    CREATE TABLE "month_light" (
        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, deleted INTEGER NOT NULL DEFAULT 0, "project" TEXT,
        "month" TEXT, "light" TEXT, "rule" TEXT, "why" TEXT, "is_override" INTEGER
    )
    """,
    """
    CREATE TABLE "issue" (
        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, deleted INTEGER NOT NULL DEFAULT 0, "project" TEXT,
        "text" TEXT, "kind" TEXT, "owner" TEXT, "due_on" TEXT, "state" TEXT, "raised_on" TEXT, "closed_on" TEXT
    )
    """,
    """
    CREATE TABLE "supervision" (
        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, deleted INTEGER NOT NULL DEFAULT 0, "project" TEXT,
        "no" TEXT, "unit" TEXT, "text" TEXT, "due_on" TEXT, "reply" TEXT, "replied_on" TEXT, "state" TEXT
    )
    """,
    """
    CREATE TABLE "attachment" (
        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, deleted INTEGER NOT NULL DEFAULT 0, "project" TEXT,
        "milestone" TEXT, "kind" TEXT, "file_name" TEXT, "sha256" TEXT, "size" INTEGER, "taken_at" TEXT,
        "caption" TEXT
    )
    """,
    """
    CREATE TABLE "finding_decision" (
        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, deleted INTEGER NOT NULL DEFAULT 0, "finding" TEXT,
        "decision" TEXT, "reason" TEXT
    )
    """,
    """
    CREATE TABLE "kept_report" (
        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, deleted INTEGER NOT NULL DEFAULT 0, "month" TEXT,
        "kind" TEXT, "wish" TEXT, "link" TEXT, "sha256" TEXT, "size" INTEGER
    )
    """,
    """
    CREATE TABLE "report_edit" (
        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, deleted INTEGER NOT NULL DEFAULT 0, "wish" TEXT,
        "place" TEXT, "text" TEXT, "basis" TEXT
    )
    """,
    """
    CREATE TABLE "saved_view" (
        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, deleted INTEGER NOT NULL DEFAULT 0, "place" TEXT,
        "name" TEXT, "settings" TEXT, "ord" INTEGER
    )
    """,
    """
    CREATE TABLE "setting" (
        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, deleted INTEGER NOT NULL DEFAULT 0, "key" TEXT,
        "value" TEXT
    )
    """,
    """
    CREATE TABLE _op (
        site TEXT NOT NULL, seq INTEGER NOT NULL, lam INTEGER NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL,
        chg INTEGER NOT NULL, tbl TEXT NOT NULL, row TEXT NOT NULL, fld TEXT NOT NULL, val,
        prev TEXT NOT NULL, seen TEXT, chain TEXT NOT NULL,
        PRIMARY KEY (site, seq)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX _op_row ON _op (tbl, row)",
    """
    CREATE TABLE _head (
        tbl TEXT NOT NULL, row TEXT NOT NULL, fld TEXT NOT NULL, site TEXT NOT NULL, seq INTEGER NOT NULL,
        lam INTEGER NOT NULL, PRIMARY KEY (tbl, row, fld, site, seq)
    ) WITHOUT ROWID
    """,
    "CREATE TABLE _over (site TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (site, seq)) WITHOUT ROWID",
    # one row: who writes here, how far the log is, and the change being written (chg is NULL between changes)
    """
    CREATE TABLE _self (
        one INTEGER PRIMARY KEY CHECK (one = 1), site TEXT NOT NULL, seq INTEGER NOT NULL, lam INTEGER NOT NULL,
        chain TEXT NOT NULL, token TEXT NOT NULL, actor TEXT, at TEXT, chg INTEGER
    )
    """,
    # the sites this file has written under, before it was copied or restored
    "CREATE TABLE _lineage (site TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE TABLE _peer (site TEXT PRIMARY KEY, has TEXT NOT NULL) WITHOUT ROWID",
    # names and phone numbers of people: the log holds only their reference, so that they can be erased
    "CREATE TABLE _personal (id INTEGER PRIMARY KEY, ref TEXT NOT NULL UNIQUE, value TEXT)",
    # contents of attachments, found by their hash; never changed, so not in the log
    "CREATE TABLE _blob (sha256 TEXT PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID",
    "CREATE VIRTUAL TABLE project_search USING fts5 (words, initials, tokenize = 'unicode61')",
    'CREATE INDEX project_plan ON project ("plan")',
    'CREATE INDEX milestone_project ON milestone ("project", ord)',
    'CREATE INDEX monthly_report_month ON monthly_report ("month", "project")',
    # carries the amounts, so that what was last known of each project is read from the index alone
    'CREATE INDEX monthly_report_project ON monthly_report ("project", "month", deleted, "state", "cum_completed",'
    ' "cum_arrived", "cum_paid", "central_completed", "central_arrived", "central_paid")',
    'CREATE INDEX funding_project ON funding ("project")',
    'CREATE INDEX allocation_project ON allocation ("project")',
    'CREATE INDEX year_plan_project ON year_plan ("project", "year")',
    'CREATE INDEX site_project ON site ("project")',
    'CREATE INDEX issue_project ON issue ("project")',
    'CREATE INDEX attachment_project ON attachment ("project")',
    'CREATE INDEX month_light_month ON month_light ("month", "project")',
    'CREATE INDEX indicator_plan ON indicator ("plan")',
    "CREATE INDEX indicator_target_indicator ON indicator_target (indicator)",
    'CREATE INDEX list_item_plan ON list_item ("plan", kind)',
)
