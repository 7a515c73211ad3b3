;
'
"
/*
SELECT
plays
PRAGMA database_list
ATTACH 'x.db' AS x
COPY plays TO 'x.csv'
INSTALL httpfs
LOAD httpfs
SET threads = 9
EXPORT DATABASE 'x'
DROP TABLE plays
UPDATE plays SET viewer = 1
DELETE FROM plays
CALL pragma_version()
EXPLAIN SELECT count(*) FROM plays
DESCRIBE plays
SUMMARIZE plays
VALUES (1)
FROM plays
FROM plays SELECT count(*)
TABLE plays
SHOW TABLES
BEGIN
PIVOT plays ON title
WITH p AS (SELECT * FROM plays) SELECT count(*) FROM p
(SELECT count(*) FROM plays)
SELECT count(*) FROM (SELECT * FROM plays)
SELECT count(*) FROM read_csv('x.csv')
SELECT count(*) FROM 'x.parquet'
SELECT count(*) FROM main.plays
SELECT count(*) FROM log
SELECT count(*) FROM duckdb_tables()
SELECT count(*) FROM information_schema.tables
SELECT count(*) FROM sqlite_master
SELECT count(*) FROM ｐlays
SELECT ｃount(*) FROM plays
SELECT count(*) FROM plays WHERE vıewer = 1
SELECT count(DISTINCT viewer) FROM plays WHERE hour IN (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20)
SELECT * FROM plays
SELECT viewer FROM plays
SELECT title FROM plays
SELECT viewer AS title, count(*) FROM plays
SELECT max(title) FROM plays
SELECT min(viewer) FROM plays
SELECT max(viewer) FROM plays
SELECT list(viewer) FROM plays
SELECT array_agg(title) FROM plays
SELECT string_agg(title, ',') FROM plays
SELECT first(viewer) FROM plays
SELECT any_value(title) FROM plays
SELECT mode(viewer) FROM plays
SELECT arg_max(viewer, minutes) FROM plays
SELECT histogram(viewer) FROM plays
SELECT count(viewer) FROM plays
SELECT count(title) FROM plays
SELECT count(DISTINCT title) FROM plays
SELECT count(DISTINCT account) FROM plays
SELECT count(DISTINCT (viewer, title)) FROM plays
SELECT count(DISTINCT viewer, title) FROM plays
SELECT sum(viewer) FROM plays
SELECT sum(DISTINCT minutes) FROM plays
SELECT sum(hour) FROM plays
SELECT avg(minutes + viewer) FROM plays
SELECT count(NULL) FROM plays
SELECT count() FROM plays
SELECT count(*), count(*) FROM plays
SELECT count(*) + 0 FROM plays
SELECT count(*) FILTER (WHERE viewer = 1) FROM plays
SELECT count(*) OVER () FROM plays
SELECT sum(minutes) OVER (ORDER BY viewer) FROM plays
SELECT row_number() OVER (ORDER BY viewer) FROM plays
SELECT quantile(minutes, 0) FROM plays
SELECT (SELECT count(*) FROM plays) FROM plays
SELECT DISTINCT count(*) FROM plays
SELECT count(* EXCLUDE title) FROM plays
SELECT CAST(count(*) AS VARCHAR) FROM plays
SELECT count(*)::VARCHAR FROM plays
SELECT CASE WHEN count(*) > 1 THEN 1 END FROM plays
SELECT 1 FROM plays
SELECT NULL FROM plays
SELECT 'x' FROM plays
SELECT x'00' FROM plays
SELECT COLUMNS('v.*') FROM plays
SELECT approx_count_distinct(viewer) FROM plays
SELECT getenv('HOME') FROM plays
SELECT current_setting('threads') FROM plays
SELECT query('SELECT 1') FROM plays
SELECT title, count(*) FROM plays
SELECT entropy(viewer) FROM plays
SELECT bit_xor(viewer) FROM plays
SELECT count_if(viewer = 1) FROM plays
SELECT count(DISTINCT viewer) FROM plays WHERE viewer = 1
SELECT count(DISTINCT viewer) FROM plays WHERE "VIEWER" = 1
SELECT count(DISTINCT viewer) FROM plays WHERE account = 1
SELECT count(DISTINCT viewer) FROM plays WHERE name = 'x'
SELECT count(DISTINCT viewer) FROM plays WHERE started_at > '2017-12-10'
SELECT count(DISTINCT viewer) FROM plays WHERE minutes = 31
SELECT count(DISTINCT viewer) FROM plays WHERE minutes >= 31 AND minutes < 32
SELECT count(DISTINCT viewer) FROM plays WHERE minutes BETWEEN 30 AND 35
SELECT count(DISTINCT viewer) FROM plays WHERE minutes >= 30 AND minutes <= 30
SELECT count(DISTINCT viewer) FROM plays WHERE minutes IN (30)
SELECT count(DISTINCT viewer) FROM plays WHERE minutes >= 30.5
SELECT count(DISTINCT viewer) FROM plays WHERE hour = -1
SELECT count(DISTINCT viewer) FROM plays WHERE title LIKE 'A%'
SELECT count(DISTINCT viewer) FROM plays WHERE title ILIKE 'a%'
SELECT count(DISTINCT viewer) FROM plays WHERE title ~ 'A'
SELECT count(DISTINCT viewer) FROM plays WHERE title < 'B'
SELECT count(DISTINCT viewer) FROM plays WHERE title IS NULL
SELECT count(DISTINCT viewer) FROM plays WHERE title = 'x' OR true
SELECT count(DISTINCT viewer) FROM plays WHERE NOT title = 'x'
SELECT count(DISTINCT viewer) FROM plays WHERE true
SELECT count(DISTINCT viewer) FROM plays WHERE 1 = 1
SELECT count(DISTINCT viewer) FROM plays WHERE title = device
SELECT count(DISTINCT viewer) FROM plays WHERE title = 'a' OR (hour = 1 AND viewer = 2)
SELECT count(DISTINCT viewer) FROM plays WHERE lower(title) = 'a'
SELECT count(DISTINCT viewer) FROM plays WHERE hour + 1 = 2
SELECT count(DISTINCT viewer) FROM plays WHERE hour = 1 + 1
SELECT count(DISTINCT viewer) FROM plays WHERE title IN (SELECT title FROM plays WHERE viewer = 1)
SELECT count(DISTINCT viewer) FROM plays WHERE EXISTS (SELECT 1)
SELECT count(DISTINCT viewer) FROM plays WHERE title IN ()
SELECT count(DISTINCT viewer) FROM plays WHERE hour = (SELECT max(viewer) FROM plays)
SELECT count(DISTINCT viewer) FROM plays WHERE (viewer, title) IN ((1, 'x'))
SELECT count(DISTINCT viewer) FROM plays WHERE hour = '5'
SELECT count(DISTINCT viewer) FROM plays WHERE title = 5
SELECT count(DISTINCT viewer) FROM plays WHERE local_day = 5
SELECT count(DISTINCT viewer) FROM plays WHERE local_day = 'yesterday'
SELECT count(DISTINCT viewer) FROM plays WHERE local_day = now()
SELECT count(DISTINCT viewer) FROM plays WHERE hour = NULL
SELECT count(DISTINCT viewer) FROM plays WHERE local_day = '2017-12-10'::TIMESTAMP
SELECT count(DISTINCT viewer) FROM plays WHERE title = 'x'::VARCHAR
SELECT count(DISTINCT viewer) FROM plays WHERE title = 'a' COLLATE nocase
SELECT count(DISTINCT viewer) FROM plays WHERE CASE WHEN viewer = 1 THEN true END
SELECT count(DISTINCT viewer) FROM plays WHERE hour = 1 AND hour = 2 AND hour = 3 AND hour = 4 AND hour = 5 AND hour = 6
SELECT count(DISTINCT viewer) FROM plays WHERE 5 < hour
SELECT count(DISTINCT viewer) FROM plays WHERE hour NOT IN (1)
SELECT count(DISTINCT viewer) FROM plays WHERE hour NOT BETWEEN 1 AND 2
SELECT count(DISTINCT viewer) FROM plays WHERE title = $1
SELECT count(DISTINCT viewer) FROM plays WHERE title = ?
SELECT count(DISTINCT viewer) FROM plays WHERE rowid = 1
SELECT count(DISTINCT viewer) FROM plays WHERE plays.viewer = 1
SELECT count(DISTINCT viewer) FROM plays WHERE plays = 1
SELECT count(DISTINCT viewer) FROM plays WHERE COLUMNS(*) > 1
SELECT count(DISTINCT viewer) FROM plays WHERE title = E'a'
SELECT count(DISTINCT viewer) FROM plays WHERE local_day = DATE '9999-12-31'
SELECT count(DISTINCT viewer) FROM plays WHERE hour < 99999999999999999999
SELECT count(DISTINCT viewer) FROM plays WHERE hour < 1e400
SELECT count(DISTINCT viewer) FROM plays HAVING count(*) < 2
SELECT count(DISTINCT viewer) FROM plays ORDER BY viewer
SELECT count(DISTINCT viewer) FROM plays LIMIT 1
SELECT count(DISTINCT viewer) FROM plays OFFSET 3
SELECT count(DISTINCT viewer) FROM plays GROUP BY viewer
SELECT count(DISTINCT viewer) FROM plays GROUP BY 1
SELECT count(DISTINCT viewer) FROM plays GROUP BY ALL
SELECT count(DISTINCT viewer) FROM plays GROUP BY title
SELECT count(DISTINCT viewer) FROM plays GROUP BY ROLLUP (title)
SELECT count(DISTINCT viewer) FROM plays GROUP BY GROUPING SETS ((title), (viewer))
SELECT count(DISTINCT viewer) FROM plays QUALIFY true
SELECT count(DISTINCT viewer) FROM plays USING SAMPLE 1
SELECT count(DISTINCT viewer) FROM plays TABLESAMPLE 10%
SELECT count(DISTINCT viewer) FROM plays UNION SELECT viewer FROM plays
SELECT count(DISTINCT viewer) FROM plays UNION ALL BY NAME SELECT title FROM plays
SELECT count(DISTINCT viewer) FROM plays EXCEPT SELECT 1
SELECT count(DISTINCT viewer) FROM plays INTERSECT SELECT 1
SELECT count(DISTINCT viewer) FROM plays WINDOW w AS (PARTITION BY viewer)
SELECT count(DISTINCT viewer) FROM plays , plays AS p
SELECT count(DISTINCT viewer) FROM plays JOIN plays AS p ON true
SELECT count(DISTINCT viewer) FROM plays NATURAL JOIN plays
SELECT count(DISTINCT viewer) FROM plays AS p
SELECT count(DISTINCT viewer) FROM plays p (viewer)
SELECT count(DISTINCT viewer) FROM plays ; DROP TABLE plays
SELECT count(DISTINCT viewer) FROM plays ; SELECT 1
SELECT count(DISTINCT viewer) FROM plays WHERE title = 'x' AND
SELECT count(DISTINCT viewer) FROM plays WHERE (((
SELECT count(DISTINCT viewer) FROM plays FOR UPDATE
SELECT count(DISTINCT viewer) FROM plays AT (VERSION => 1)
SELECT count(DISTINCT viewer) FROM plays PIVOT (count(*) FOR title IN ('x'))
SELECT count(*) FROM plays WHERE local_day = '20171227'
SELECT count(*) FROM plays WHERE local_day = '2017-W34-6'
SELECT count(*) FROM plays WHERE local_day = '2017-12-27 '
