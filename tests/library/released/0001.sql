BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE audit (
	seq INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	who TEXT NOT NULL, 
	action TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	detail TEXT NOT NULL, 
	previous TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	CONSTRAINT pk_audit PRIMARY KEY (seq)
)
 STRICT

;
INSERT INTO "audit" VALUES(1,'2026-11-21T12:00:00+00:00','tester','build saved','Reading room é','{"revision": 1}','0000000000000000000000000000000000000000000000000000000000000000','1761be7068b36b1304ca0ab10638d257cc218e0c5e04d31ab6f72cc7d0e653d9');
INSERT INTO "audit" VALUES(2,'2026-11-21T12:00:00+00:00','tester','override set','drive/maker/model-2tb capacity','{"value": 2048}','1761be7068b36b1304ca0ab10638d257cc218e0c5e04d31ab6f72cc7d0e653d9','21abcf77baf86c19bf79aa9a95c17fdff6046a9259affeb316430d8ed0c74f9f');
INSERT INTO "audit" VALUES(3,'2026-11-21T12:00:00+00:00','tester','override undone','drive/maker/model-2tb idle_power','{}','21abcf77baf86c19bf79aa9a95c17fdff6046a9259affeb316430d8ed0c74f9f','9f816ad92280c05e9975a1e2a7d58b6da241262a9669833decd1ca73eba8b9ff');
CREATE TABLE build (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	revision INTEGER NOT NULL, 
	saved_at TEXT NOT NULL, 
	saved_by TEXT NOT NULL, 
	document TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	CONSTRAINT pk_build PRIMARY KEY (id), 
	CONSTRAINT uq_build_name_revision UNIQUE (name, revision)
)
 STRICT

;
INSERT INTO "build" VALUES(1,'Reading room é',1,'2026-11-21T12:00:00+00:00','tester','{"build": 1}
','44b7a0be30043e14cea55e787ae101da3b99d054c63b24501c9cc1b2892dadc9');
INSERT INTO "build" VALUES(2,'Reading room é',2,'2026-11-21T12:00:00+00:00','tester','{"build": 2}
','ccb83045138123dafb89013372a567375c001966cc851f417f0ac1e1ae19eb7b');
INSERT INTO "build" VALUES(3,'Reading room é',3,'2026-11-21T12:00:00+00:00','tester','{"build": 3}
','da56ced3e52ffcf34526bb437cc4ae418d1f64e21d989d1dff35534df960f0be');
CREATE TABLE fact (
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_fact PRIMARY KEY (name)
)
 STRICT

;
INSERT INTO "fact" VALUES('audit_head','3 9f816ad92280c05e9975a1e2a7d58b6da241262a9669833decd1ca73eba8b9ff');
CREATE TABLE override (
	id INTEGER NOT NULL, 
	part_id TEXT NOT NULL, 
	field TEXT NOT NULL, 
	value TEXT NOT NULL, 
	source TEXT NOT NULL, 
	evidence TEXT NOT NULL, 
	why TEXT NOT NULL, 
	set_at TEXT NOT NULL, 
	set_by TEXT NOT NULL, 
	undone_at TEXT, 
	undone_by TEXT, 
	CONSTRAINT pk_override PRIMARY KEY (id)
)
 STRICT

;
INSERT INTO "override" VALUES(1,'drive/maker/model-2tb','capacity','2048','own-measurement','fdisk -l','label differs','2026-11-21T12:00:00+00:00','tester',NULL,NULL);
INSERT INTO "override" VALUES(2,'drive/maker/model-2tb','idle_power','3.5','own-measurement','wall meter','not published','2026-11-21T12:00:00+00:00','tester','2026-11-21T12:00:00+00:00','tester');
CREATE TABLE own_part (
	part_id TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	name TEXT NOT NULL, 
	manufacturer TEXT NOT NULL, 
	mpn TEXT NOT NULL, 
	document TEXT NOT NULL, 
	changed_at TEXT NOT NULL, 
	changed_by TEXT NOT NULL, 
	CONSTRAINT pk_own_part PRIMARY KEY (part_id)
)
 STRICT

;
INSERT INTO "own_part" VALUES('drive/maker/model-2tb','drive','Model 2TB','Maker','M2T','id = "drive/maker/model-2tb"
','2026-11-21T12:00:00+00:00','tester');
CREATE TRIGGER audit_no_update BEFORE update ON audit BEGIN SELECT RAISE(ABORT, 'the log is only ever appended to'); END;
CREATE TRIGGER audit_no_delete BEFORE delete ON audit BEGIN SELECT RAISE(ABORT, 'the log is only ever appended to'); END;
CREATE INDEX ix_override_part_id_field ON override (part_id, field);
COMMIT;
