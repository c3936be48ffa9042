-- What administrators edit counts its changes: whoever saves what was changed since they read it is refused.
ALTER TABLE clinic
  ADD COLUMN version integer NOT NULL DEFAULT 1,
  ADD COLUMN policy_version integer NOT NULL DEFAULT 1;
ALTER TABLE location ADD COLUMN version integer NOT NULL DEFAULT 1;
ALTER TABLE account ADD COLUMN version integer NOT NULL DEFAULT 1;
ALTER TABLE service_category ADD COLUMN version integer NOT NULL DEFAULT 1;
ALTER TABLE resource ADD COLUMN version integer NOT NULL DEFAULT 1;
ALTER TABLE schedule_exception ADD COLUMN version integer NOT NULL DEFAULT 1;
ALTER TABLE leave ADD COLUMN version integer NOT NULL DEFAULT 1;
ALTER TABLE closure ADD COLUMN version integer NOT NULL DEFAULT 1;
