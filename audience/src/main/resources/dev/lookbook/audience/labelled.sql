-- The articles whose most probable class is one of the campaign's.
CREATE OR REPLACE TABLE labelled AS
SELECT l.article
FROM (SELECT article, arg_max(class, probability) AS class FROM article_classes GROUP BY article) l
JOIN campaign_classes c ON c.class = l.class;
