-- How lateness builds up: 10,000 flights of the first quarter of 2001. Writes files to the folder out beside this file.
CREATE STREAM Flights (
  departure   TIMESTAMP,     -- as the clocks at the airport show it
  origin      STRING,
  destination STRING,
  delay       INT,           -- minutes late at the destination; negative when early
  distance    INT,           -- miles
  WATERMARK FOR departure AS departure
) WITH (connector = 'file', path = '${here}/flights.csv', format = 'csv');

CREATE STREAM Hours WITH (connector = 'file', path = '${here}/out/hours.csv', format = 'csv') AS
  SELECT hour(departure) AS hour, count(*) AS flights, round(avg(delay), 1) AS mean_delay,
         round(1e2 * count(*) FILTER (WHERE delay > 15) / count(*), 1) AS late_percent
  FROM Flights
  WHERE hour(departure) BETWEEN 6 AND 22
  GROUP BY hour(departure)
  EMIT FINAL;

CREATE STREAM Days WITH (connector = 'file', path = '${here}/out/days.json', format = 'json') AS
  SELECT CAST(WINDOW_START AS DATE) AS day, count(*) AS flights, round(avg(delay), 1) AS mean_delay, max(delay) AS worst
  FROM Flights WINDOW TUMBLING (1 DAY);

-- Four flights in a row from one airport, all more than 45 minutes late, within six hours: a file for each airport.
CREATE STREAM Jams WITH (connector = 'file', path = '${here}/out/jams/{origin}.json', format = 'json') AS
  SELECT origin, departure, avg(delay) AS mean_delay, date_diff('minute', min(departure), max(departure)) AS minutes
  FROM Flights WINDOW LENGTH (4)
  HAVING count(*) = 4 AND min(delay) > 45 AND max(departure) - min(departure) < 6 HOURS
  PARTITION BY origin;

-- Two queries feed one stream; the console shows it.
CREATE STREAM Notices (at TIMESTAMP, text STRING) WITH (connector = 'console');

INSERT INTO Notices
  SELECT departure, format('jam at %s: four in a row, %.0f minutes late on average', origin, mean_delay)
  FROM Jams;

INSERT INTO Notices
  SELECT CAST(day AS TIMESTAMP) + 1 DAY,
         format('%s: %d flights, %.1f minutes late on average',
                CASE WHEN mean_delay >= 40 THEN 'stay at home' WHEN mean_delay >= 24 THEN 'bring a book' ELSE 'expect delays' END,
                flights, mean_delay)
  FROM Days
  WHERE mean_delay > 20;
