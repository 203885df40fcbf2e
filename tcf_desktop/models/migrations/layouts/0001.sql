CREATE TABLE number_series (
	series VARCHAR NOT NULL,
	next_n INTEGER NOT NULL,
	id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_number_series PRIMARY KEY (id),
	CONSTRAINT uq_number_series_series UNIQUE (series)
);
--
CREATE TABLE services (
	name VARCHAR NOT NULL,
	description VARCHAR NOT NULL,
	unit VARCHAR NOT NULL,
	price_cents INTEGER NOT NULL,
	minutes INTEGER NOT NULL,
	taxable INTEGER NOT NULL,
	position INTEGER NOT NULL,
	deleted_at INTEGER,
	id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_services PRIMARY KEY (id)
);
--
CREATE TABLE business_logo (
	id INTEGER NOT NULL,
	png BLOB NOT NULL,
	CONSTRAINT pk_business_logo PRIMARY KEY (id)
);
--
CREATE TABLE settings (
	"key" VARCHAR NOT NULL,
	value VARCHAR NOT NULL,
	id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_settings PRIMARY KEY (id),
	CONSTRAINT uq_settings_key UNIQUE ("key")
);
--
CREATE TABLE taxes (
	name VARCHAR NOT NULL,
	deleted_at INTEGER,
	id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_taxes PRIMARY KEY (id)
);
--
CREATE TABLE hidden_rows (
	kind VARCHAR NOT NULL,
	"key" VARCHAR NOT NULL,
	until_at INTEGER NOT NULL,
	id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_hidden_rows PRIMARY KEY (id)
);
--
CREATE TABLE contacts (
	uid VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	segment VARCHAR NOT NULL,
	first_name VARCHAR NOT NULL,
	last_name VARCHAR NOT NULL,
	company VARCHAR NOT NULL,
	display_name VARCHAR NOT NULL,
	sort_name VARCHAR NOT NULL,
	tags VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	source VARCHAR NOT NULL,
	terms_days INTEGER,
	tax_exempt INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	updated_at INTEGER NOT NULL,
	deleted_at INTEGER,
	id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_contacts PRIMARY KEY (id),
	CONSTRAINT ck_contacts_kind CHECK (kind IN ('customer', 'prospect')),
	CONSTRAINT ck_contacts_segment CHECK (segment IN ('residential', 'commercial'))
);
--
CREATE TABLE journal (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	at INTEGER NOT NULL,
	command VARCHAR NOT NULL,
	label VARCHAR NOT NULL,
	params VARCHAR NOT NULL,
	undoable INTEGER NOT NULL,
	undone_by INTEGER,
	undo_of INTEGER
);
--
CREATE TABLE crews (
	name VARCHAR NOT NULL,
	color_index INTEGER NOT NULL,
	position INTEGER NOT NULL,
	deleted_at INTEGER,
	id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_crews PRIMARY KEY (id)
);
--
CREATE TABLE payments (
	contact_id INTEGER NOT NULL,
	paid_on VARCHAR NOT NULL,
	method VARCHAR NOT NULL,
	reference VARCHAR NOT NULL,
	amount_cents INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_payments PRIMARY KEY (id),
	CONSTRAINT fk_payments_contact_id FOREIGN KEY(contact_id) REFERENCES contacts (id) ON DELETE RESTRICT
);
--
CREATE TABLE business (
	name VARCHAR NOT NULL,
	address VARCHAR NOT NULL,
	email VARCHAR NOT NULL,
	phone VARCHAR NOT NULL,
	website VARCHAR NOT NULL,
	currency VARCHAR NOT NULL,
	zone VARCHAR NOT NULL,
	country VARCHAR NOT NULL,
	default_tax_id INTEGER,
	invoice_pattern VARCHAR NOT NULL,
	terms_days INTEGER NOT NULL,
	invoice_message VARCHAR NOT NULL,
	shop_lat DOUBLE,
	shop_lon DOUBLE,
	id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_business PRIMARY KEY (id),
	CONSTRAINT fk_business_default_tax_id FOREIGN KEY(default_tax_id) REFERENCES taxes (id) ON DELETE RESTRICT
);
--
CREATE TABLE tax_parts (
	tax_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	name VARCHAR NOT NULL,
	rate_ppm INTEGER NOT NULL,
	id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_tax_parts PRIMARY KEY (id),
	CONSTRAINT fk_tax_parts_tax_id FOREIGN KEY(tax_id) REFERENCES taxes (id) ON DELETE RESTRICT
);
--
CREATE TABLE contact_phones (
	contact_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	label VARCHAR NOT NULL,
	number VARCHAR NOT NULL,
	digits VARCHAR NOT NULL,
	id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_contact_phones PRIMARY KEY (id),
	CONSTRAINT fk_contact_phones_contact_id FOREIGN KEY(contact_id) REFERENCES contacts (id) ON DELETE RESTRICT
);
--
CREATE TABLE contact_emails (
	contact_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	label VARCHAR NOT NULL,
	address VARCHAR NOT NULL,
	id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_contact_emails PRIMARY KEY (id),
	CONSTRAINT fk_contact_emails_contact_id FOREIGN KEY(contact_id) REFERENCES contacts (id) ON DELETE RESTRICT
);
--
CREATE TABLE locations (
	contact_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	name VARCHAR NOT NULL,
	street VARCHAR NOT NULL,
	street2 VARCHAR NOT NULL,
	city VARCHAR NOT NULL,
	region VARCHAR NOT NULL,
	postal_code VARCHAR NOT NULL,
	country VARCHAR NOT NULL,
	access_note VARCHAR NOT NULL,
	is_billing INTEGER NOT NULL,
	tax_id INTEGER,
	lat DOUBLE,
	lon DOUBLE,
	deleted_at INTEGER,
	id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_locations PRIMARY KEY (id),
	CONSTRAINT fk_locations_contact_id FOREIGN KEY(contact_id) REFERENCES contacts (id) ON DELETE RESTRICT,
	CONSTRAINT fk_locations_tax_id FOREIGN KEY(tax_id) REFERENCES taxes (id) ON DELETE RESTRICT
);
--
CREATE TABLE journal_rows (
	id INTEGER NOT NULL,
	journal_id INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	table_name VARCHAR NOT NULL,
	row_id INTEGER NOT NULL,
	op VARCHAR NOT NULL,
	"before" VARCHAR NOT NULL,
	version_after INTEGER NOT NULL,
	CONSTRAINT pk_journal_rows PRIMARY KEY (id),
	CONSTRAINT fk_journal_rows_journal_id FOREIGN KEY(journal_id) REFERENCES journal (id) ON DELETE RESTRICT
);
--
CREATE TABLE workers (
	name VARCHAR NOT NULL,
	crew_id INTEGER,
	phone VARCHAR NOT NULL,
	color_index INTEGER NOT NULL,
	deleted_at INTEGER,
	id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_workers PRIMARY KEY (id),
	CONSTRAINT fk_workers_crew_id FOREIGN KEY(crew_id) REFERENCES crews (id) ON DELETE RESTRICT
);
--
CREATE TABLE invoices (
	uid VARCHAR NOT NULL,
	number VARCHAR,
	series VARCHAR,
	series_n INTEGER,
	state VARCHAR NOT NULL,
	contact_id INTEGER NOT NULL,
	location_id INTEGER,
	bill_to VARCHAR NOT NULL,
	service_place VARCHAR NOT NULL,
	po VARCHAR NOT NULL,
	issued_on VARCHAR,
	due_on VARCHAR,
	terms_days INTEGER NOT NULL,
	currency VARCHAR NOT NULL,
	rounding VARCHAR DEFAULT 'half_up/document' NOT NULL,
	tax_id INTEGER,
	message VARCHAR NOT NULL,
	subtotal_cents INTEGER NOT NULL,
	tax_cents INTEGER NOT NULL,
	total_cents INTEGER NOT NULL,
	paid_cents INTEGER NOT NULL,
	open_cents INTEGER NOT NULL,
	issued_at INTEGER,
	sent_at INTEGER,
	created_at INTEGER NOT NULL,
	updated_at INTEGER NOT NULL,
	deleted_at INTEGER,
	id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_invoices PRIMARY KEY (id),
	CONSTRAINT ck_invoices_state CHECK (state IN ('draft', 'issued', 'part_paid', 'paid', 'void', 'credited')),
	CONSTRAINT ck_invoices_numbered CHECK ((state = 'draft') = (number IS NULL) AND (number IS NULL) = (series_n IS NULL)),
	CONSTRAINT fk_invoices_contact_id FOREIGN KEY(contact_id) REFERENCES contacts (id) ON DELETE RESTRICT,
	CONSTRAINT fk_invoices_location_id FOREIGN KEY(location_id) REFERENCES locations (id) ON DELETE RESTRICT,
	CONSTRAINT fk_invoices_tax_id FOREIGN KEY(tax_id) REFERENCES taxes (id) ON DELETE RESTRICT
);
--
CREATE TABLE shifts (
	worker_id INTEGER NOT NULL,
	clock_in_at INTEGER NOT NULL,
	clock_out_at INTEGER,
	origin VARCHAR NOT NULL,
	created_at INTEGER NOT NULL,
	id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_shifts PRIMARY KEY (id),
	CONSTRAINT ck_shifts_order CHECK (clock_out_at IS NULL OR clock_out_at >= clock_in_at),
	CONSTRAINT fk_shifts_worker_id FOREIGN KEY(worker_id) REFERENCES workers (id) ON DELETE RESTRICT
);
--
CREATE TABLE phones (
	worker_id INTEGER NOT NULL,
	name VARCHAR NOT NULL,
	app VARCHAR NOT NULL,
	token_hash VARCHAR,
	paired_at INTEGER NOT NULL,
	revoked_at INTEGER,
	id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_phones PRIMARY KEY (id),
	CONSTRAINT fk_phones_worker_id FOREIGN KEY(worker_id) REFERENCES workers (id) ON DELETE RESTRICT
);
--
CREATE TABLE appointments (
	uid VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	contact_id INTEGER,
	location_id INTEGER,
	title VARCHAR NOT NULL,
	starts_local VARCHAR NOT NULL,
	minutes INTEGER NOT NULL,
	zone VARCHAR NOT NULL,
	starts_at INTEGER NOT NULL,
	ends_at INTEGER NOT NULL,
	all_day INTEGER NOT NULL,
	arrival_from_local VARCHAR,
	arrival_minutes INTEGER,
	crew_id INTEGER,
	worker_id INTEGER,
	state VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	total_cents INTEGER NOT NULL,
	invoice_id INTEGER,
	sequence INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	updated_at INTEGER NOT NULL,
	deleted_at INTEGER,
	id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_appointments PRIMARY KEY (id),
	CONSTRAINT ck_appointments_kind CHECK (kind IN ('job', 'estimate', 'personal', 'task')),
	CONSTRAINT ck_appointments_state CHECK (state IN ('tentative', 'confirmed', 'on_the_way', 'arrived', 'done', 'cancelled', 'no_show')),
	CONSTRAINT ck_appointments_minutes CHECK (minutes >= 0),
	CONSTRAINT fk_appointments_contact_id FOREIGN KEY(contact_id) REFERENCES contacts (id) ON DELETE RESTRICT,
	CONSTRAINT fk_appointments_location_id FOREIGN KEY(location_id) REFERENCES locations (id) ON DELETE RESTRICT,
	CONSTRAINT fk_appointments_crew_id FOREIGN KEY(crew_id) REFERENCES crews (id) ON DELETE RESTRICT,
	CONSTRAINT fk_appointments_worker_id FOREIGN KEY(worker_id) REFERENCES workers (id) ON DELETE RESTRICT,
	CONSTRAINT fk_appointments_invoice_id FOREIGN KEY(invoice_id) REFERENCES invoices (id) ON DELETE RESTRICT
);
--
CREATE TABLE invoice_taxes (
	invoice_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	name VARCHAR NOT NULL,
	rate_ppm INTEGER NOT NULL,
	base_cents INTEGER NOT NULL,
	tax_cents INTEGER NOT NULL,
	id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_invoice_taxes PRIMARY KEY (id),
	CONSTRAINT fk_invoice_taxes_invoice_id FOREIGN KEY(invoice_id) REFERENCES invoices (id) ON DELETE RESTRICT
);
--
CREATE TABLE allocations (
	payment_id INTEGER NOT NULL,
	invoice_id INTEGER NOT NULL,
	amount_cents INTEGER NOT NULL,
	id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_allocations PRIMARY KEY (id),
	CONSTRAINT fk_allocations_payment_id FOREIGN KEY(payment_id) REFERENCES payments (id) ON DELETE RESTRICT,
	CONSTRAINT fk_allocations_invoice_id FOREIGN KEY(invoice_id) REFERENCES invoices (id) ON DELETE RESTRICT
);
--
CREATE TABLE phone_states (
	phone_id INTEGER NOT NULL,
	last_heard_at INTEGER,
	last_fix_at INTEGER,
	battery_percent INTEGER,
	points_received INTEGER NOT NULL,
	app VARCHAR NOT NULL,
	CONSTRAINT pk_phone_states PRIMARY KEY (phone_id),
	CONSTRAINT fk_phone_states_phone_id FOREIGN KEY(phone_id) REFERENCES phones (id) ON DELETE RESTRICT
);
--
CREATE TABLE track_points (
	phone_id INTEGER NOT NULL,
	fix_at INTEGER NOT NULL,
	lat DOUBLE NOT NULL,
	lon DOUBLE NOT NULL,
	acc_m DOUBLE,
	alt_m DOUBLE,
	speed_mps DOUBLE,
	course_deg DOUBLE,
	flags INTEGER NOT NULL,
	source VARCHAR NOT NULL,
	received_at INTEGER NOT NULL,
	CONSTRAINT pk_track_points PRIMARY KEY (phone_id, fix_at),
	CONSTRAINT fk_track_points_phone_id FOREIGN KEY(phone_id) REFERENCES phones (id) ON DELETE RESTRICT
)
 WITHOUT ROWID;
--
CREATE TABLE unreadable_posts (
	id INTEGER NOT NULL,
	phone_id INTEGER NOT NULL,
	received_at INTEGER NOT NULL,
	reason VARCHAR NOT NULL,
	body BLOB NOT NULL,
	CONSTRAINT pk_unreadable_posts PRIMARY KEY (id),
	CONSTRAINT fk_unreadable_posts_phone_id FOREIGN KEY(phone_id) REFERENCES phones (id) ON DELETE RESTRICT
);
--
CREATE TABLE appointment_lines (
	appointment_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	service_id INTEGER,
	name VARCHAR NOT NULL,
	description VARCHAR NOT NULL,
	qty_milli INTEGER NOT NULL,
	unit_price_cents INTEGER NOT NULL,
	taxable INTEGER NOT NULL,
	id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_appointment_lines PRIMARY KEY (id),
	CONSTRAINT fk_appointment_lines_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointments (id) ON DELETE RESTRICT,
	CONSTRAINT fk_appointment_lines_service_id FOREIGN KEY(service_id) REFERENCES services (id) ON DELETE RESTRICT
);
--
CREATE TABLE invoice_lines (
	invoice_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	appointment_id INTEGER,
	service_id INTEGER,
	name VARCHAR NOT NULL,
	description VARCHAR NOT NULL,
	qty_milli INTEGER NOT NULL,
	unit_price_cents INTEGER NOT NULL,
	taxable INTEGER NOT NULL,
	amount_cents INTEGER NOT NULL,
	id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_invoice_lines PRIMARY KEY (id),
	CONSTRAINT fk_invoice_lines_invoice_id FOREIGN KEY(invoice_id) REFERENCES invoices (id) ON DELETE RESTRICT,
	CONSTRAINT fk_invoice_lines_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointments (id) ON DELETE RESTRICT,
	CONSTRAINT fk_invoice_lines_service_id FOREIGN KEY(service_id) REFERENCES services (id) ON DELETE RESTRICT
);
--
CREATE VIRTUAL TABLE contact_search USING fts5(
    name, phones, emails, places, extra,
    tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3'
);
--
CREATE UNIQUE INDEX ix_hidden_rows_kind_key ON hidden_rows (kind, "key");
--
CREATE INDEX ix_contacts_by_kind ON contacts (kind, sort_name, id) WHERE deleted_at IS NULL;
--
CREATE INDEX ix_contacts_by_name ON contacts (sort_name, id) WHERE deleted_at IS NULL;
--
CREATE UNIQUE INDEX ix_contacts_uid ON contacts (uid);
--
CREATE INDEX ix_journal_at ON journal (at);
--
CREATE INDEX ix_payments_contact_id_paid_on ON payments (contact_id, paid_on);
--
CREATE INDEX ix_payments_paid_on ON payments (paid_on);
--
CREATE INDEX ix_tax_parts_tax_id ON tax_parts (tax_id);
--
CREATE INDEX ix_contact_phones_digits ON contact_phones (digits);
--
CREATE INDEX ix_contact_phones_contact_id_position ON contact_phones (contact_id, position);
--
CREATE INDEX ix_contact_emails_contact_id_position ON contact_emails (contact_id, position);
--
CREATE INDEX ix_contact_emails_folded ON contact_emails (lower(address));
--
CREATE INDEX ix_locations_contact_id_position ON locations (contact_id, position);
--
CREATE INDEX ix_journal_rows_table_name_row_id ON journal_rows (table_name, row_id);
--
CREATE INDEX ix_journal_rows_journal_id_seq ON journal_rows (journal_id, seq);
--
CREATE INDEX ix_workers_crew_id ON workers (crew_id);
--
CREATE UNIQUE INDEX ix_invoices_number ON invoices (number);
--
CREATE UNIQUE INDEX ix_invoices_uid ON invoices (uid);
--
CREATE INDEX ix_invoices_open ON invoices (due_on, contact_id) WHERE open_cents <> 0;
--
CREATE INDEX ix_invoices_contact_id_issued_on ON invoices (contact_id, issued_on);
--
CREATE INDEX ix_invoices_by_issue ON invoices (issued_on, id) WHERE deleted_at IS NULL;
--
CREATE INDEX ix_invoices_open_by_contact ON invoices (contact_id, due_on, open_cents) WHERE open_cents <> 0;
--
CREATE INDEX ix_invoices_by_state ON invoices (state, issued_on, id);
--
CREATE UNIQUE INDEX ix_invoices_series_series_n ON invoices (series, series_n);
--
CREATE INDEX ix_shifts_clock_in_at ON shifts (clock_in_at);
--
CREATE INDEX ix_shifts_worker_id_clock_in_at ON shifts (worker_id, clock_in_at);
--
CREATE INDEX ix_phones_worker_id ON phones (worker_id);
--
CREATE UNIQUE INDEX ix_phones_token_hash ON phones (token_hash);
--
CREATE INDEX ix_appointments_invoice_id ON appointments (invoice_id);
--
CREATE INDEX ix_appointments_to_invoice ON appointments (starts_at) WHERE state = 'done' AND invoice_id IS NULL AND deleted_at IS NULL;
--
CREATE INDEX ix_appointments_all_day ON appointments (starts_at) WHERE all_day = 1 AND deleted_at IS NULL;
--
CREATE INDEX ix_appointments_contact_id_starts_at ON appointments (contact_id, starts_at);
--
CREATE UNIQUE INDEX ix_appointments_uid ON appointments (uid);
--
CREATE INDEX ix_appointments_by_start ON appointments (starts_at) WHERE deleted_at IS NULL;
--
CREATE INDEX ix_invoice_taxes_invoice_id_position ON invoice_taxes (invoice_id, position);
--
CREATE INDEX ix_allocations_payment_id ON allocations (payment_id);
--
CREATE INDEX ix_allocations_invoice_id ON allocations (invoice_id);
--
CREATE INDEX ix_unreadable_posts_received_at ON unreadable_posts (received_at);
--
CREATE INDEX ix_appointment_lines_appointment_id_position ON appointment_lines (appointment_id, position);
--
CREATE INDEX ix_invoice_lines_invoice_id_position ON invoice_lines (invoice_id, position);
--
CREATE TRIGGER invoices_fixed BEFORE UPDATE ON invoices
            WHEN OLD.state <> 'draft' AND (NEW.state = 'draft' OR NEW.uid IS NOT OLD.uid OR NEW.number IS NOT OLD.number OR NEW.series IS NOT OLD.series OR NEW.series_n IS NOT OLD.series_n OR NEW.contact_id IS NOT OLD.contact_id OR NEW.location_id IS NOT OLD.location_id OR NEW.bill_to IS NOT OLD.bill_to OR NEW.service_place IS NOT OLD.service_place OR NEW.po IS NOT OLD.po OR NEW.issued_on IS NOT OLD.issued_on OR NEW.due_on IS NOT OLD.due_on OR NEW.terms_days IS NOT OLD.terms_days OR NEW.currency IS NOT OLD.currency OR NEW.rounding IS NOT OLD.rounding OR NEW.tax_id IS NOT OLD.tax_id OR NEW.message IS NOT OLD.message OR NEW.subtotal_cents IS NOT OLD.subtotal_cents OR NEW.tax_cents IS NOT OLD.tax_cents OR NEW.total_cents IS NOT OLD.total_cents OR NEW.issued_at IS NOT OLD.issued_at OR NEW.created_at IS NOT OLD.created_at)
            BEGIN SELECT RAISE(ABORT, 'issued invoice is fixed'); END;
--
CREATE TRIGGER invoices_kept BEFORE DELETE ON invoices
            WHEN OLD.state <> 'draft'
            BEGIN SELECT RAISE(ABORT, 'issued invoice is fixed'); END;
--
CREATE TRIGGER invoice_lines_insert_fixed BEFORE INSERT ON invoice_lines
                WHEN (SELECT state FROM invoices WHERE id = NEW.invoice_id) <> 'draft'
                BEGIN SELECT RAISE(ABORT, 'issued invoice is fixed'); END;
--
CREATE TRIGGER invoice_lines_update_fixed BEFORE UPDATE ON invoice_lines
                WHEN (SELECT state FROM invoices WHERE id = OLD.invoice_id) <> 'draft'
                BEGIN SELECT RAISE(ABORT, 'issued invoice is fixed'); END;
--
CREATE TRIGGER invoice_lines_delete_fixed BEFORE DELETE ON invoice_lines
                WHEN (SELECT state FROM invoices WHERE id = OLD.invoice_id) <> 'draft'
                BEGIN SELECT RAISE(ABORT, 'issued invoice is fixed'); END;
--
CREATE TRIGGER invoice_taxes_insert_fixed BEFORE INSERT ON invoice_taxes
                WHEN (SELECT state FROM invoices WHERE id = NEW.invoice_id) <> 'draft'
                BEGIN SELECT RAISE(ABORT, 'issued invoice is fixed'); END;
--
CREATE TRIGGER invoice_taxes_update_fixed BEFORE UPDATE ON invoice_taxes
                WHEN (SELECT state FROM invoices WHERE id = OLD.invoice_id) <> 'draft'
                BEGIN SELECT RAISE(ABORT, 'issued invoice is fixed'); END;
--
CREATE TRIGGER invoice_taxes_delete_fixed BEFORE DELETE ON invoice_taxes
                WHEN (SELECT state FROM invoices WHERE id = OLD.invoice_id) <> 'draft'
                BEGIN SELECT RAISE(ABORT, 'issued invoice is fixed'); END;
--
