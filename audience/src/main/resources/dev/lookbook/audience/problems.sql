-- Where the first row of each kind of problem is; read only when there are any.
SELECT problem, min(line) AS line, arg_min_null(value, line) AS value
FROM (
  SELECT
    t.line,
    CASE
      WHEN t.day IS NULL THEN 'unreadable date'
      WHEN t.price_text IS NOT NULL AND t.price IS NULL THEN 'unreadable price'
      WHEN t.price < 0 THEN 'negative price'
      WHEN t.day >= DATE '{until}' THEN 'on or after the date'
      WHEN c.customer IS NULL THEN 'unknown customer'
      WHEN a.article IS NULL THEN 'unknown article'
    END AS problem,
    CASE
      WHEN t.day IS NULL THEN t.day_text
      WHEN t.price_text IS NOT NULL AND (t.price IS NULL OR t.price < 0) THEN t.price_text
      WHEN t.day >= DATE '{until}' THEN t.day_text
      WHEN c.customer IS NULL THEN t.customer_id
      ELSE t.article_id
    END AS value
  FROM (
    SELECT
      row_number() OVER () + 1 AS line,
      {t_dat} AS day_text,
      TRY_CAST({t_dat} AS DATE) AS day,
      {customer_id} AS customer_id,
      {article_id} AS article_id,
      {price} AS price_text,
      TRY_CAST({price} AS DOUBLE) AS price
    FROM {source}
  ) t
  LEFT JOIN customers c ON c.customer_id = t.customer_id
  LEFT JOIN article_ids a ON a.article_id = t.article_id
)
WHERE problem IS NOT NULL
GROUP BY problem
ORDER BY min(line);
