-- Who is left after each condition of the campaign, at the date and at the earlier cuts. Consent and suppression are
-- known for today only and are taken to have held before.
CREATE OR REPLACE TABLE allowed AS
SELECT
  c.customer,
  c.draw,
  (s.ignore_consent OR coalesce(lower(trim(c.consent)) IN ('true', 'yes', 'y', '1', 't'), false)) AS has_consent,
  x.customer_id IS NULL AS is_kept
FROM customers c
CROSS JOIN settings s
LEFT JOIN suppressed x ON x.customer_id = trim(c.customer_id);

CREATE OR REPLACE TABLE funnel AS
SELECT
  n.customer,
  n.cut,
  n.score,
  n.bought_after,
  a.draw,
  a.has_consent AS step_1,
  a.has_consent AND a.is_kept AS step_2,
  a.has_consent AND a.is_kept AND n.last_day >= n.cut_day - s.recency_days AS step_3,
  a.has_consent AND a.is_kept AND n.last_day >= n.cut_day - s.recency_days AND n.visits >= s.min_visits AS step_4,
  a.has_consent AND a.is_kept AND n.last_day >= n.cut_day - s.recency_days AND n.visits >= s.min_visits
    AND n.just_bought < 0.5 AS step_5,
  a.has_consent AND a.is_kept AND n.last_day >= n.cut_day - s.recency_days AND n.visits >= s.min_visits
    AND n.just_bought < 0.5 AND n.score >= s.threshold AS step_6
FROM scores n
CROSS JOIN settings s
JOIN allowed a ON a.customer = n.customer;

-- The best of those, best first; equals in the order of their draw.
CREATE OR REPLACE TABLE ranked AS
SELECT
  customer,
  cut,
  score,
  bought_after,
  step_6 AS is_above,
  row_number() OVER (PARTITION BY cut ORDER BY score DESC, draw, customer) AS place,
  count(*) OVER (PARTITION BY cut) AS eligible
FROM funnel
WHERE step_5;
