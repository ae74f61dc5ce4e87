-- What Google Customer Match takes: SHA-256 of the e-mail address, trimmed and in lower case, and of the phone number in
-- the form of E.164, without the (0) of "+49 (0)170". Nothing else leaves the house. Addresses that are none and numbers
-- without country stay empty, and so do those that also belong to somebody who is suppressed or held out.
CREATE OR REPLACE TABLE addresses AS
SELECT
  customer,
  is_withheld,
  CASE WHEN regexp_matches(email, '^[^@\s,;]+@[^@\s,;]+\.[^@\s.,;]+$') THEN email END AS email,
  CASE WHEN regexp_matches(phone, '^\+[1-9][0-9]{7,14}$') THEN phone END AS phone,
  email <> '' AND NOT regexp_matches(email, '^[^@\s,;]+@[^@\s,;]+\.[^@\s.,;]+$') AS is_no_email,
  phone <> '' AND NOT regexp_matches(phone, '^\+[1-9][0-9]{7,14}$') AS is_no_phone
FROM (
  SELECT
    c.customer,
    NOT a.is_kept OR coalesce(s.is_held_out, false) AS is_withheld,
    coalesce(lower(trim(c.email)), '') AS email,
    regexp_replace(
      regexp_replace(
        regexp_replace(coalesce(trim(c.phone), ''), '^(\(?(?:\+|00).*?)\(0\)', '\1'),
        '[\s()./-]', '', 'g'),
      '^00', '+') AS phone
  FROM customers c
  JOIN allowed a ON a.customer = c.customer
  LEFT JOIN selection s ON s.customer = c.customer
  WHERE s.customer IS NOT NULL OR NOT a.is_kept
);

CREATE OR REPLACE TABLE contacts AS
SELECT
  s.place,
  s.customer_id,
  CASE WHEN e.email IS NULL THEN a.email END AS email,
  CASE WHEN p.phone IS NULL THEN a.phone END AS phone,
  a.is_no_email,
  a.is_no_phone,
  e.email IS NOT NULL AS is_email_withheld,
  p.phone IS NOT NULL AS is_phone_withheld
FROM selection s
JOIN addresses a ON a.customer = s.customer
LEFT JOIN (SELECT DISTINCT email FROM addresses WHERE is_withheld) e ON e.email = a.email
LEFT JOIN (SELECT DISTINCT phone FROM addresses WHERE is_withheld) p ON p.phone = a.phone
WHERE NOT s.is_held_out;
