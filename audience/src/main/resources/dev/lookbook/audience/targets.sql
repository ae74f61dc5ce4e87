-- What the campaign needs of an article: the probability that it is of one of its classes. Sums are taken over
-- decimals, because sums of floating-point numbers depend on their order, and so on the number of threads.
CREATE OR REPLACE TABLE targets AS
SELECT
  article,
  CAST(target AS DECIMAL(18, 9)) AS target,
  CAST(ln(greatest(1 - target, 1e-9)) AS DECIMAL(18, 9)) AS log_not
FROM (
  SELECT c.article, least(1, sum(CASE WHEN t.class IS NULL THEN 0 ELSE CAST(c.probability AS DECIMAL(18, 12)) END)) AS target
  FROM {classes} c LEFT JOIN campaign_classes t ON t.class = c.class
  GROUP BY c.article
);
