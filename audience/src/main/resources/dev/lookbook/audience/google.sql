-- What Google Customer Match takes: SHA-256 of the e-mail address, trimmed and in lower case, and of the phone number in
-- the form of E.164, without the (0) of "+49 (0)170". Nothing else leaves the house. Addresses that are none and numbers
-- without country stay empty.
CREATE OR REPLACE TABLE contacts AS
SELECT
  place,
  customer_id,
  CASE WHEN regexp_matches(email, '^[^@\s,;]+@[^@\s,;]+\.[^@\s.,;]+$') THEN email END AS email,
  CASE WHEN regexp_matches(phone, '^\+[1-9][0-9]{7,14}$') THEN phone END AS phone,
  email <> '' AND NOT regexp_matches(email, '^[^@\s,;]+@[^@\s,;]+\.[^@\s.,;]+$') AS is_no_email,
  phone <> '' AND NOT regexp_matches(phone, '^\+[1-9][0-9]{7,14}$') AS is_no_phone
FROM (
  SELECT
    place,
    customer_id,
    coalesce(lower(trim(email)), '') AS email,
    regexp_replace(
      regexp_replace(
        regexp_replace(coalesce(trim(phone), ''), '^((?:\+|00).*?)\(0\)', '\1'),
        '[\s()./-]', '', 'g'),
      '^00', '+') AS phone
  FROM selection
  WHERE NOT is_held_out
);
