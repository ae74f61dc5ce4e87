-- A visit is a customer's purchases of one day: what lies in one basket is not bought independently of each other.
CREATE OR REPLACE TABLE visits AS
SELECT
  p.customer,
  p.day,
  sum(t.target) AS class_items, -- how many of the items are of the class, expected
  sum(t.log_not) AS log_not     -- the logarithm of the probability that none is
FROM purchase_rows p JOIN targets t ON t.article = p.article
WHERE p.problem IS NULL
GROUP BY p.customer, p.day;
