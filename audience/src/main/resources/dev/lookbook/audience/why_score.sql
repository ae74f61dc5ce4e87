-- The score of one customer at the date, and what became of the customer.
SELECT
  n.*,
  o.leaning_shape,
  p.place,
  p.ranked,
  CASE
    WHEN NOT f.step_1 THEN 'without consent'
    WHEN NOT f.step_2 THEN 'suppressed'
    WHEN NOT f.step_3 THEN 'last bought too long ago'
    WHEN NOT f.step_4 THEN 'too few visits'
    WHEN NOT f.step_5 THEN 'has just bought of the class'
    WHEN NOT f.step_6 THEN 'below the threshold'
    WHEN s.customer IS NULL THEN 'not among the best'
    WHEN s.is_held_out THEN 'held out'
    ELSE 'addressed'
  END AS outcome
FROM (
  SELECT
    n.customer,
    row_number() OVER (ORDER BY n.score DESC, c.draw, n.customer) AS place,
    count(*) OVER () AS ranked
  FROM scores n
  JOIN customers c ON c.customer = n.customer
  WHERE n.cut = 0
) p
JOIN scores n ON n.customer = p.customer AND n.cut = 0
JOIN customers c ON c.customer = n.customer
JOIN funnel f ON f.customer = n.customer AND f.cut = 0
CROSS JOIN population o
LEFT JOIN selection s ON s.customer = n.customer
WHERE c.customer_id = {customer};
