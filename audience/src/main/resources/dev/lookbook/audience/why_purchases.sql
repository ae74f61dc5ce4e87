-- The purchases of one customer, those first that add most to the leaning.
SELECT
  p.day,
  a.article_id,
  a.picture,
  l.class AS label,
  CAST(t.target AS DOUBLE) AS probability,
  power(0.5, (s.as_of - p.day) / s.half_life) AS weight,
  CAST(t.target AS DOUBLE) * power(0.5, (s.as_of - p.day) / s.half_life) AS adds
FROM purchase_rows p
CROSS JOIN settings s
JOIN customers c ON c.customer = p.customer
JOIN targets t ON t.article = p.article
JOIN article_rows a ON a.article = p.article
JOIN (SELECT article, arg_max(class, probability) AS class FROM article_classes GROUP BY article) l
  ON l.article = p.article
WHERE p.problem IS NULL AND p.day < s.as_of AND c.customer_id = {customer}
ORDER BY adds DESC, p.day DESC, a.article;
