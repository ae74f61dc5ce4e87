-- What the chosen bought in the year before the date, by class, beside all customers.
SELECT
  k.class,
  CAST(sum(CAST(p.by_chosen * k.probability AS DECIMAL(28, 9))) AS DOUBLE) / greatest(1, sum(p.by_chosen)) AS of_chosen,
  CAST(sum(CAST(p.by_all * k.probability AS DECIMAL(28, 9))) AS DOUBLE) / greatest(1, sum(p.by_all)) AS of_all
FROM (
  SELECT p.article, count(s.customer) AS by_chosen, count(*) AS by_all
  FROM purchase_rows p LEFT JOIN selection s ON s.customer = p.customer
  WHERE p.problem IS NULL AND p.day >= DATE '{from}'
  GROUP BY p.article
) p
JOIN article_classes k ON k.article = p.article
GROUP BY k.class;
