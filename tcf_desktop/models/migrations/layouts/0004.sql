CREATE TABLE number_series (
	series VARCHAR NOT NULL, 
	next_n INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_number_series PRIMARY KEY (id), 
	CONSTRAINT uq_number_series_series UNIQUE (series)
);
--
CREATE TABLE price_lists (
	name VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	deleted_at INTEGER, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_price_lists PRIMARY KEY (id)
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
CREATE TABLE tax_codes (
	name VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	taxed INTEGER NOT NULL, 
	category VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	deleted_at INTEGER, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_tax_codes PRIMARY KEY (id)
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
CREATE TABLE suppressions (
	channel VARCHAR NOT NULL, 
	digest VARCHAR NOT NULL, 
	purpose VARCHAR NOT NULL, 
	at INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_suppressions PRIMARY KEY (id)
);
--
CREATE TABLE search_words (
	word VARCHAR NOT NULL, 
	CONSTRAINT pk_search_words PRIMARY KEY (word)
)
 WITHOUT ROWID;
--
CREATE TABLE saved_filters (
	name VARCHAR NOT NULL, 
	spec VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_saved_filters PRIMARY KEY (id)
);
--
CREATE TABLE import_runs (
	id INTEGER NOT NULL, 
	at INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	files VARCHAR NOT NULL, 
	digests VARCHAR NOT NULL, 
	added INTEGER NOT NULL, 
	updated INTEGER NOT NULL, 
	skipped INTEGER NOT NULL, 
	report VARCHAR NOT NULL, 
	CONSTRAINT pk_import_runs PRIMARY KEY (id)
);
--
CREATE TABLE custom_fields (
	uid VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	choices VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	deleted_at INTEGER, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_custom_fields PRIMARY KEY (id), 
	CONSTRAINT ck_custom_fields_kind CHECK (kind IN ('text', 'number', 'date', 'choice'))
);
--
CREATE TABLE measures (
	name VARCHAR NOT NULL, 
	unit VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	deleted_at INTEGER, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_measures PRIMARY KEY (id)
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
	undo_of INTEGER, 
	by_field INTEGER DEFAULT '0' NOT NULL
);
--
CREATE TABLE deposit_slips (
	deposited_on VARCHAR NOT NULL, 
	account VARCHAR NOT NULL, 
	note VARCHAR NOT NULL, 
	created_at INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_deposit_slips PRIMARY KEY (id)
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
CREATE TABLE services (
	name VARCHAR NOT NULL, 
	description VARCHAR NOT NULL, 
	unit VARCHAR NOT NULL, 
	price_e4 INTEGER NOT NULL, 
	minutes INTEGER NOT NULL, 
	taxable INTEGER NOT NULL, 
	tax_code_id INTEGER, 
	is_good INTEGER DEFAULT '0' NOT NULL, 
	position INTEGER NOT NULL, 
	measure_id INTEGER, 
	treats INTEGER DEFAULT '0' NOT NULL, 
	deleted_at INTEGER, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_services PRIMARY KEY (id), 
	CONSTRAINT fk_services_tax_code_id FOREIGN KEY(tax_code_id) REFERENCES tax_codes (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_services_measure_id FOREIGN KEY(measure_id) REFERENCES measures (id) ON DELETE RESTRICT
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
	region VARCHAR DEFAULT '' NOT NULL, 
	default_tax_id INTEGER, 
	invoice_pattern VARCHAR NOT NULL, 
	credit_pattern VARCHAR DEFAULT 'CN-{0000}' NOT NULL, 
	deposit_pattern VARCHAR DEFAULT 'D-{0000}' NOT NULL, 
	proposal_pattern VARCHAR DEFAULT 'P-{0000}' NOT NULL, 
	tax_number VARCHAR DEFAULT '' NOT NULL, 
	prices_include_tax INTEGER DEFAULT '0' NOT NULL, 
	rounding VARCHAR DEFAULT 'half_up/document' NOT NULL, 
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
CREATE TABLE contacts (
	uid VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	segment VARCHAR NOT NULL, 
	first_name VARCHAR NOT NULL, 
	last_name VARCHAR NOT NULL, 
	company VARCHAR NOT NULL, 
	display_name VARCHAR NOT NULL, 
	sort_name VARCHAR NOT NULL, 
	name_key VARCHAR DEFAULT '' NOT NULL, 
	tags VARCHAR NOT NULL, 
	source VARCHAR NOT NULL, 
	language VARCHAR DEFAULT '' NOT NULL, 
	default_crew_id INTEGER, 
	price_list_id INTEGER, 
	terms_days INTEGER, 
	tax_exempt INTEGER NOT NULL, 
	exempt_number VARCHAR DEFAULT '' NOT NULL, 
	exempt_region VARCHAR DEFAULT '' NOT NULL, 
	exempt_until_on VARCHAR, 
	tax_number VARCHAR DEFAULT '' NOT NULL, 
	buyer_reference VARCHAR DEFAULT '' NOT NULL, 
	e_invoice INTEGER DEFAULT '0' NOT NULL, 
	created_at INTEGER NOT NULL, 
	updated_at INTEGER NOT NULL, 
	deleted_at INTEGER, 
	merged_into_id INTEGER, 
	erased_at INTEGER, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_contacts PRIMARY KEY (id), 
	CONSTRAINT ck_contacts_kind CHECK (kind IN ('customer', 'prospect')), 
	CONSTRAINT ck_contacts_segment CHECK (segment IN ('residential', 'commercial')), 
	CONSTRAINT fk_contacts_default_crew_id FOREIGN KEY(default_crew_id) REFERENCES crews (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_contacts_price_list_id FOREIGN KEY(price_list_id) REFERENCES price_lists (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_contacts_merged_into_id FOREIGN KEY(merged_into_id) REFERENCES contacts (id) ON DELETE RESTRICT
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
	"after" VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT pk_journal_rows PRIMARY KEY (id), 
	CONSTRAINT fk_journal_rows_journal_id FOREIGN KEY(journal_id) REFERENCES journal (id) ON DELETE RESTRICT
);
--
CREATE TABLE workers (
	name VARCHAR NOT NULL, 
	crew_id INTEGER, 
	phone VARCHAR NOT NULL, 
	email VARCHAR DEFAULT '' NOT NULL, 
	language VARCHAR DEFAULT '' NOT NULL, 
	pay_cents INTEGER, 
	licence VARCHAR DEFAULT '' NOT NULL, 
	note VARCHAR DEFAULT '' NOT NULL, 
	active_from_on VARCHAR, 
	active_to_on VARCHAR, 
	color_index INTEGER NOT NULL, 
	deleted_at INTEGER, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_workers PRIMARY KEY (id), 
	CONSTRAINT fk_workers_crew_id FOREIGN KEY(crew_id) REFERENCES crews (id) ON DELETE RESTRICT
);
--
CREATE TABLE list_prices (
	price_list_id INTEGER NOT NULL, 
	service_id INTEGER NOT NULL, 
	price_e4 INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_list_prices PRIMARY KEY (id), 
	CONSTRAINT fk_list_prices_price_list_id FOREIGN KEY(price_list_id) REFERENCES price_lists (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_list_prices_service_id FOREIGN KEY(service_id) REFERENCES services (id) ON DELETE RESTRICT
);
--
CREATE TABLE tax_part_rates (
	tax_part_id INTEGER NOT NULL, 
	tax_code_id INTEGER NOT NULL, 
	rate_ppm INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_tax_part_rates PRIMARY KEY (id), 
	CONSTRAINT fk_tax_part_rates_tax_part_id FOREIGN KEY(tax_part_id) REFERENCES tax_parts (id) ON DELETE CASCADE, 
	CONSTRAINT fk_tax_part_rates_tax_code_id FOREIGN KEY(tax_code_id) REFERENCES tax_codes (id) ON DELETE RESTRICT
);
--
CREATE TABLE consent_events (
	contact_id INTEGER NOT NULL, 
	channel VARCHAR NOT NULL, 
	address VARCHAR NOT NULL, 
	address_key VARCHAR NOT NULL, 
	purpose VARCHAR NOT NULL, 
	given INTEGER NOT NULL, 
	at INTEGER NOT NULL, 
	how VARCHAR NOT NULL, 
	wording VARCHAR NOT NULL, 
	recorded_by VARCHAR NOT NULL, 
	created_at INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_consent_events PRIMARY KEY (id), 
	CONSTRAINT ck_consent_events_channel CHECK (channel IN ('email', 'text')), 
	CONSTRAINT ck_consent_events_purpose CHECK (purpose IN ('service', 'marketing')), 
	CONSTRAINT ck_consent_events_given CHECK (given IN (0, 1)), 
	CONSTRAINT fk_consent_events_contact_id FOREIGN KEY(contact_id) REFERENCES contacts (id) ON DELETE RESTRICT
);
--
CREATE TABLE contact_phones (
	contact_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	label VARCHAR NOT NULL, 
	number VARCHAR NOT NULL, 
	digits VARCHAR NOT NULL, 
	e164 VARCHAR, 
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
	address_key VARCHAR DEFAULT '' NOT NULL, 
	gate_code VARCHAR DEFAULT '' NOT NULL, 
	access_note VARCHAR NOT NULL, 
	person VARCHAR DEFAULT '' NOT NULL, 
	person_phone VARCHAR DEFAULT '' NOT NULL, 
	is_billing INTEGER NOT NULL, 
	tax_id INTEGER, 
	lat DOUBLE, 
	lon DOUBLE, 
	learned_lat DOUBLE, 
	learned_lon DOUBLE, 
	learned_visits INTEGER DEFAULT '0' NOT NULL, 
	deleted_at INTEGER, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_locations PRIMARY KEY (id), 
	CONSTRAINT fk_locations_contact_id FOREIGN KEY(contact_id) REFERENCES contacts (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_locations_tax_id FOREIGN KEY(tax_id) REFERENCES taxes (id) ON DELETE RESTRICT
);
--
CREATE TABLE contact_changes (
	id INTEGER NOT NULL, 
	contact_id INTEGER NOT NULL, 
	at INTEGER NOT NULL, 
	label VARCHAR NOT NULL, 
	params VARCHAR NOT NULL, 
	fields VARCHAR NOT NULL, 
	undo INTEGER NOT NULL, 
	CONSTRAINT pk_contact_changes PRIMARY KEY (id), 
	CONSTRAINT fk_contact_changes_contact_id FOREIGN KEY(contact_id) REFERENCES contacts (id) ON DELETE RESTRICT
);
--
CREATE TABLE distinct_contacts (
	a_id INTEGER NOT NULL, 
	b_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_distinct_contacts PRIMARY KEY (id), 
	CONSTRAINT fk_distinct_contacts_a_id FOREIGN KEY(a_id) REFERENCES contacts (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_distinct_contacts_b_id FOREIGN KEY(b_id) REFERENCES contacts (id) ON DELETE RESTRICT
);
--
CREATE TABLE custom_values (
	contact_id INTEGER NOT NULL, 
	field_id INTEGER NOT NULL, 
	value VARCHAR NOT NULL, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_custom_values PRIMARY KEY (id), 
	CONSTRAINT fk_custom_values_contact_id FOREIGN KEY(contact_id) REFERENCES contacts (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_custom_values_field_id FOREIGN KEY(field_id) REFERENCES custom_fields (id) ON DELETE RESTRICT
);
--
CREATE TABLE payments (
	kind VARCHAR DEFAULT 'payment' NOT NULL, 
	reverses_id INTEGER, 
	contact_id INTEGER NOT NULL, 
	paid_on VARCHAR NOT NULL, 
	method VARCHAR NOT NULL, 
	reference VARCHAR NOT NULL, 
	currency VARCHAR DEFAULT '' NOT NULL, 
	amount_cents INTEGER NOT NULL, 
	tip_cents INTEGER DEFAULT '0' NOT NULL, 
	fee_cents INTEGER DEFAULT '0' NOT NULL, 
	unapplied_cents INTEGER DEFAULT '0' NOT NULL, 
	reason VARCHAR DEFAULT '' NOT NULL, 
	deposit_slip_id INTEGER, 
	created_at INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_payments PRIMARY KEY (id), 
	CONSTRAINT ck_payments_kind CHECK (kind IN ('payment', 'refund', 'write_off', 'reversal')), 
	CONSTRAINT ck_payments_reverses CHECK ((kind = 'reversal') = (reverses_id IS NOT NULL)), 
	CONSTRAINT ck_payments_method CHECK (method IN ('cash', 'cheque', 'card', 'transfer', 'other')), 
	CONSTRAINT ck_payments_amounts CHECK (amount_cents > 0 AND tip_cents >= 0 AND fee_cents >= 0 AND unapplied_cents >= 0 AND tip_cents + unapplied_cents <= amount_cents), 
	CONSTRAINT fk_payments_reverses_id FOREIGN KEY(reverses_id) REFERENCES payments (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_payments_contact_id FOREIGN KEY(contact_id) REFERENCES contacts (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_payments_deposit_slip_id FOREIGN KEY(deposit_slip_id) REFERENCES deposit_slips (id) ON DELETE RESTRICT
);
--
CREATE TABLE crew_members (
	worker_id INTEGER NOT NULL, 
	crew_id INTEGER NOT NULL, 
	from_on VARCHAR, 
	to_on VARCHAR, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_crew_members PRIMARY KEY (id), 
	CONSTRAINT fk_crew_members_worker_id FOREIGN KEY(worker_id) REFERENCES workers (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_crew_members_crew_id FOREIGN KEY(crew_id) REFERENCES crews (id) ON DELETE RESTRICT
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
CREATE TABLE series (
	uid VARCHAR NOT NULL, 
	starts_local VARCHAR NOT NULL, 
	minutes INTEGER NOT NULL, 
	zone VARCHAR NOT NULL, 
	all_day INTEGER NOT NULL, 
	rule VARCHAR NOT NULL, 
	last_on VARCHAR, 
	holidays VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	contact_id INTEGER, 
	location_id INTEGER, 
	title VARCHAR NOT NULL, 
	arrival_offset INTEGER NOT NULL, 
	arrival_minutes INTEGER, 
	crew_id INTEGER, 
	worker_id INTEGER, 
	state VARCHAR NOT NULL, 
	note VARCHAR NOT NULL, 
	crew_note VARCHAR NOT NULL, 
	document_note VARCHAR NOT NULL, 
	color_index INTEGER, 
	total_cents INTEGER NOT NULL, 
	split_from_id INTEGER, 
	sequence INTEGER NOT NULL, 
	created_at INTEGER NOT NULL, 
	updated_at INTEGER NOT NULL, 
	deleted_at INTEGER, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_series PRIMARY KEY (id), 
	CONSTRAINT ck_series_kind CHECK (kind IN ('job', 'estimate', 'personal', 'task')), 
	CONSTRAINT ck_series_state CHECK (state IN ('tentative', 'confirmed')), 
	CONSTRAINT ck_series_holidays CHECK (holidays IN ('keep', 'skip', 'before', 'after')), 
	CONSTRAINT fk_series_contact_id FOREIGN KEY(contact_id) REFERENCES contacts (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_series_location_id FOREIGN KEY(location_id) REFERENCES locations (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_series_crew_id FOREIGN KEY(crew_id) REFERENCES crews (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_series_worker_id FOREIGN KEY(worker_id) REFERENCES workers (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_series_split_from_id FOREIGN KEY(split_from_id) REFERENCES series (id) ON DELETE SET NULL
);
--
CREATE TABLE location_measures (
	location_id INTEGER NOT NULL, 
	measure_id INTEGER NOT NULL, 
	value_milli INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_location_measures PRIMARY KEY (id), 
	CONSTRAINT fk_location_measures_location_id FOREIGN KEY(location_id) REFERENCES locations (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_location_measures_measure_id FOREIGN KEY(measure_id) REFERENCES measures (id) ON DELETE RESTRICT
);
--
CREATE TABLE frequencies (
	contact_id INTEGER NOT NULL, 
	location_id INTEGER, 
	service_id INTEGER, 
	title VARCHAR NOT NULL, 
	every_n INTEGER NOT NULL, 
	unit VARCHAR NOT NULL, 
	season_from VARCHAR NOT NULL, 
	season_to VARCHAR NOT NULL, 
	price_cents INTEGER, 
	starts_on VARCHAR, 
	due_on VARCHAR, 
	snoozed_until_on VARCHAR, 
	stopped_at INTEGER, 
	stop_reason VARCHAR NOT NULL, 
	created_at INTEGER NOT NULL, 
	updated_at INTEGER NOT NULL, 
	deleted_at INTEGER, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_frequencies PRIMARY KEY (id), 
	CONSTRAINT ck_frequencies_unit CHECK (unit IN ('day', 'week', 'month', 'year')), 
	CONSTRAINT ck_frequencies_every_n CHECK (every_n > 0), 
	CONSTRAINT fk_frequencies_contact_id FOREIGN KEY(contact_id) REFERENCES contacts (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_frequencies_location_id FOREIGN KEY(location_id) REFERENCES locations (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_frequencies_service_id FOREIGN KEY(service_id) REFERENCES services (id) ON DELETE RESTRICT
);
--
CREATE TABLE notes (
	contact_id INTEGER NOT NULL, 
	location_id INTEGER, 
	visibility VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	at INTEGER NOT NULL, 
	updated_at INTEGER NOT NULL, 
	deleted_at INTEGER, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_notes PRIMARY KEY (id), 
	CONSTRAINT ck_notes_visibility CHECK (visibility IN ('office', 'crew', 'document')), 
	CONSTRAINT fk_notes_contact_id FOREIGN KEY(contact_id) REFERENCES contacts (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_notes_location_id FOREIGN KEY(location_id) REFERENCES locations (id) ON DELETE RESTRICT
);
--
CREATE TABLE proposals (
	uid VARCHAR NOT NULL, 
	number VARCHAR, 
	series VARCHAR, 
	series_n INTEGER, 
	revision INTEGER NOT NULL, 
	replaces_id INTEGER, 
	state VARCHAR NOT NULL, 
	contact_id INTEGER NOT NULL, 
	location_id INTEGER, 
	bill_to VARCHAR NOT NULL, 
	service_place VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	valid_until_on VARCHAR, 
	follow_up_on VARCHAR, 
	currency VARCHAR NOT NULL, 
	rounding VARCHAR NOT NULL, 
	prices_include_tax INTEGER NOT NULL, 
	tax_id INTEGER, 
	tax_note VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	discount_ppm INTEGER NOT NULL, 
	discount_fixed_cents INTEGER NOT NULL, 
	deposit_ppm INTEGER NOT NULL, 
	deposit_fixed_cents INTEGER NOT NULL, 
	message VARCHAR NOT NULL, 
	customer_notes VARCHAR NOT NULL, 
	internal_note VARCHAR NOT NULL, 
	option_n INTEGER NOT NULL, 
	subtotal_cents INTEGER NOT NULL, 
	discount_cents INTEGER NOT NULL, 
	net_cents INTEGER NOT NULL, 
	tax_cents INTEGER NOT NULL, 
	total_cents INTEGER NOT NULL, 
	deposit_cents INTEGER NOT NULL, 
	sent_on VARCHAR, 
	sent_at INTEGER, 
	sent_how VARCHAR NOT NULL, 
	accepted_on VARCHAR, 
	accepted_by VARCHAR NOT NULL, 
	accepted_how VARCHAR NOT NULL, 
	accepted_note VARCHAR NOT NULL, 
	declined_on VARCHAR, 
	decline_reason VARCHAR NOT NULL, 
	created_at INTEGER NOT NULL, 
	updated_at INTEGER NOT NULL, 
	deleted_at INTEGER, 
	erased_at INTEGER, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_proposals PRIMARY KEY (id), 
	CONSTRAINT ck_proposals_state CHECK (state IN ('draft', 'sent', 'accepted', 'declined', 'replaced')), 
	CONSTRAINT ck_proposals_numbered CHECK ((number IS NULL) = (series_n IS NULL)), 
	CONSTRAINT ck_proposals_sent_numbered CHECK (state = 'draft' OR number IS NOT NULL), 
	CONSTRAINT ck_proposals_accepted_how CHECK (accepted_how IN ('', 'phone', 'email', 'paper', 'in_person')), 
	CONSTRAINT fk_proposals_replaces_id FOREIGN KEY(replaces_id) REFERENCES proposals (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_proposals_contact_id FOREIGN KEY(contact_id) REFERENCES contacts (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_proposals_location_id FOREIGN KEY(location_id) REFERENCES locations (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_proposals_tax_id FOREIGN KEY(tax_id) REFERENCES taxes (id) ON DELETE RESTRICT
);
--
CREATE TABLE billing_plans (
	contact_id INTEGER NOT NULL, 
	location_id INTEGER, 
	name VARCHAR NOT NULL, 
	basis VARCHAR NOT NULL, 
	rule VARCHAR NOT NULL, 
	anchor_on VARCHAR NOT NULL, 
	terms_days INTEGER, 
	po VARCHAR NOT NULL, 
	message VARCHAR NOT NULL, 
	discount_ppm INTEGER NOT NULL, 
	discount_fixed_cents INTEGER NOT NULL, 
	created_at INTEGER NOT NULL, 
	updated_at INTEGER NOT NULL, 
	stopped_at INTEGER, 
	deleted_at INTEGER, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_billing_plans PRIMARY KEY (id), 
	CONSTRAINT ck_billing_plans_basis CHECK (basis IN ('lines', 'visits')), 
	CONSTRAINT fk_billing_plans_contact_id FOREIGN KEY(contact_id) REFERENCES contacts (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_billing_plans_location_id FOREIGN KEY(location_id) REFERENCES locations (id) ON DELETE RESTRICT
);
--
CREATE TABLE working_hours (
	worker_id INTEGER, 
	location_id INTEGER, 
	weekday INTEGER NOT NULL, 
	from_minute INTEGER NOT NULL, 
	to_minute INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_working_hours PRIMARY KEY (id), 
	CONSTRAINT ck_working_hours_owner CHECK (worker_id IS NULL OR location_id IS NULL), 
	CONSTRAINT ck_working_hours_weekday CHECK (weekday BETWEEN 0 AND 6), 
	CONSTRAINT ck_working_hours_order CHECK (0 <= from_minute AND from_minute < to_minute), 
	CONSTRAINT fk_working_hours_worker_id FOREIGN KEY(worker_id) REFERENCES workers (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_working_hours_location_id FOREIGN KEY(location_id) REFERENCES locations (id) ON DELETE RESTRICT
);
--
CREATE TABLE days_off (
	worker_id INTEGER, 
	location_id INTEGER, 
	first_on VARCHAR NOT NULL, 
	last_on VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	deleted_at INTEGER, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_days_off PRIMARY KEY (id), 
	CONSTRAINT ck_days_off_owner CHECK (worker_id IS NULL OR location_id IS NULL), 
	CONSTRAINT ck_days_off_order CHECK (first_on <= last_on), 
	CONSTRAINT fk_days_off_worker_id FOREIGN KEY(worker_id) REFERENCES workers (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_days_off_location_id FOREIGN KEY(location_id) REFERENCES locations (id) ON DELETE RESTRICT
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
CREATE TABLE series_lines (
	series_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	service_id INTEGER, 
	name VARCHAR NOT NULL, 
	description VARCHAR NOT NULL, 
	qty_milli INTEGER NOT NULL, 
	unit_price_e4 INTEGER NOT NULL, 
	taxable INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_series_lines PRIMARY KEY (id), 
	CONSTRAINT fk_series_lines_series_id FOREIGN KEY(series_id) REFERENCES series (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_series_lines_service_id FOREIGN KEY(service_id) REFERENCES services (id) ON DELETE RESTRICT
);
--
CREATE TABLE series_skips (
	series_id INTEGER NOT NULL, 
	occurrence_on VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_series_skips PRIMARY KEY (id), 
	CONSTRAINT fk_series_skips_series_id FOREIGN KEY(series_id) REFERENCES series (id) ON DELETE RESTRICT
);
--
CREATE TABLE invoices (
	uid VARCHAR NOT NULL, 
	doc_type VARCHAR DEFAULT 'invoice' NOT NULL, 
	corrects_id INTEGER, 
	proposal_id INTEGER, 
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
	prices_include_tax INTEGER DEFAULT '0' NOT NULL, 
	tax_id INTEGER, 
	tax_note VARCHAR DEFAULT '' NOT NULL, 
	language VARCHAR DEFAULT '' NOT NULL, 
	discount_ppm INTEGER DEFAULT '0' NOT NULL, 
	discount_fixed_cents INTEGER DEFAULT '0' NOT NULL, 
	message VARCHAR NOT NULL, 
	customer_notes VARCHAR DEFAULT '' NOT NULL, 
	subtotal_cents INTEGER NOT NULL, 
	discount_cents INTEGER DEFAULT '0' NOT NULL, 
	net_cents INTEGER DEFAULT '0' NOT NULL, 
	tax_cents INTEGER NOT NULL, 
	total_cents INTEGER NOT NULL, 
	paid_cents INTEGER NOT NULL, 
	open_cents INTEGER NOT NULL, 
	moved_cents INTEGER DEFAULT '0' NOT NULL, 
	issued_at INTEGER, 
	sent_at INTEGER, 
	sent_how VARCHAR DEFAULT '' NOT NULL, 
	voided_on VARCHAR, 
	void_reason VARCHAR DEFAULT '' NOT NULL, 
	internal_note VARCHAR DEFAULT '' NOT NULL, 
	reminder_hold INTEGER DEFAULT '0' NOT NULL, 
	created_at INTEGER NOT NULL, 
	updated_at INTEGER NOT NULL, 
	deleted_at INTEGER, 
	erased_at INTEGER, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_invoices PRIMARY KEY (id), 
	CONSTRAINT ck_invoices_state CHECK (state IN ('draft', 'issued', 'part_paid', 'paid', 'void', 'credited')), 
	CONSTRAINT ck_invoices_doc_type CHECK (doc_type IN ('invoice', 'credit_note', 'deposit')), 
	CONSTRAINT ck_invoices_corrects CHECK ((doc_type = 'credit_note') = (corrects_id IS NOT NULL)), 
	CONSTRAINT ck_invoices_numbered CHECK ((state = 'draft') = (number IS NULL) AND (number IS NULL) = (series_n IS NULL)), 
	CONSTRAINT fk_invoices_corrects_id FOREIGN KEY(corrects_id) REFERENCES invoices (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_invoices_proposal_id FOREIGN KEY(proposal_id) REFERENCES proposals (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_invoices_contact_id FOREIGN KEY(contact_id) REFERENCES contacts (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_invoices_location_id FOREIGN KEY(location_id) REFERENCES locations (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_invoices_tax_id FOREIGN KEY(tax_id) REFERENCES taxes (id) ON DELETE RESTRICT
);
--
CREATE TABLE proposal_options (
	proposal_id INTEGER NOT NULL, 
	option_n INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	description VARCHAR NOT NULL, 
	subtotal_cents INTEGER NOT NULL, 
	discount_cents INTEGER NOT NULL, 
	net_cents INTEGER NOT NULL, 
	tax_cents INTEGER NOT NULL, 
	total_cents INTEGER NOT NULL, 
	deposit_cents INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_proposal_options PRIMARY KEY (id), 
	CONSTRAINT fk_proposal_options_proposal_id FOREIGN KEY(proposal_id) REFERENCES proposals (id) ON DELETE RESTRICT
);
--
CREATE TABLE proposal_lines (
	proposal_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	option_n INTEGER NOT NULL, 
	is_optional INTEGER NOT NULL, 
	is_chosen INTEGER NOT NULL, 
	service_id INTEGER, 
	name VARCHAR NOT NULL, 
	description VARCHAR NOT NULL, 
	qty_milli INTEGER NOT NULL, 
	unit VARCHAR NOT NULL, 
	unit_price_e4 INTEGER NOT NULL, 
	discount_ppm INTEGER NOT NULL, 
	discount_fixed_cents INTEGER NOT NULL, 
	taxable INTEGER NOT NULL, 
	tax_code_id INTEGER, 
	amount_cents INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_proposal_lines PRIMARY KEY (id), 
	CONSTRAINT fk_proposal_lines_proposal_id FOREIGN KEY(proposal_id) REFERENCES proposals (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_proposal_lines_service_id FOREIGN KEY(service_id) REFERENCES services (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_proposal_lines_tax_code_id FOREIGN KEY(tax_code_id) REFERENCES tax_codes (id) ON DELETE RESTRICT
);
--
CREATE TABLE proposal_taxes (
	proposal_id INTEGER NOT NULL, 
	option_n INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	rate_ppm INTEGER NOT NULL, 
	base_cents INTEGER NOT NULL, 
	tax_cents INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_proposal_taxes PRIMARY KEY (id), 
	CONSTRAINT fk_proposal_taxes_proposal_id FOREIGN KEY(proposal_id) REFERENCES proposals (id) ON DELETE RESTRICT
);
--
CREATE TABLE billing_plan_lines (
	plan_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	service_id INTEGER, 
	name VARCHAR NOT NULL, 
	description VARCHAR NOT NULL, 
	qty_milli INTEGER NOT NULL, 
	unit VARCHAR NOT NULL, 
	unit_price_e4 INTEGER NOT NULL, 
	discount_ppm INTEGER NOT NULL, 
	discount_fixed_cents INTEGER NOT NULL, 
	taxable INTEGER NOT NULL, 
	tax_code_id INTEGER, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_billing_plan_lines PRIMARY KEY (id), 
	CONSTRAINT fk_billing_plan_lines_plan_id FOREIGN KEY(plan_id) REFERENCES billing_plans (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_billing_plan_lines_service_id FOREIGN KEY(service_id) REFERENCES services (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_billing_plan_lines_tax_code_id FOREIGN KEY(tax_code_id) REFERENCES tax_codes (id) ON DELETE RESTRICT
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
	cancel_reason VARCHAR DEFAULT '' NOT NULL, 
	note VARCHAR NOT NULL, 
	crew_note VARCHAR DEFAULT '' NOT NULL, 
	document_note VARCHAR DEFAULT '' NOT NULL, 
	color_index INTEGER, 
	route_position INTEGER, 
	told_local VARCHAR, 
	told_at INTEGER, 
	series_id INTEGER, 
	occurrence_on VARCHAR, 
	call_back_of_id INTEGER, 
	proposal_id INTEGER, 
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
	CONSTRAINT fk_appointments_series_id FOREIGN KEY(series_id) REFERENCES series (id) ON DELETE SET NULL, 
	CONSTRAINT fk_appointments_call_back_of_id FOREIGN KEY(call_back_of_id) REFERENCES appointments (id) ON DELETE SET NULL, 
	CONSTRAINT fk_appointments_proposal_id FOREIGN KEY(proposal_id) REFERENCES proposals (id) ON DELETE RESTRICT, 
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
CREATE TABLE archived_documents (
	kind VARCHAR NOT NULL, 
	purpose VARCHAR NOT NULL, 
	contact_id INTEGER NOT NULL, 
	invoice_id INTEGER, 
	proposal_id INTEGER, 
	payment_id INTEGER, 
	name VARCHAR NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	size INTEGER NOT NULL, 
	created_at INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_archived_documents PRIMARY KEY (id), 
	CONSTRAINT ck_archived_documents_purpose CHECK (purpose IN ('issued', 'sent')), 
	CONSTRAINT fk_archived_documents_contact_id FOREIGN KEY(contact_id) REFERENCES contacts (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_archived_documents_invoice_id FOREIGN KEY(invoice_id) REFERENCES invoices (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_archived_documents_proposal_id FOREIGN KEY(proposal_id) REFERENCES proposals (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_archived_documents_payment_id FOREIGN KEY(payment_id) REFERENCES payments (id) ON DELETE RESTRICT
);
--
CREATE TABLE late_fees (
	invoice_id INTEGER NOT NULL, 
	period_n INTEGER NOT NULL, 
	amount_cents INTEGER NOT NULL, 
	fee_invoice_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_late_fees PRIMARY KEY (id), 
	CONSTRAINT fk_late_fees_invoice_id FOREIGN KEY(invoice_id) REFERENCES invoices (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_late_fees_fee_invoice_id FOREIGN KEY(fee_invoice_id) REFERENCES invoices (id) ON DELETE RESTRICT
);
--
CREATE TABLE allocations (
	payment_id INTEGER, 
	credit_id INTEGER, 
	invoice_id INTEGER, 
	refund_id INTEGER, 
	amount_cents INTEGER NOT NULL, 
	applied_on VARCHAR DEFAULT '' NOT NULL, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_allocations PRIMARY KEY (id), 
	CONSTRAINT ck_allocations_source CHECK ((payment_id IS NULL) <> (credit_id IS NULL)), 
	CONSTRAINT ck_allocations_use CHECK ((invoice_id IS NULL) <> (refund_id IS NULL)), 
	CONSTRAINT ck_allocations_amount CHECK (amount_cents <> 0), 
	CONSTRAINT fk_allocations_payment_id FOREIGN KEY(payment_id) REFERENCES payments (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_allocations_credit_id FOREIGN KEY(credit_id) REFERENCES invoices (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_allocations_invoice_id FOREIGN KEY(invoice_id) REFERENCES invoices (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_allocations_refund_id FOREIGN KEY(refund_id) REFERENCES payments (id) ON DELETE RESTRICT
);
--
CREATE TABLE billing_runs (
	plan_id INTEGER NOT NULL, 
	period_on VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	invoice_id INTEGER, 
	created_at INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_billing_runs PRIMARY KEY (id), 
	CONSTRAINT ck_billing_runs_state CHECK (state IN ('made', 'skipped')), 
	CONSTRAINT fk_billing_runs_plan_id FOREIGN KEY(plan_id) REFERENCES billing_plans (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_billing_runs_invoice_id FOREIGN KEY(invoice_id) REFERENCES invoices (id) ON DELETE RESTRICT
);
--
CREATE TABLE appointment_lines (
	appointment_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	service_id INTEGER, 
	name VARCHAR NOT NULL, 
	description VARCHAR NOT NULL, 
	qty_milli INTEGER NOT NULL, 
	unit_price_e4 INTEGER NOT NULL, 
	taxable INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_appointment_lines PRIMARY KEY (id), 
	CONSTRAINT fk_appointment_lines_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointments (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_appointment_lines_service_id FOREIGN KEY(service_id) REFERENCES services (id) ON DELETE RESTRICT
);
--
CREATE TABLE checklist_items (
	appointment_id INTEGER, 
	series_id INTEGER, 
	service_id INTEGER, 
	position INTEGER NOT NULL, 
	text VARCHAR NOT NULL, 
	done_at INTEGER, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_checklist_items PRIMARY KEY (id), 
	CONSTRAINT ck_checklist_items_owner CHECK ((appointment_id IS NOT NULL) + (series_id IS NOT NULL) + (service_id IS NOT NULL) = 1), 
	CONSTRAINT fk_checklist_items_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointments (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_checklist_items_series_id FOREIGN KEY(series_id) REFERENCES series (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_checklist_items_service_id FOREIGN KEY(service_id) REFERENCES services (id) ON DELETE RESTRICT
);
--
CREATE TABLE complaints (
	contact_id INTEGER NOT NULL, 
	appointment_id INTEGER, 
	call_back_id INTEGER, 
	text VARCHAR NOT NULL, 
	opened_at INTEGER NOT NULL, 
	closed_at INTEGER, 
	closed_why VARCHAR NOT NULL, 
	deleted_at INTEGER, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_complaints PRIMARY KEY (id), 
	CONSTRAINT fk_complaints_contact_id FOREIGN KEY(contact_id) REFERENCES contacts (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_complaints_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointments (id) ON DELETE SET NULL, 
	CONSTRAINT fk_complaints_call_back_id FOREIGN KEY(call_back_id) REFERENCES appointments (id) ON DELETE SET NULL
);
--
CREATE TABLE treatments (
	appointment_id INTEGER NOT NULL, 
	product VARCHAR NOT NULL, 
	registration_number VARCHAR NOT NULL, 
	amount_milli INTEGER, 
	amount_unit VARCHAR NOT NULL, 
	area_milli INTEGER, 
	area_unit VARCHAR NOT NULL, 
	target VARCHAR NOT NULL, 
	weather VARCHAR NOT NULL, 
	temperature VARCHAR NOT NULL, 
	wind VARCHAR NOT NULL, 
	worker_id INTEGER, 
	licence VARCHAR NOT NULL, 
	treated_local VARCHAR NOT NULL, 
	note VARCHAR NOT NULL, 
	created_at INTEGER NOT NULL, 
	deleted_at INTEGER, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_treatments PRIMARY KEY (id), 
	CONSTRAINT fk_treatments_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointments (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_treatments_worker_id FOREIGN KEY(worker_id) REFERENCES workers (id) ON DELETE RESTRICT
);
--
CREATE TABLE invoice_lines (
	invoice_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	appointment_id INTEGER, 
	credits_line_id INTEGER, 
	service_id INTEGER, 
	name VARCHAR NOT NULL, 
	description VARCHAR NOT NULL, 
	qty_milli INTEGER NOT NULL, 
	unit VARCHAR DEFAULT '' NOT NULL, 
	unit_price_e4 INTEGER NOT NULL, 
	discount_ppm INTEGER DEFAULT '0' NOT NULL, 
	discount_fixed_cents INTEGER DEFAULT '0' NOT NULL, 
	taxable INTEGER NOT NULL, 
	tax_code_id INTEGER, 
	tax_ppm INTEGER DEFAULT '0' NOT NULL, 
	amount_cents INTEGER NOT NULL, 
	net_cents INTEGER DEFAULT '0' NOT NULL, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_invoice_lines PRIMARY KEY (id), 
	CONSTRAINT fk_invoice_lines_invoice_id FOREIGN KEY(invoice_id) REFERENCES invoices (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_invoice_lines_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointments (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_invoice_lines_credits_line_id FOREIGN KEY(credits_line_id) REFERENCES invoice_lines (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_invoice_lines_service_id FOREIGN KEY(service_id) REFERENCES services (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_invoice_lines_tax_code_id FOREIGN KEY(tax_code_id) REFERENCES tax_codes (id) ON DELETE RESTRICT
);
--
CREATE TABLE messages (
	contact_id INTEGER NOT NULL, 
	appointment_id INTEGER, 
	invoice_id INTEGER, 
	proposal_id INTEGER, 
	occasion VARCHAR NOT NULL, 
	channel VARCHAR NOT NULL, 
	address VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	body VARCHAR NOT NULL, 
	told_local VARCHAR, 
	state VARCHAR NOT NULL, 
	created_at INTEGER NOT NULL, 
	updated_at INTEGER NOT NULL, 
	sent_at INTEGER, 
	deleted_at INTEGER, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_messages PRIMARY KEY (id), 
	CONSTRAINT ck_messages_channel CHECK (channel IN ('email', 'text', 'phone', 'post')), 
	CONSTRAINT ck_messages_state CHECK (state IN ('waiting', 'sent', 'cancelled')), 
	CONSTRAINT fk_messages_contact_id FOREIGN KEY(contact_id) REFERENCES contacts (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_messages_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointments (id) ON DELETE SET NULL, 
	CONSTRAINT fk_messages_invoice_id FOREIGN KEY(invoice_id) REFERENCES invoices (id) ON DELETE SET NULL, 
	CONSTRAINT fk_messages_proposal_id FOREIGN KEY(proposal_id) REFERENCES proposals (id) ON DELETE SET NULL
);
--
CREATE TABLE attachments (
	contact_id INTEGER NOT NULL, 
	location_id INTEGER, 
	appointment_id INTEGER, 
	proposal_id INTEGER, 
	name VARCHAR NOT NULL, 
	caption VARCHAR NOT NULL, 
	mime VARCHAR NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	size INTEGER NOT NULL, 
	added_at INTEGER NOT NULL, 
	deleted_at INTEGER, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_attachments PRIMARY KEY (id), 
	CONSTRAINT fk_attachments_contact_id FOREIGN KEY(contact_id) REFERENCES contacts (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_attachments_location_id FOREIGN KEY(location_id) REFERENCES locations (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_attachments_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointments (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_attachments_proposal_id FOREIGN KEY(proposal_id) REFERENCES proposals (id) ON DELETE RESTRICT
);
--
CREATE TABLE invoice_reminders (
	invoice_id INTEGER NOT NULL, 
	step_n INTEGER NOT NULL, 
	made_on VARCHAR NOT NULL, 
	message_id INTEGER, 
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_invoice_reminders PRIMARY KEY (id), 
	CONSTRAINT fk_invoice_reminders_invoice_id FOREIGN KEY(invoice_id) REFERENCES invoices (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_invoice_reminders_message_id FOREIGN KEY(message_id) REFERENCES messages (id) ON DELETE SET NULL
);
--
CREATE VIRTUAL TABLE contact_search USING fts5(
    name, phones, emails, places, extra,
    tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3'
);
--
CREATE UNIQUE INDEX ix_hidden_rows_kind_key ON hidden_rows (kind, "key");
--
CREATE UNIQUE INDEX ix_suppressions_channel_digest_purpose ON suppressions (channel, digest, purpose);
--
CREATE INDEX ix_import_runs_at ON import_runs (at);
--
CREATE UNIQUE INDEX ix_custom_fields_uid ON custom_fields (uid);
--
CREATE INDEX ix_journal_at ON journal (at);
--
CREATE INDEX ix_deposit_slips_deposited_on ON deposit_slips (deposited_on);
--
CREATE INDEX ix_tax_parts_tax_id ON tax_parts (tax_id);
--
CREATE INDEX ix_contacts_by_kind ON contacts (kind, sort_name, id) WHERE deleted_at IS NULL;
--
CREATE INDEX ix_contacts_in_trash ON contacts (deleted_at) WHERE deleted_at IS NOT NULL;
--
CREATE UNIQUE INDEX ix_contacts_uid ON contacts (uid);
--
CREATE INDEX ix_contacts_merged_into_id ON contacts (merged_into_id) WHERE merged_into_id IS NOT NULL;
--
CREATE INDEX ix_contacts_by_name ON contacts (sort_name, id) WHERE deleted_at IS NULL;
--
CREATE INDEX ix_contacts_name_key ON contacts (name_key) WHERE deleted_at IS NULL;
--
CREATE INDEX ix_journal_rows_journal_id_seq ON journal_rows (journal_id, seq);
--
CREATE INDEX ix_journal_rows_table_name_row_id ON journal_rows (table_name, row_id);
--
CREATE INDEX ix_workers_crew_id ON workers (crew_id);
--
CREATE UNIQUE INDEX ix_list_prices_price_list_id_service_id ON list_prices (price_list_id, service_id);
--
CREATE INDEX ix_list_prices_service_id ON list_prices (service_id);
--
CREATE INDEX ix_tax_part_rates_tax_code_id ON tax_part_rates (tax_code_id);
--
CREATE UNIQUE INDEX ix_tax_part_rates_tax_part_id_tax_code_id ON tax_part_rates (tax_part_id, tax_code_id);
--
CREATE INDEX ix_consent_events_contact_id_at ON consent_events (contact_id, at);
--
CREATE INDEX ix_consent_events_channel_address_key_purpose_at ON consent_events (channel, address_key, purpose, at);
--
CREATE INDEX ix_contact_phones_e164 ON contact_phones (e164);
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
CREATE INDEX ix_locations_address_key ON locations (address_key) WHERE deleted_at IS NULL;
--
CREATE INDEX ix_contact_changes_contact_id_at ON contact_changes (contact_id, at);
--
CREATE UNIQUE INDEX ix_distinct_contacts_a_id_b_id ON distinct_contacts (a_id, b_id);
--
CREATE INDEX ix_distinct_contacts_b_id ON distinct_contacts (b_id);
--
CREATE UNIQUE INDEX ix_custom_values_contact_id_field_id ON custom_values (contact_id, field_id);
--
CREATE INDEX ix_custom_values_field_id ON custom_values (field_id);
--
CREATE INDEX ix_payments_unapplied ON payments (contact_id) WHERE unapplied_cents > 0;
--
CREATE UNIQUE INDEX ix_payments_reverses_id ON payments (reverses_id) WHERE reverses_id IS NOT NULL;
--
CREATE INDEX ix_payments_deposit_slip_id ON payments (deposit_slip_id) WHERE deposit_slip_id IS NOT NULL;
--
CREATE INDEX ix_payments_contact_id_paid_on ON payments (contact_id, paid_on);
--
CREATE INDEX ix_payments_paid_on ON payments (paid_on);
--
CREATE INDEX ix_crew_members_worker_id_from_on ON crew_members (worker_id, from_on);
--
CREATE INDEX ix_crew_members_crew_id ON crew_members (crew_id);
--
CREATE INDEX ix_shifts_clock_in_at ON shifts (clock_in_at);
--
CREATE INDEX ix_shifts_worker_id_clock_in_at ON shifts (worker_id, clock_in_at);
--
CREATE UNIQUE INDEX ix_phones_token_hash ON phones (token_hash);
--
CREATE INDEX ix_phones_worker_id ON phones (worker_id);
--
CREATE INDEX ix_series_contact_id ON series (contact_id);
--
CREATE INDEX ix_series_location_id ON series (location_id) WHERE location_id IS NOT NULL;
--
CREATE UNIQUE INDEX ix_series_uid ON series (uid);
--
CREATE INDEX ix_series_living ON series (starts_local) WHERE deleted_at IS NULL;
--
CREATE INDEX ix_location_measures_measure_id ON location_measures (measure_id);
--
CREATE UNIQUE INDEX ix_location_measures_location_id_measure_id ON location_measures (location_id, measure_id);
--
CREATE INDEX ix_frequencies_contact_id ON frequencies (contact_id);
--
CREATE INDEX ix_frequencies_due_on ON frequencies (due_on);
--
CREATE INDEX ix_frequencies_living ON frequencies (id) WHERE deleted_at IS NULL;
--
CREATE INDEX ix_frequencies_location_id ON frequencies (location_id);
--
CREATE INDEX ix_notes_contact_id_at ON notes (contact_id, at);
--
CREATE INDEX ix_notes_location_id ON notes (location_id);
--
CREATE INDEX ix_proposals_contact_id_created_at ON proposals (contact_id, created_at);
--
CREATE INDEX ix_proposals_replaces_id ON proposals (replaces_id) WHERE replaces_id IS NOT NULL;
--
CREATE INDEX ix_proposals_location_id ON proposals (location_id) WHERE location_id IS NOT NULL;
--
CREATE UNIQUE INDEX ix_proposals_uid ON proposals (uid);
--
CREATE INDEX ix_proposals_follow_up ON proposals (follow_up_on) WHERE state = 'sent' AND deleted_at IS NULL;
--
CREATE INDEX ix_proposals_created_at ON proposals (created_at, id);
--
CREATE UNIQUE INDEX ix_proposals_number_revision ON proposals (number, revision);
--
CREATE INDEX ix_proposals_by_state ON proposals (state, created_at, id);
--
CREATE UNIQUE INDEX ix_proposals_series_series_n_revision ON proposals (series, series_n, revision);
--
CREATE INDEX ix_billing_plans_running ON billing_plans (id) WHERE stopped_at IS NULL AND deleted_at IS NULL;
--
CREATE INDEX ix_billing_plans_location_id ON billing_plans (location_id);
--
CREATE INDEX ix_billing_plans_contact_id ON billing_plans (contact_id);
--
CREATE INDEX ix_working_hours_worker_id ON working_hours (worker_id);
--
CREATE INDEX ix_working_hours_location_id ON working_hours (location_id);
--
CREATE INDEX ix_days_off_first_on ON days_off (first_on);
--
CREATE INDEX ix_days_off_location_id ON days_off (location_id);
--
CREATE INDEX ix_days_off_worker_id ON days_off (worker_id);
--
CREATE INDEX ix_unreadable_posts_received_at ON unreadable_posts (received_at);
--
CREATE INDEX ix_series_lines_series_id_position ON series_lines (series_id, position);
--
CREATE UNIQUE INDEX ix_series_skips_series_id_occurrence_on ON series_skips (series_id, occurrence_on);
--
CREATE INDEX ix_invoices_contact_id_issued_on ON invoices (contact_id, issued_on);
--
CREATE INDEX ix_invoices_by_state ON invoices (state, issued_on, id);
--
CREATE UNIQUE INDEX ix_invoices_number ON invoices (number);
--
CREATE UNIQUE INDEX ix_invoices_series_series_n ON invoices (series, series_n);
--
CREATE INDEX ix_invoices_location_id ON invoices (location_id) WHERE location_id IS NOT NULL;
--
CREATE INDEX ix_invoices_open_by_contact ON invoices (contact_id, due_on, open_cents) WHERE open_cents <> 0;
--
CREATE INDEX ix_invoices_proposal_id ON invoices (proposal_id) WHERE proposal_id IS NOT NULL;
--
CREATE INDEX ix_invoices_open ON invoices (due_on, contact_id) WHERE open_cents <> 0;
--
CREATE INDEX ix_invoices_by_issue ON invoices (issued_on, id) WHERE deleted_at IS NULL;
--
CREATE INDEX ix_invoices_corrects_id ON invoices (corrects_id) WHERE corrects_id IS NOT NULL;
--
CREATE UNIQUE INDEX ix_invoices_uid ON invoices (uid);
--
CREATE UNIQUE INDEX ix_proposal_options_proposal_id_option_n ON proposal_options (proposal_id, option_n);
--
CREATE INDEX ix_proposal_lines_proposal_id_position ON proposal_lines (proposal_id, position);
--
CREATE INDEX ix_proposal_taxes_proposal_id_option_n_position ON proposal_taxes (proposal_id, option_n, position);
--
CREATE INDEX ix_billing_plan_lines_plan_id_position ON billing_plan_lines (plan_id, position);
--
CREATE INDEX ix_appointments_to_invoice ON appointments (starts_at) WHERE state = 'done' AND invoice_id IS NULL AND deleted_at IS NULL;
--
CREATE INDEX ix_appointments_by_start ON appointments (starts_at) WHERE deleted_at IS NULL;
--
CREATE INDEX ix_appointments_location_id ON appointments (location_id) WHERE location_id IS NOT NULL;
--
CREATE UNIQUE INDEX ix_appointments_uid ON appointments (uid);
--
CREATE INDEX ix_appointments_call_back_of_id ON appointments (call_back_of_id) WHERE call_back_of_id IS NOT NULL;
--
CREATE INDEX ix_appointments_proposal_id ON appointments (proposal_id) WHERE proposal_id IS NOT NULL;
--
CREATE INDEX ix_appointments_invoice_id ON appointments (invoice_id);
--
CREATE INDEX ix_appointments_done ON appointments (contact_id, starts_local, location_id) WHERE state = 'done' AND kind = 'job' AND deleted_at IS NULL;
--
CREATE UNIQUE INDEX ix_appointments_occurrence ON appointments (series_id, occurrence_on) WHERE series_id IS NOT NULL;
--
CREATE INDEX ix_appointments_all_day ON appointments (starts_at) WHERE all_day = 1 AND deleted_at IS NULL;
--
CREATE INDEX ix_appointments_contact_id_starts_at ON appointments (contact_id, starts_at);
--
CREATE INDEX ix_invoice_taxes_invoice_id_position ON invoice_taxes (invoice_id, position);
--
CREATE INDEX ix_archived_documents_invoice_id ON archived_documents (invoice_id) WHERE invoice_id IS NOT NULL;
--
CREATE INDEX ix_archived_documents_contact_id_created_at ON archived_documents (contact_id, created_at);
--
CREATE INDEX ix_archived_documents_payment_id ON archived_documents (payment_id) WHERE payment_id IS NOT NULL;
--
CREATE INDEX ix_archived_documents_sha256 ON archived_documents (sha256);
--
CREATE INDEX ix_archived_documents_proposal_id ON archived_documents (proposal_id) WHERE proposal_id IS NOT NULL;
--
CREATE UNIQUE INDEX ix_late_fees_invoice_id_period_n ON late_fees (invoice_id, period_n);
--
CREATE INDEX ix_late_fees_fee_invoice_id ON late_fees (fee_invoice_id);
--
CREATE INDEX ix_allocations_payment_id ON allocations (payment_id);
--
CREATE INDEX ix_allocations_refund_id ON allocations (refund_id) WHERE refund_id IS NOT NULL;
--
CREATE INDEX ix_allocations_invoice_id ON allocations (invoice_id);
--
CREATE INDEX ix_allocations_credit_id ON allocations (credit_id) WHERE credit_id IS NOT NULL;
--
CREATE INDEX ix_billing_runs_invoice_id ON billing_runs (invoice_id) WHERE invoice_id IS NOT NULL;
--
CREATE UNIQUE INDEX ix_billing_runs_plan_id_period_on ON billing_runs (plan_id, period_on);
--
CREATE INDEX ix_appointment_lines_appointment_id_position ON appointment_lines (appointment_id, position);
--
CREATE INDEX ix_checklist_items_series_id ON checklist_items (series_id);
--
CREATE INDEX ix_checklist_items_service_id ON checklist_items (service_id);
--
CREATE INDEX ix_checklist_items_appointment_id ON checklist_items (appointment_id);
--
CREATE INDEX ix_complaints_appointment_id ON complaints (appointment_id);
--
CREATE INDEX ix_complaints_call_back_id ON complaints (call_back_id);
--
CREATE INDEX ix_complaints_contact_id_opened_at ON complaints (contact_id, opened_at);
--
CREATE INDEX ix_treatments_appointment_id ON treatments (appointment_id);
--
CREATE INDEX ix_treatments_product ON treatments (product);
--
CREATE INDEX ix_invoice_lines_appointment_id ON invoice_lines (appointment_id) WHERE appointment_id IS NOT NULL;
--
CREATE INDEX ix_invoice_lines_credits_line_id ON invoice_lines (credits_line_id) WHERE credits_line_id IS NOT NULL;
--
CREATE INDEX ix_invoice_lines_invoice_id_position ON invoice_lines (invoice_id, position);
--
CREATE INDEX ix_messages_invoice_id ON messages (invoice_id) WHERE invoice_id IS NOT NULL;
--
CREATE INDEX ix_messages_waiting ON messages (created_at) WHERE state = 'waiting' AND deleted_at IS NULL;
--
CREATE INDEX ix_messages_appointment_id ON messages (appointment_id);
--
CREATE INDEX ix_messages_proposal_id ON messages (proposal_id) WHERE proposal_id IS NOT NULL;
--
CREATE INDEX ix_messages_contact_id_created_at ON messages (contact_id, created_at);
--
CREATE INDEX ix_attachments_appointment_id ON attachments (appointment_id);
--
CREATE INDEX ix_attachments_sha256 ON attachments (sha256);
--
CREATE INDEX ix_attachments_location_id ON attachments (location_id);
--
CREATE INDEX ix_attachments_proposal_id ON attachments (proposal_id) WHERE proposal_id IS NOT NULL;
--
CREATE INDEX ix_attachments_contact_id_added_at ON attachments (contact_id, added_at);
--
CREATE INDEX ix_invoice_reminders_message_id ON invoice_reminders (message_id) WHERE message_id IS NOT NULL;
--
CREATE UNIQUE INDEX ix_invoice_reminders_invoice_id_step_n ON invoice_reminders (invoice_id, step_n);
--
CREATE TRIGGER invoices_fixed BEFORE UPDATE ON invoices
            WHEN OLD.state <> 'draft' AND (NEW.state = 'draft' OR NEW.uid IS NOT OLD.uid OR NEW.doc_type IS NOT OLD.doc_type OR NEW.corrects_id IS NOT OLD.corrects_id OR NEW.number IS NOT OLD.number OR NEW.series IS NOT OLD.series OR NEW.series_n IS NOT OLD.series_n OR NEW.issued_on IS NOT OLD.issued_on OR NEW.due_on IS NOT OLD.due_on OR NEW.terms_days IS NOT OLD.terms_days OR NEW.currency IS NOT OLD.currency OR NEW.rounding IS NOT OLD.rounding OR NEW.prices_include_tax IS NOT OLD.prices_include_tax OR NEW.tax_id IS NOT OLD.tax_id OR NEW.language IS NOT OLD.language OR NEW.discount_ppm IS NOT OLD.discount_ppm OR NEW.discount_fixed_cents IS NOT OLD.discount_fixed_cents OR NEW.subtotal_cents IS NOT OLD.subtotal_cents OR NEW.discount_cents IS NOT OLD.discount_cents OR NEW.net_cents IS NOT OLD.net_cents OR NEW.tax_cents IS NOT OLD.tax_cents OR NEW.total_cents IS NOT OLD.total_cents OR NEW.issued_at IS NOT OLD.issued_at OR NEW.created_at IS NOT OLD.created_at
            OR ((NEW.bill_to IS NOT OLD.bill_to OR NEW.service_place IS NOT OLD.service_place OR NEW.po IS NOT OLD.po OR NEW.message IS NOT OLD.message OR NEW.customer_notes IS NOT OLD.customer_notes OR NEW.tax_note IS NOT OLD.tax_note) AND NOT (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL)))
            BEGIN SELECT RAISE(ABORT, 'issued invoice is fixed'); END;
--
CREATE TRIGGER invoices_kept BEFORE DELETE ON invoices
            WHEN OLD.state <> 'draft' AND NOT (0)
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
CREATE TRIGGER proposals_fixed BEFORE UPDATE ON proposals
            WHEN OLD.state <> 'draft' AND (NEW.state = 'draft' OR NEW.uid IS NOT OLD.uid OR NEW.number IS NOT OLD.number OR NEW.series IS NOT OLD.series OR NEW.series_n IS NOT OLD.series_n OR NEW.revision IS NOT OLD.revision OR NEW.valid_until_on IS NOT OLD.valid_until_on OR NEW.currency IS NOT OLD.currency OR NEW.rounding IS NOT OLD.rounding OR NEW.prices_include_tax IS NOT OLD.prices_include_tax OR NEW.tax_id IS NOT OLD.tax_id OR NEW.tax_note IS NOT OLD.tax_note OR NEW.language IS NOT OLD.language OR NEW.discount_ppm IS NOT OLD.discount_ppm OR NEW.discount_fixed_cents IS NOT OLD.discount_fixed_cents OR NEW.deposit_ppm IS NOT OLD.deposit_ppm OR NEW.deposit_fixed_cents IS NOT OLD.deposit_fixed_cents OR NEW.created_at IS NOT OLD.created_at
            OR ((NEW.bill_to IS NOT OLD.bill_to OR NEW.service_place IS NOT OLD.service_place OR NEW.title IS NOT OLD.title OR NEW.message IS NOT OLD.message OR NEW.customer_notes IS NOT OLD.customer_notes) AND NOT (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL)))
            BEGIN SELECT RAISE(ABORT, 'sent proposal is fixed'); END;
--
CREATE TRIGGER proposals_kept BEFORE DELETE ON proposals
            WHEN OLD.state <> 'draft' AND NOT (OLD.erased_at IS NOT NULL)
            BEGIN SELECT RAISE(ABORT, 'sent proposal is fixed'); END;
--
CREATE TRIGGER proposal_lines_insert_fixed
            BEFORE INSERT ON proposal_lines
            WHEN EXISTS (SELECT 1 FROM proposals WHERE id = NEW.proposal_id AND state <> 'draft' AND erased_at IS NULL)
            BEGIN SELECT RAISE(ABORT, 'sent proposal is fixed'); END;
--
CREATE TRIGGER proposal_lines_update_fixed
            BEFORE UPDATE OF option_n, is_optional, name, description, qty_milli, unit, unit_price_e4, discount_ppm, discount_fixed_cents, taxable, tax_code_id, amount_cents ON proposal_lines
            WHEN EXISTS (SELECT 1 FROM proposals WHERE id = OLD.proposal_id AND state <> 'draft' AND erased_at IS NULL)
            BEGIN SELECT RAISE(ABORT, 'sent proposal is fixed'); END;
--
CREATE TRIGGER proposal_lines_delete_fixed
            BEFORE DELETE ON proposal_lines
            WHEN EXISTS (SELECT 1 FROM proposals WHERE id = OLD.proposal_id AND state <> 'draft' AND erased_at IS NULL)
            BEGIN SELECT RAISE(ABORT, 'sent proposal is fixed'); END;
--
CREATE TRIGGER payments_fixed BEFORE UPDATE ON payments WHEN NEW.kind IS NOT OLD.kind OR NEW.reverses_id IS NOT OLD.reverses_id OR NEW.paid_on IS NOT OLD.paid_on OR NEW.method IS NOT OLD.method OR NEW.currency IS NOT OLD.currency OR NEW.amount_cents IS NOT OLD.amount_cents OR NEW.tip_cents IS NOT OLD.tip_cents OR NEW.fee_cents IS NOT OLD.fee_cents OR NEW.created_at IS NOT OLD.created_at
            BEGIN SELECT RAISE(ABORT, 'recorded money is fixed'); END;
--
CREATE TRIGGER payments_kept BEFORE DELETE ON payments
            BEGIN SELECT RAISE(ABORT, 'recorded money is fixed'); END;
--
CREATE TRIGGER allocations_fixed BEFORE UPDATE ON allocations WHEN NEW.payment_id IS NOT OLD.payment_id OR NEW.credit_id IS NOT OLD.credit_id OR NEW.invoice_id IS NOT OLD.invoice_id OR NEW.refund_id IS NOT OLD.refund_id OR NEW.amount_cents IS NOT OLD.amount_cents OR NEW.applied_on IS NOT OLD.applied_on
            BEGIN SELECT RAISE(ABORT, 'recorded money is fixed'); END;
--
CREATE TRIGGER allocations_kept BEFORE DELETE ON allocations
            WHEN (SELECT state FROM invoices WHERE id = OLD.invoice_id) IS NOT 'draft'
            BEGIN SELECT RAISE(ABORT, 'recorded money is fixed'); END;
--
CREATE TRIGGER frequencies_due_of_appointment_insert
            AFTER INSERT ON appointments
            BEGIN UPDATE frequencies SET due_on = NULL WHERE contact_id IN (NEW.contact_id); END;
--
CREATE TRIGGER frequencies_due_of_appointment_update
            AFTER UPDATE ON appointments
            BEGIN UPDATE frequencies SET due_on = NULL WHERE contact_id IN (OLD.contact_id, NEW.contact_id); END;
--
CREATE TRIGGER frequencies_due_of_appointment_delete
            AFTER DELETE ON appointments
            BEGIN UPDATE frequencies SET due_on = NULL WHERE contact_id IN (OLD.contact_id); END;
--
CREATE TRIGGER frequencies_due_insert AFTER INSERT ON frequencies
            WHEN NEW.due_on IS NOT NULL BEGIN UPDATE frequencies SET due_on = NULL WHERE id = NEW.id; END;
--
CREATE TRIGGER frequencies_due_update AFTER UPDATE OF contact_id, location_id, service_id, every_n, unit, season_from, season_to, starts_on, created_at ON frequencies
            WHEN NEW.due_on IS NOT NULL BEGIN UPDATE frequencies SET due_on = NULL WHERE id = NEW.id; END;
--
