-- Every row of the transactions, with the reason why it cannot be used, if any.
-- {source}: the file; {t_dat}, {customer_id}, {article_id}, {price}: its columns, as text.
CREATE OR REPLACE TABLE purchase_rows AS
SELECT
  c.customer,
  a.article,
  t.day,
  CASE
    WHEN t.day IS NULL THEN 'unreadable date'
    WHEN t.price_text IS NOT NULL AND t.price IS NULL THEN 'unreadable price'
    WHEN t.price < 0 THEN 'negative price'
    WHEN t.day >= s.until THEN 'on or after the date'
    WHEN c.customer IS NULL THEN 'unknown customer'
    WHEN a.article IS NULL THEN 'unknown article'
  END AS problem
FROM (
  SELECT
    TRY_CAST({t_dat} AS DATE) AS day,
    {customer_id} AS customer_id,
    {article_id} AS article_id,
    {price} AS price_text,
    TRY_CAST({price} AS DOUBLE) AS price
  FROM {source}
) t
CROSS JOIN (SELECT DATE '{until}' AS until) s
LEFT JOIN customers c ON c.customer_id = t.customer_id
LEFT JOIN article_ids a ON a.article_id = t.article_id;
