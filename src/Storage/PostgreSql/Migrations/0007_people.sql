-- oldest: 0.2.0
-- A person is looked for in all accounts, by address or by an id in either system.
CREATE INDEX employee_by_email ON employee (substr(folded, length(name) + 2, 320));
CREATE INDEX employee_by_user ON employee (user_id);
CREATE INDEX employee_by_employee ON employee (employee_id) WHERE employee_id IS NOT NULL;
