-- What the chosen bought most of what is likely to be of the campaign's classes.
SELECT a.article_id, l.class, l.probability, a.picture, p.purchases, p.customers
FROM (
  SELECT p.article, count(*) AS purchases, count(DISTINCT p.customer) AS customers
  FROM purchase_rows p JOIN selection s ON s.customer = p.customer
  WHERE p.problem IS NULL
  GROUP BY p.article
) p
JOIN targets t ON t.article = p.article
JOIN article_rows a ON a.article = p.article
JOIN (
  SELECT article, arg_max(class, probability) AS class, max(probability) AS probability
  FROM article_classes GROUP BY article
) l ON l.article = p.article
WHERE t.target >= 0.5
ORDER BY p.purchases DESC, a.article
LIMIT {most};
