-- The customers, numbered by their line in the file (the header is line 1). Each gets a number that is as good as random,
-- the same for the same seed: it breaks ties and draws samples.
-- {source}: the file; {customer_id}, {email}, {phone}, {consent}: its columns, as text.
CREATE OR REPLACE TABLE customers AS
SELECT
  CAST(row_number() OVER () + 1 AS INTEGER) AS customer,
  {customer_id} AS customer_id,
  {email} AS email,
  {phone} AS phone,
  {consent} AS consent,
  CAST('0x' || substr(md5('{seed}:' || {customer_id}), 1, 15) AS BIGINT) AS draw
FROM {source};
