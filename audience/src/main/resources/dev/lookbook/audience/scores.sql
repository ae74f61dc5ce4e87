-- The score: the probability to buy an item of the class within the horizon, and what it is made of.
-- With A visits expected, a level of L items in a visit, and a leaning that is gamma distributed with shape a + bought
-- and rate a + usual, the number of items is negative binomial; the score is one minus the probability of none.
CREATE OR REPLACE TABLE scores AS
SELECT
  n.*,
  1 - power(n.rate / (n.rate + n.expected_visits * n.level), n.shape) AS score
FROM (
  SELECT
    n.customer,
    n.cut,
    n.cut_day,
    n.first_day,
    n.last_day,
    n.visits,
    n.bought,
    n.usual,
    n.just_bought,
    n.bought_after,
    n.pace,
    n.leaning,
    coalesce(r.ratio, 1) * e.ratio AS return_ratio,
    n.pace * s.horizon * coalesce(r.ratio, 1) * e.ratio AS expected_visits,
    l.level,
    o.leaning_shape + n.bought AS shape,
    o.leaning_shape + n.usual AS rate
  FROM customers_at_cuts n
  CROSS JOIN settings s
  CROSS JOIN population o
  JOIN expected_traffic e ON e.cut = n.cut
  JOIN levels l ON l.cut = n.cut
  LEFT JOIN returns r ON r.away = n.away AND r.busy = n.busy
) n;
