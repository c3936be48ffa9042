-- A few rows among the years of a clinic, asked for at every search and on the first page: found without reading the rest.
CREATE INDEX appointment_held_by_holder ON appointment (holder_key) WHERE status = 'held';
CREATE INDEX appointment_pending ON appointment (starts_at) WHERE status = 'pending';
CREATE INDEX appointment_ends_at ON appointment (ends_at);
