-- Who would have been ranked how on the date, by the score and by simple rules, and what they bought in the window after.
-- {day}: the date; {horizon}: days of the window.
CREATE OR REPLACE TABLE outcomes AS
SELECT p.customer, 1 - exp(CAST(sum(t.log_not) AS DOUBLE)) AS bought_after
FROM purchase_rows p JOIN {outcome_targets} t ON t.article = p.article
WHERE p.problem IS NULL AND p.day >= DATE '{day}' AND p.day < DATE '{day}' + {horizon}
GROUP BY p.customer;

-- The hundred articles that sold most in the window before the date.
CREATE OR REPLACE TABLE bestsellers AS
SELECT article
FROM (
  SELECT article, row_number() OVER (ORDER BY count(*) DESC, article) AS place
  FROM purchase_rows
  WHERE problem IS NULL AND day < DATE '{day}' AND day >= DATE '{day}' - {horizon}
  GROUP BY article
)
WHERE place <= 100;

CREATE OR REPLACE TABLE habits AS
SELECT
  p.customer,
  max(p.day) AS last_day,
  count(*) AS purchases,
  sum(CASE WHEN l.article IS NULL THEN 0 ELSE 1 END) AS of_class,
  sum(CASE WHEN b.article IS NULL THEN 0 ELSE 1 END) AS of_bestsellers
FROM purchase_rows p
LEFT JOIN labelled l ON l.article = p.article
LEFT JOIN bestsellers b ON b.article = p.article
WHERE p.problem IS NULL AND p.day < DATE '{day}'
GROUP BY p.customer;

SELECT
  n.customer,
  coalesce(o.bought_after, 0) AS bought_after,
  CAST(row_number() OVER (ORDER BY n.score DESC, c.draw, c.customer) AS INTEGER) AS by_score,
  CAST(row_number() OVER (ORDER BY h.last_day DESC, c.draw, c.customer) AS INTEGER) AS by_recency,
  CAST(row_number() OVER (ORDER BY h.of_bestsellers DESC, c.draw, c.customer) AS INTEGER) AS by_popularity,
  CAST(row_number() OVER (ORDER BY h.purchases DESC, c.draw, c.customer) AS INTEGER) AS by_frequency,
  CAST(row_number() OVER (ORDER BY h.of_class DESC, c.draw, c.customer) AS INTEGER) AS by_class_count
FROM scores n
JOIN customers c ON c.customer = n.customer
JOIN habits h ON h.customer = n.customer
LEFT JOIN outcomes o ON o.customer = n.customer
WHERE n.cut = 0
ORDER BY n.customer;
