-- Time is cut into windows of a horizon's length, counted back from the date: window 1 ends the day before it, window 2
-- lies before window 1, and so on; all that is older than the last cut counts as one window. Window n follows cut n.
-- A visit counts half for every half-life that it is old, seen from the date. Seen from an earlier cut it would count
-- more, by the same factor for all visits, which is put right below.
CREATE OR REPLACE TABLE day_weights AS
SELECT
  day,
  weight,
  least(CAST(ceil((as_of - day) / CAST(horizon AS DOUBLE)) AS INTEGER), last_cut + 1) AS number,
  CAST(weight AS DECIMAL(18, 12)) AS visit,
  CAST(weight * weight AS DECIMAL(18, 12)) AS visit_2,
  CAST(weight * level AS DECIMAL(18, 12)) AS usual,
  CAST(weight * level * weight * level AS DECIMAL(28, 12)) AS usual_2
FROM (
  SELECT
    d.day,
    s.as_of,
    s.horizon,
    w.level,
    (SELECT max(cut) FROM cuts) AS last_cut,
    power(0.5, (s.as_of - d.day) / s.half_life) AS weight
  FROM days d
  CROSS JOIN settings s
  JOIN weeks w ON w.week = CAST(floor((s.as_of - d.day - 1) / 7.0) AS INTEGER)
) d;

-- Of customers who are not in the sample of the earlier cuts, one window holds all.
CREATE OR REPLACE TABLE customer_windows AS
SELECT
  v.customer,
  CASE WHEN u.draw % s.stride = 0 THEN d.number ELSE 1 END AS number,
  min(v.day) AS first_day,
  max(v.day) AS last_day,
  count(*) AS visits,
  sum(v.log_not) AS log_not,
  sum(d.visit) AS weight,
  sum(d.visit_2) AS weight_2,
  sum(CAST(d.weight * v.items AS DECIMAL(28, 12))) AS bought,
  sum(CAST(d.weight * v.items * d.weight * v.items AS DECIMAL(28, 12))) AS bought_2,
  sum(d.usual) AS usual,
  sum(d.usual_2) AS usual_2
FROM (SELECT customer, day, log_not, CAST(class_items AS DOUBLE) AS items FROM visits) v
CROSS JOIN settings s
JOIN day_weights d ON d.day = v.day
JOIN customers u ON u.customer = v.customer
GROUP BY 1, 2;

-- Expected items of the class that were bought too short a time before each cut.
CREATE OR REPLACE TABLE just_bought AS
SELECT v.customer, c.cut, CAST(sum(v.class_items) AS DOUBLE) AS items
FROM visits v
CROSS JOIN settings s
JOIN cuts c ON v.day < c.day AND v.day >= c.day - s.exclude_days
GROUP BY v.customer, c.cut;

-- Of each window, what is known when it ends: sums over it and all older ones; and the window that came next.
CREATE OR REPLACE TABLE known AS
SELECT
  customer,
  number,
  last_day,
  min(first_day) OVER older AS first_day,
  CAST(sum(visits) OVER older AS BIGINT) AS visits,
  sum(weight) OVER older AS weight,
  sum(weight_2) OVER older AS weight_2,
  sum(bought) OVER older AS bought,
  sum(bought_2) OVER older AS bought_2,
  sum(usual) OVER older AS usual,
  sum(usual_2) OVER older AS usual_2,
  lead(number) OVER older AS next_number,
  lead(visits) OVER older AS next_visits,
  lead(log_not) OVER older AS next_log_not
FROM customer_windows
WINDOW older AS (PARTITION BY customer ORDER BY number DESC ROWS UNBOUNDED PRECEDING);

-- Every customer as known at every cut, and what came of it in the window after. Only customers who had come before the
-- cut are known; of the earlier cuts a sample will do (settings.stride). What was known when a window ended is known at
-- every cut until the customer came again.
CREATE OR REPLACE TABLE snapshots AS
SELECT
  n.customer,
  n.cut,
  n.cut_day,
  n.first_day,
  n.last_day,
  n.visits,
  CAST(n.weight AS DOUBLE) * n.older AS weight,
  CAST(n.weight_2 AS DOUBLE) * n.older * n.older AS weight_2,
  CAST(n.bought AS DOUBLE) * n.older AS bought,
  CAST(n.bought_2 AS DOUBLE) * n.older * n.older AS bought_2,
  CAST(n.usual AS DOUBLE) * n.older AS usual,
  CAST(n.usual_2 AS DOUBLE) * n.older * n.older AS usual_2,
  CASE WHEN n.next_number = n.cut THEN n.next_visits ELSE 0 END AS visits_after,
  CASE WHEN n.next_number = n.cut THEN 1 - exp(CAST(n.next_log_not AS DOUBLE)) ELSE 0 END AS bought_after,
  coalesce(j.items, 0) AS just_bought
FROM (
  SELECT k.*, c.cut, c.day AS cut_day, power(2, (s.as_of - c.day) / s.half_life) AS older
  FROM known k
  CROSS JOIN settings s
  JOIN cuts c ON c.cut < k.number AND c.cut >= coalesce(k.next_number, 0)
) n
LEFT JOIN just_bought j ON j.customer = n.customer AND j.cut = n.cut;
