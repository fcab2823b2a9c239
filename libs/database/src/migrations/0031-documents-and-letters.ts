import type { MigrationInterface, QueryRunner } from 'typeorm';

const documents = `
CREATE TABLE document_store (
  id       uuid NOT NULL DEFAULT uuidv7(),
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one)
);
INSERT INTO document_store DEFAULT VALUES;
COMMENT ON TABLE document_store IS 'The name of the folder below DATA_DIR/documents that holds the files of this database.';

CREATE TABLE documents (
  id           uuid PRIMARY KEY,
  journey_id   uuid NOT NULL REFERENCES journeys,
  part         text NOT NULL CHECK (part IN ('journey', 'assessment')),
  title        text NOT NULL CHECK (title <> ''),
  about        text NOT NULL CHECK (about IN ('family', 'applicant', 'third_party')),
  applicant_id uuid,
  for_panel    boolean NOT NULL DEFAULT false,
  subject_kind text CHECK (subject_kind IN ('check', 'session', 'panel', 'decision')),
  subject_id   uuid,
  added_at     timestamptz NOT NULL,
  added_by     text NOT NULL,
  removed_at   timestamptz,
  removed_by   text,
  removed_why  text CHECK (removed_why <> ''),
  CHECK ((about = 'applicant') = (applicant_id IS NOT NULL)),
  CHECK ((subject_kind IS NULL) = (subject_id IS NULL)),
  CHECK (num_nonnulls(removed_at, removed_by, removed_why) IN (0, 3)),
  CHECK (NOT for_panel OR part = 'assessment')
);
COMMENT ON COLUMN documents.part IS 'journey: whoever may see the family. assessment: whoever may open its assessment file.';
COMMENT ON COLUMN documents.about IS 'applicant: confidential to that one; third_party: a referee or former partner speaks in confidence. Neither is ever shown to the other applicant.';
CREATE INDEX documents_of ON documents (journey_id, added_at);

CREATE TABLE document_versions (
  id           uuid PRIMARY KEY,
  document_id  uuid NOT NULL REFERENCES documents,
  number       smallint NOT NULL CHECK (number > 0),
  storage_key  text NOT NULL UNIQUE CHECK (storage_key ~ '^[0-9a-f]{48}$'),
  file_name    text NOT NULL CHECK (file_name <> ''),
  kind         text NOT NULL CHECK (kind IN ('pdf', 'docx', 'png', 'jpeg')),
  bytes        bigint NOT NULL CHECK (bytes > 0),
  sha256       text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  scan         text NOT NULL DEFAULT 'unscanned' CHECK (scan IN ('unscanned', 'clean', 'infected')),
  scanned_at   timestamptz,
  signature    text,
  added_at     timestamptz NOT NULL,
  added_by     text NOT NULL,
  UNIQUE (document_id, number),
  CHECK ((scan = 'unscanned') = (scanned_at IS NULL)),
  CHECK ((scan = 'infected') = (signature IS NOT NULL))
);
COMMENT ON COLUMN document_versions.storage_key IS 'The name of the file: random, says nothing about what is in it.';
CREATE INDEX document_versions_unscanned ON document_versions (added_at) WHERE scan = 'unscanned';

CREATE TABLE document_openings (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  document_id  uuid NOT NULL REFERENCES documents,
  version_id   uuid NOT NULL REFERENCES document_versions,
  staff_id     uuid NOT NULL REFERENCES staff,
  opened_at    timestamptz NOT NULL
);
COMMENT ON TABLE document_openings IS 'Who saw which version, and when.';
CREATE INDEX document_openings_of ON document_openings (document_id, id);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON document_openings FOR EACH ROW EXECUTE FUNCTION refuse_change();
`;

const letters = `
CREATE TABLE letter_templates (
  id          uuid PRIMARY KEY DEFAULT uuidv7(),
  code        text NOT NULL CHECK (code ~ '^[a-z0-9_]+$'),
  authority   text REFERENCES authorities CHECK (authority <> 'unrouted'),
  holds_from  date NOT NULL,
  subject     text NOT NULL CHECK (subject <> ''),
  body        text NOT NULL CHECK (body <> ''),
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by text NOT NULL,
  UNIQUE NULLS NOT DISTINCT (code, authority, holds_from)
);
COMMENT ON TABLE letter_templates IS 'Dated: a newer wording goes beside the older one. A council''s own goes before the hub''s (authority null).';
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON letter_templates FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE letters (
  id          uuid PRIMARY KEY,
  journey_id  uuid NOT NULL REFERENCES journeys,
  part        text NOT NULL CHECK (part IN ('journey', 'assessment')),
  code        text NOT NULL,
  template_id uuid NOT NULL REFERENCES letter_templates,
  about       text NOT NULL CHECK (about IN ('family', 'applicant', 'third_party')),
  applicant_id uuid,
  recipients  jsonb NOT NULL CHECK (jsonb_typeof(recipients) = 'array' AND jsonb_array_length(recipients) > 0),
  way         text NOT NULL CHECK (way IN ('email', 'post')),
  subject     text NOT NULL CHECK (subject <> ''),
  body        text NOT NULL CHECK (body <> ''),
  subject_kind text CHECK (subject_kind IN ('check', 'session', 'panel', 'decision')),
  subject_id  uuid,
  sent_on     date NOT NULL,
  sent_key    uuid NOT NULL UNIQUE,
  recorded_at timestamptz NOT NULL,
  recorded_by text NOT NULL,
  CHECK ((about = 'applicant') = (applicant_id IS NOT NULL)),
  CHECK ((subject_kind IS NULL) = (subject_id IS NULL))
);
COMMENT ON TABLE letters IS 'Letters as they were sent, word for word.';
COMMENT ON COLUMN letters.sent_key IS 'Made with the form: the same form sent twice is one letter.';
CREATE INDEX letters_of ON letters (journey_id, recorded_at);

CREATE FUNCTION keep_letter_as_sent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'journey_id' = to_jsonb(OLD) - 'journey_id' THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'letters are kept as sent: write another one instead of changing or deleting it' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER kept_as_sent BEFORE UPDATE OR DELETE ON letters FOR EACH ROW EXECUTE FUNCTION keep_letter_as_sent();

-- What hangs on a journey that is merged into another goes with it.
CREATE FUNCTION take_documents_along() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  UPDATE documents SET journey_id = NEW.merged_into WHERE journey_id = NEW.id;
  UPDATE letters SET journey_id = NEW.merged_into WHERE journey_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER documents_go_along AFTER UPDATE OF merged_into ON journeys FOR EACH ROW WHEN (NEW.merged_into IS NOT NULL) EXECUTE FUNCTION take_documents_along();
`;

/** Part of the journey: the people scope; part of the assessment file: the file scope. */
const inScope = (table: string): string => `EXISTS (SELECT FROM journeys j WHERE j.id = ${table}.journey_id
  AND (${table}.part = 'journey' AND j.authority = ANY ((SELECT scope_of('people'))::text[]) OR ${table}.part = 'assessment' AND j.authority = ANY ((SELECT scope_of('file'))::text[])))`;

const policies = `
ALTER TABLE documents ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON documents TO hub_app USING (${inScope('documents')}) WITH CHECK (${inScope('documents')});
CREATE POLICY panel ON documents FOR SELECT TO hub_app USING (for_panel AND journey_id = ANY ((SELECT shared_cases())::uuid[]));

ALTER TABLE document_versions ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON document_versions FOR SELECT TO hub_app USING (EXISTS (SELECT FROM documents d WHERE d.id = document_id));
CREATE POLICY add ON document_versions FOR INSERT TO hub_app WITH CHECK (EXISTS (SELECT FROM documents WHERE documents.id = document_id AND ${inScope('documents')}));
-- Whoever uploads settles the scan; nothing else of a version can change (see the grant).
CREATE POLICY scan ON document_versions FOR UPDATE TO hub_app USING (EXISTS (SELECT FROM documents WHERE documents.id = document_id AND ${inScope('documents')}));

ALTER TABLE document_openings ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON document_openings FOR SELECT TO hub_app USING (EXISTS (SELECT FROM documents d WHERE d.id = document_id));
CREATE POLICY add ON document_openings FOR INSERT TO hub_app WITH CHECK (staff_id::text = (SELECT actor_setting('staff_id')) AND EXISTS (SELECT FROM documents d WHERE d.id = document_id));

ALTER TABLE letters ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON letters TO hub_app USING (${inScope('letters')}) WITH CHECK (${inScope('letters')});

GRANT SELECT, INSERT, UPDATE (removed_at, removed_by, removed_why, title, for_panel) ON documents TO hub_app;
GRANT SELECT, INSERT, UPDATE (scan, scanned_at, signature) ON document_versions TO hub_app;
GRANT SELECT ON document_store TO hub_app;
GRANT SELECT, INSERT ON document_openings, letter_templates, letters TO hub_app;
`;

const GREETING = 'Dear {{dear}},\n\n';
const CLOSING = '\n\nIf anything is unclear, call us on {{council_phone}} or write to {{council_email}}.\n\nYours sincerely\n\n{{sender}}\n{{team}}, {{council}}\n\nOur reference: {{reference}}';

/** The wordings of the hub, until a council sets its own. */
const TEMPLATES: readonly (readonly [code: string, subject: string, body: string])[] = [
  [
    'invitation_to_apply',
    'Your invitation to apply to foster',
    `${GREETING}Thank you for letting us visit you at home. We would like to invite you to apply to become foster carers with {{council}}.\n\nPlease fill in the application form that comes with this letter, sign it and send it back to us. When we have it, stage 1 begins: we ask for checks and references, and your social worker tells you about each of them.\n\nThere is no hurry. If you would rather wait, or if you have decided that fostering is not for you now, tell us and we will note it.${CLOSING}`,
  ],
  [
    'chaser',
    'Reminder: {{check_name}}',
    `Dear {{third_party}},\n\nOn {{asked_on}} we asked you for information: {{check_name}}. We have not had your answer yet. Perhaps our letters have crossed; if so, thank you, and please ignore this one.\n\nThe people who applied cannot go on without it, so we would be grateful for your answer within the next five working days. If you cannot give it, please tell us that too.${CLOSING}`,
  ],
  [
    'stage_1_go_on',
    'Your application to foster: stage 1 is complete',
    `${GREETING}We are glad to tell you that stage 1 of your assessment was completed on {{stage_1_decided_on}}, and that we would like to go on with stage 2.\n\nIn stage 2 your assessing social worker visits you several times and writes a report with you. You will see the report, and can comment on it, before anybody decides.${CLOSING}`,
  ],
  [
    'stage_1_refused',
    'Your application to foster: the outcome of stage 1',
    `${GREETING}On {{stage_1_decided_on}} we decided not to go on with your assessment after stage 1. These are our reasons:\n\n{{reasons}}\n\nIf you are not satisfied with how we reached this decision, you can complain to {{council}}: write to the address below, and we will send you the complaints procedure. The law gives no right to representations, or to a review by the Independent Review Mechanism, after stage 1.\n\nThank you for the time and openness that you gave us.${CLOSING}`,
  ],
  [
    'papers_to_panel',
    'Papers for the panel on {{panel_on}}: {{reference}}',
    `Dear panel member,\n\nThe papers of the case {{reference}} are ready for the panel on {{panel_on}}, {{panel_place}}. Sign in to read them; they can be read until the minutes are agreed.\n\nIf you know the family or have any other interest in the case, declare it before you read on: the case is then closed to you.${CLOSING}`,
  ],
  [
    'approval',
    'You are approved as foster carers',
    `${GREETING}We are delighted to tell you that on {{decided_on}} the agency decision maker of {{council}} approved you as foster carers, on these terms:\n\n{{terms}}\n\nYour supervising social worker will contact you shortly about your foster care agreement, which has to be signed before a child is placed with you.\n\nThank you for all that you have put into this.${CLOSING}`,
  ],
  [
    'qualifying_determination',
    'Your application to foster: what we propose, and what you can do',
    `${GREETING}On {{decided_on}} the agency decision maker of {{council}} proposed not to approve you as foster carers. This is called a qualifying determination; it is not the final decision. These are the reasons:\n\n{{reasons}}\n\nWhat was recommended by the fostering panel comes with this letter.\n\nUntil {{representations_until}}, that is within 28 days of the date of the determination, you can do one of two things:\n\n1. make representations to us: write to {{council_email}} or to the address below, or\n2. apply to the Independent Review Mechanism for a review by an independent panel.\n\nYou can choose one of them, not both. If we hear nothing by then, the agency decision maker can make the final decision, and it will be what was proposed.${CLOSING}`,
  ],
  [
    'final_not_approved',
    'Your application to foster: the final decision',
    `${GREETING}On {{decided_on}} the agency decision maker of {{council}} made the final decision not to approve you as foster carers. These are the reasons:\n\n{{reasons}}\n\nWe know that this is hard to read. Your social worker can talk it through with you.\n\nIf you are not satisfied with how we handled your application, you can complain to {{council}}.${CLOSING}`,
  ],
];

export class DocumentsAndLetters0031 implements MigrationInterface {
  readonly name = 'DocumentsAndLetters1700000000031';

  async up(runner: QueryRunner): Promise<void> {
    for (const part of [documents, letters, policies]) await runner.query(part);
    for (const [code, subject, body] of TEMPLATES) {
      await runner.query(`INSERT INTO letter_templates (code, holds_from, subject, body, recorded_by) VALUES ($1, '2016-01-01', $2, $3, 'system:migration')`, [code, subject, body]);
    }
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward: restore a backup instead.'));
  }
}
