-- Every form of the language once. Each statement must parse.

-- Lexical.
select a FROM t; SELECT A from T;
SELECT `Quoted Name`, `with ``back`` quotes` FROM `select`;
SELECT 'it''s' AS a, "it""s" AS b, '' AS c, "" AS d, 'a "b" c' AS e, 'line
feed' AS f FROM t;
SELECT a /* a comment ** with stars */, b -- another
FROM t WHERE a == 1 AND b != 2 OR c <> 3; /**/ /* ; */ -- ;
SELECT 500 MILLISECONDS AS a, 10 sec AS b, 10 MIN AS c, 1 HOUR 30 MINUTES AS d, 2 DAYS AS e FROM t;
SELECT INTERVAL '10' MINUTE AS a, INTERVAL '-1.5' HOURS AS b, 5ms AS c, 5 s AS d, 5 h AS e, 5 hr AS f, 5 d AS g, 1.5 HOURS AS h FROM t;
SELECT window, first, time, size, key, "limit" AS limit, by, left, right, min, max, day, second, s, d, h, ms, date, values,
  pattern, row, rows, emit, late, grace, within, last, events, every_day, stream, type, set, interval, zone, at, array_ FROM t;
SELECT t.window, t.left FROM t;

-- Types.
CREATE STREAM AllTypes (
  a BOOLEAN, b INT, c BIGINT, d DOUBLE, e DECIMAL(10, 2), f STRING, g VARCHAR, h BYTES, i TIMESTAMP, j DATE, k TIME,
  l INTERVAL, m ARRAY<INT>, n MAP<STRING, ARRAY<DOUBLE>>, o STRUCT<a INT, b STRUCT<c STRING>>, p LONG, q INTEGER,
  r VARCHAR(20), s ROW<a INT>, t ARRAY<ARRAY<ARRAY<INT>>>, u Money);
SELECT 0.908 AS a, 9e-1 AS b, 1.5E+3 AS c, .5 AS d, 7 / 2 AS e, 123456789012345678901234567890 AS f FROM t;
SELECT DATE '2024-03-01' AS a, TIME '10:00:00' AS b, TIMESTAMP '2024-03-01 10:00:00' AS c FROM t;
SELECT ARRAY[1, 2] AS a, ARRAY[] AS b, MAP['a', 1, 'b', 2] AS c, MAP[] AS d, STRUCT(x AS a, y) AS e FROM t;
SELECT CAST(ARRAY[] AS ARRAY<INT>) AS a, TRY_CAST(x AS DECIMAL(10, 2)) AS b FROM t;
SELECT s.field, s.*, t.s.*, m[key], a[1], a[-1], a[last], a[last].price, m['x'].y[2], a[i + 1] FROM t;
SELECT transform(a, x => x * 2), filter(m, (k, v) => k = 'a' AND v > 1), reduce(a, 0, (x, y) => x + y) FROM t;
SELECT transform(a, x => transform(x, y => y + 1)) FROM t;

-- Sources, sinks and tables.
CREATE STREAM Trades (
  symbol STRING KEY,
  price  DOUBLE,
  volume BIGINT,
  ts     TIMESTAMP,
  WATERMARK FOR ts AS ts - 5 SECONDS
) WITH (connector = 'kafka', topic = 'trades', format = 'json');
CREATE TABLE Users (id BIGINT PRIMARY KEY, name STRING, tier STRING)
  WITH (connector = 'file', path = 'users.csv', format = 'csv');
CREATE STREAM Alerts WITH (connector = 'kafka', topic = 'alerts', format = 'json') AS
  SELECT symbol, price * volume AS value FROM Trades WHERE price > 100;
INSERT INTO Alerts SELECT symbol, price AS value FROM Trades;
INSERT INTO Alerts (symbol, value) SELECT symbol, price FROM Trades;
INSERT INTO Alerts (SELECT symbol, price AS value FROM Trades);
INSERT INTO Alerts VALUES ('a', 1.5), ('b', -2);
INSERT INTO Alerts (value, symbol) VALUES (1, 'a');
CREATE TABLE TopUsers AS SELECT user, count(*) AS n FROM Clicks GROUP BY user;
CREATE STREAM Out WITH ('kafka.acks' = 'all', rate = 10, share = 0.5, low = -1, up = +2, fast = true, every = 10 SECONDS,
  on.error = 'skip', order = 'preserved', `Exact` = 1e3, idle = INTERVAL '1' MINUTE) AS SELECT * FROM t;
CREATE STREAM NoOptions (a INT) WITH ();
CREATE TABLE Keyed (a INT NOT NULL PRIMARY KEY, b STRING KEY NOT NULL, key STRING, watermark INT, timestamp TIMESTAMP, late INT);
DROP STREAM Alerts; DROP TABLE IF EXISTS Users; DROP FUNCTION f; DROP TYPE t; DROP WINDOW w; DROP AGGREGATION a; DROP QUERY q;
SHOW STREAMS; SHOW TABLES; SHOW QUERIES; SHOW FUNCTIONS; SHOW CONNECTORS;
DESCRIBE Trades; DESCRIBE FUNCTION left; DESCRIBE CONNECTOR kafka; DESCRIBE CONNECTOR 'kafka'; DESCRIBE function;
EXPLAIN SELECT * FROM t; EXPLAIN LOGICAL SELECT * FROM t; EXPLAIN PHYSICAL SELECT * FROM t; EXPLAIN CODE SELECT * FROM t;
EXPLAIN ANALYZE SELECT * FROM t;
SET 'state.backend' = 'chronicle'; SET 'parallelism' = 4; SET 'fast' = TRUE; SET time.zone = 'Europe/Berlin';
CREATE FUNCTION double_it (x INT) RETURNS INT AS x * 2;
CREATE FUNCTION shout (s STRING, times BIGINT) AS repeat(s || '!', times);
CREATE FUNCTION nothing () RETURNS STRING AS NULL;
CREATE FUNCTION geo AS 'com.example.Geo';
CREATE TYPE Money AS STRUCT<amount DECIMAL(12, 2), currency STRING>;
CREATE WINDOW Recent (symbol STRING, price DOUBLE) TIME (10 MIN);
CREATE AGGREGATION Totals AS SELECT symbol, sum(price) AS total FROM Trades GROUP BY symbol EVERY SECOND ... YEAR;
CREATE AGGREGATION Totals WITH (retention = '1 day') AS SELECT sum(price) AS total FROM Trades EVERY HOURS TO MONTH;
CREATE AGGREGATION Totals AS SELECT sum(price) AS total FROM Trades EVERY day;
SELECT * FROM Totals WITHIN '2024-03-01', '2024-04-01' PER 'hours';
SELECT * FROM Totals WITHIN TIMESTAMP '2024-03-01 00:00:00' PER 'days' WHERE symbol = 'a';
SELECT * FROM Trades t JOIN Totals WITHIN 1700000000000, 1800000000000 PER 'hours' a ON t.symbol = a.symbol;

-- Queries.
SELECT name, n FROM TopUsers WHERE userName = 'ann';
SELECT * FROM Users u JOIN Tiers t ON u.tier = t.name;
SELECT *, row_number() OVER (PARTITION BY symbol ORDER BY price DESC) AS row_number FROM Trades QUALIFY row_number <= 3;
WITH a AS (SELECT * FROM t), b (x, y) AS (SELECT p, q FROM a) SELECT x FROM b;
SELECT DISTINCT a FROM t;
SELECT a, count(*) AS n FROM t WHERE b > 1 GROUP BY a HAVING count(*) > 2 QUALIFY row_number() OVER (ORDER BY n) <= 3
  PARTITION BY a ORDER BY n DESC NULLS LAST, a ASC NULLS FIRST, b LIMIT 10 OFFSET 5 EMIT CHANGES;
SELECT * FROM t LIMIT 5;
SELECT 1 + 1;
SELECT * FROM a UNION ALL b;
SELECT * FROM a UNION ALL b WINDOW LENGTH (2) x;
SELECT * FROM (a UNION ALL b) WINDOW LENGTH (2) x;
SELECT * FROM (SELECT * FROM a) UNION ALL (SELECT * FROM b WHERE x > 1);
SELECT * FROM ((SELECT * FROM a) UNION ALL (SELECT * FROM b)) WINDOW TUMBLING (1 MIN) u;
(SELECT * FROM a) UNION ALL (SELECT * FROM b) ORDER BY x EMIT FINAL;
(SELECT * FROM a);
SELECT * FROM (SELECT a FROM t EMIT CHANGES) AS s (x) WHERE x > 1;
SELECT EXPLODE(items) AS item FROM t;
SELECT * FROM t CROSS JOIN UNNEST(items) AS u(x);
SELECT * FROM t CROSS JOIN UNNEST(a, b) WITH ORDINALITY u (x, y, n);
SELECT * FROM (a JOIN b WITHIN 1 MIN ON a.id = b.id) WINDOW TIME (1 MIN) ab;
SELECT * FROM t PARTITION BY ROUND_ROBIN;
SELECT a, b, sum(c) FROM t GROUP BY GROUPING SETS ((a, b), (a), b, ());
SELECT a, b, sum(c) FROM t GROUP BY ROLLUP (a, (b, c)), CUBE (d), lower(e), (f);
select * from Txns where (amount > 1000 AND place == "USA" AND isOnline == true) OR (amount > 500 AND place != "USA");
select userName, sum(transactionValue) as totalTransaction
from InputStream window time (10 min, 1 sec)
group by userName order by totalTransaction desc limit 10;
select serverId, sum(isRequestRejected) as totalRejectedRequests
from InputStream window length (3)
having totalRejectedRequests == 3;
SELECT ROWTIME, WINDOW_START, WINDOW_END, ROWKEY, ROWHEADERS['a'] FROM t;
SELECT units FROM Orders WINDOW TIME (1 MIN, 1 SEC);

-- Windows.
SELECT count(*) FROM t WINDOW TIME (10 SEC);
SELECT count(*) FROM t WINDOW LENGTH (10, 2);
SELECT count(*) FROM t WINDOW LENGTH_BATCH (10);
SELECT count(*) FROM t WINDOW TIME_BATCH (10 SEC, TIMESTAMP '2024-01-01 00:00:00');
SELECT count(*) FROM t WINDOW TIME_LENGTH (10 SEC, 5);
SELECT count(*) FROM t WINDOW TUMBLING (10 SEC);
SELECT count(*) FROM t WINDOW TUMBLING (SIZE 10 SEC, GRACE PERIOD 1 MIN, OFFSET 5 SEC, RETENTION 1 DAY) AS w;
SELECT count(*) FROM t WINDOW HOPPING (SIZE 10 SEC, ADVANCE BY 1 SEC);
SELECT count(*) FROM t WINDOW HOPPING (10 SEC, 1 SEC, GRACE PERIOD 2 SEC);
SELECT count(*) FROM t WINDOW SESSION (GAP 10 SEC);
SELECT count(*) FROM t WINDOW CUMULATE (1 MIN, 1 HOUR);
SELECT * FROM t WINDOW UNIQUE (a, b.c) u;
SELECT * FROM t WINDOW FIRST_UNIQUE (a);
SELECT * FROM t WINDOW SORTED (10, price DESC, time ASC, size);
SELECT * FROM t WINDOW DELAY (1 MIN);
SELECT * FROM t WINDOW EXPRESSION (sum(volume) < 1000);
SELECT * FROM t WINDOW CRON ('0 0/5 * * * ?');
SELECT count(*) FROM t WINDOW LENGTH (SIZE 3) LATE INTO LateRows x;
SELECT count(*) FROM t LATE INTO LateRows;

-- Emission.
SELECT count(*) FROM t WINDOW TUMBLING (1 MIN) EMIT FINAL;
SELECT count(*) FROM t WINDOW TUMBLING (1 MIN) EMIT ON CLOSE;
SELECT count(*) FROM t WINDOW TUMBLING (1 MIN) EMIT EARLY EVERY 10 SEC FINAL;
SELECT count(*) FROM t WINDOW TUMBLING (1 MIN) EMIT EARLY EVERY 10 SEC ON CLOSE WITH RETRACTIONS;
SELECT count(*) FROM t EMIT CHANGES; SELECT count(*) FROM t EMIT CHANGES DISTINCT;
SELECT count(*) FROM t EMIT ON ARRIVAL; SELECT count(*) FROM t EMIT ON EXPIRY;
SELECT count(*) FROM t EMIT EVERY 10 SEC; SELECT count(*) FROM t EMIT EVERY 100 EVENTS; SELECT count(*) FROM t EMIT EVERY 1 EVENT;
SELECT a FROM t EMIT FIRST EVERY 1 SEC; SELECT a FROM t EMIT LAST EVERY 5 EVENTS; SELECT a FROM t EMIT ALL EVERY 1 MIN 30 SEC WITH RETRACTIONS;

-- Aggregates and analytic functions.
SELECT count(*), count(x), count(DISTINCT x), sum(x) FILTER (WHERE y > 1), first(x IGNORE NULLS), last(x) IGNORE NULLS,
  collect_list(x ORDER BY y DESC), string_agg(DISTINCT x, ',' ORDER BY x), nth(x, 2), top_k(x, 3), first(x RESPECT NULLS),
  count(*) FILTER (WHERE y) FROM t;
SELECT row_number() OVER (PARTITION BY a ORDER BY b DESC) AS r, lag(x, 1) OVER (ORDER BY ROWTIME),
  sum(x) OVER (ORDER BY ROWTIME ROWS BETWEEN 5 PRECEDING AND CURRENT ROW),
  sum(x) OVER (ORDER BY ROWTIME RANGE BETWEEN 10 SEC PRECEDING AND 5 SEC FOLLOWING),
  avg(x) OVER (ROWS UNBOUNDED PRECEDING), avg(x) OVER (ORDER BY y ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING),
  first_value(x) IGNORE NULLS OVER (), sum(x) FILTER (WHERE x > 0) OVER (PARTITION BY a, b) FROM t;

-- Joins.
SELECT * FROM Orders o JOIN Payments p WITHIN 10 MINUTES ON o.id = p.order_id;
SELECT * FROM Orders o LEFT JOIN Payments p WITHIN (0 SEC, 10 MINUTES) GRACE PERIOD 1 MIN ON o.id = p.id;
SELECT * FROM Tweets t JOIN Stocks WINDOW UNIQUE (symbol) s ON t.company = s.symbol;
SELECT * FROM A WINDOW TIME (1 MIN) a JOIN B WINDOW TIME (1 MIN) b ON a.id = b.id JOIN C WINDOW TIME (1 MIN) c ON a.id = c.id;
SELECT * FROM Orders o UNIDIRECTIONAL JOIN Users u ON o.a = u.a;
SELECT * FROM Orders o JOIN Rates FOR SYSTEM_TIME AS OF o.ROWTIME r ON o.currency = r.currency;
SELECT * FROM Trades t ASOF JOIN Quotes q ON t.symbol = q.symbol AND q.ROWTIME <= t.ROWTIME;
SELECT * FROM Trades t ASOF LEFT JOIN Quotes q ON t.symbol = q.symbol AND q.ROWTIME <= t.ROWTIME;
SELECT * FROM a RIGHT OUTER JOIN b WITHIN UNBOUNDED ON a.x = b.x FULL OUTER JOIN c WITHIN 1 MIN ON a.x = c.x INNER JOIN d ON a.x = d.x;

-- Temporal patterns.
SELECT a.card, a.place AS first_place, b.place AS second_place, b.ROWTIME - a.ROWTIME AS elapsed
FROM PATTERN (EVERY a = Txns (place = 'US') -> b = Txns (place <> 'US') WITHIN 3 HOURS)
PARTITION BY card;
SELECT out.home
FROM PATTERN (EVERY out = Garage (event = 'car_out') -> NOT Garage (event = 'door_closed') FOR 1 MIN)
PARTITION BY home;
SELECT * FROM PATTERN (A);
SELECT * FROM PATTERN (EVERY a = S -> b = S);
SELECT * FROM PATTERN (EVERY a = A+ -> b = B);
SELECT * FROM PATTERN (a = A{2,5} -> b = B);
SELECT * FROM PATTERN (a = A+ -> NOT A FOR 10 SEC);
SELECT * FROM PATTERN (x, NOT y FOR 10 SEC);
SELECT * FROM PATTERN (A -> B, C);
SELECT * FROM PATTERN (a = A {2} -> b = B (x = 1) {1,3} -> C {2,} -> D+ -> E* -> F? -> G+? -> H {2,3}? -> I {,4});
SELECT * FROM PATTERN (A AND B OR C AND NOT D);
SELECT * FROM PATTERN (NOT A FOR 1 MIN -> B);
SELECT * FROM PATTERN (x = X -> NOT Y -> z = Z);
SELECT * FROM PATTERN (NOT Y AND Z);
SELECT * FROM PATTERN (NOT y FOR 1 MIN OR z);
SELECT * FROM PATTERN (EVERY (A -> B) -> EVERY C -> (D -> E WITHIN 5 SEC) WITHIN 1 HOUR AFTER MATCH SKIP PAST LAST ROW);
SELECT * FROM PATTERN (EVERY NOT A FOR 10 SEC);
SELECT * FROM PATTERN (a = A (v > a[last].v)+ -> b = B WITHIN 1 MIN AFTER MATCH SKIP TO NEXT ROW) p;
SELECT * FROM PATTERN (a = A (v > 1)+ -> b = B AFTER MATCH SKIP TO FIRST b);
SELECT * FROM PATTERN (a = A -> b = B AFTER MATCH SKIP TO LAST b);
SELECT a[1].price, a[last].price, first(a.price), count(a), sum(a.price) FROM PATTERN (a = A+ -> B);

-- MATCH_RECOGNIZE.
SELECT * FROM Ticker MATCH_RECOGNIZE (
  PARTITION BY symbol ORDER BY ROWTIME
  MEASURES FIRST(A.price) AS start_price, FINAL LAST(B.price) AS bottom, RUNNING count(*) AS n, CLASSIFIER() AS label,
    MATCH_NUMBER() AS m, PREV(B.price, 1) AS p
  ONE ROW PER MATCH
  AFTER MATCH SKIP TO NEXT ROW
  PATTERN (A B+ (C | D) E{2,3}? ^ $ PERMUTE(F, G H) {- I -} () J*)
  WITHIN 1 HOUR
  SUBSET U = (A, B), V = (C)
  DEFINE A AS price > 10, B AS B.price < PREV(B.price)
) AS mr WHERE n > 1;
SELECT * FROM Ticker MATCH_RECOGNIZE (ORDER BY ts ALL ROWS PER MATCH SHOW EMPTY MATCHES PATTERN (A*) DEFINE A AS x > 1);
SELECT * FROM Ticker MATCH_RECOGNIZE (ALL ROWS PER MATCH WITH UNMATCHED ROWS AFTER MATCH SKIP TO A PATTERN (A B));
SELECT * FROM (SELECT * FROM Ticker) MATCH_RECOGNIZE (ALL ROWS PER MATCH OMIT EMPTY MATCHES PATTERN ()) m;

-- Time, order and lateness.
CREATE STREAM S1 (ts TIMESTAMP, TIMESTAMP BY ts);
CREATE STREAM S2 (ts TIMESTAMP, WATERMARK FOR ts AS ts);
CREATE STREAM S3 (ts TIMESTAMP, WATERMARK FOR ts ADAPTIVE);
CREATE STREAM S4 (ts TIMESTAMP, WATERMARK FOR ts ADAPTIVE MAX 1 MIN QUALITY 0.99 IDLE TIMEOUT 30 SEC LATE INTO Late);
CREATE STREAM S5 (kind STRING, n BIGINT, WATERMARK ON (kind = 'mark') MARK n);
CREATE STREAM S6 (seq BIGINT, done BIGINT, ORDER BY seq TIMEOUT 30 SEC SKIP TO done WHEN (done IS NOT NULL));
CREATE STREAM S7 (ts TIMESTAMP, WATERMARK FOR ts AS ts - 1 SEC LATE DROP, IDLE TIMEOUT 1 MIN);
CREATE STREAM S8 (seq BIGINT, ts TIMESTAMP, TIMESTAMP BY ts, ORDER BY seq, LATE INTO Late);

-- Expressions.
SELECT * FROM t WHERE NOT a AND b OR NOT (c OR d);
SELECT * FROM t WHERE a BETWEEN 1 AND 2 AND b NOT BETWEEN 3 AND 4;
SELECT * FROM t WHERE a IN (1, 2) AND b NOT IN ('x') AND c IN (SELECT x FROM y);
SELECT * FROM t WHERE a LIKE 'x%' AND b NOT LIKE '!%' ESCAPE '!' AND c REGEXP '^a' AND d NOT RLIKE 'b';
SELECT * FROM t WHERE a IS NULL AND b IS NOT NULL AND c IS TRUE AND d IS NOT FALSE AND e IS DISTINCT FROM f AND g IS NOT DISTINCT FROM NULL;
SELECT -a, +b, - -c, a || b || c, a + b - c * d / e % f, (a + b) * c, -a.b[1] FROM t;
SELECT ts AT TIME ZONE 'Europe/Berlin', ts AT TIME ZONE zone || 'x' FROM t;
SELECT CASE WHEN a THEN 1 WHEN b THEN 2 ELSE 3 END, CASE x WHEN 1 THEN 'a' END, CASE WHEN a THEN CASE WHEN b THEN 1 END END FROM t;
SELECT EXTRACT(HOUR FROM ts), extract(day from ts + 1 day), floor(ts TO HOUR), floor(x), floor(x, 2), POSITION('a' IN s), position('a' IN ('abc')), position('a', s) FROM t;
SELECT if(a, 1, 2), left(s, 2), right(s, 2), replace(s, 'a', 'b'), date(x), min(a), second(ts), year(ts), now() FROM t;
SELECT (SELECT max(x) FROM u), ((((1)))) FROM t;
SELECT TRUE, FALSE, NULL FROM t;
