-- A message is seen by who may see its addressee, not by everybody with the outbox: it names a client and what was booked, or a
-- colleague and how their account is entered. Codes for strangers, who are nobody's client yet, stay with the outbox.
DROP POLICY message_all ON message;
CREATE POLICY message_all ON message FOR ALL TO dermis_app
  USING ((SELECT acting_may('messages.view')) AND CASE
    WHEN client_id IS NOT NULL THEN (SELECT acting_may('clients.view_all')) OR acting_treats(client_id)
    WHEN kind = 'proof_code' THEN true
    ELSE (SELECT acting_may('people.edit')) END)
  WITH CHECK ((SELECT acting_may('messages.view')));
