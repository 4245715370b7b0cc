-- A week of earthquakes, day by day, and an alarm for swarms: five strong quakes in one region within two hours.
CREATE STREAM Quakes (
  id        STRING,
  time      TIMESTAMP,
  magnitude DOUBLE,
  depth     DOUBLE,      -- kilometres
  place     STRING,      -- '22km NNE of Hualian, Taiwan'
  latitude  DOUBLE,
  longitude DOUBLE,
  felt      INT,         -- how many people reported it
  kind      STRING,      -- quarry blasts are in the feed, too
  WATERMARK FOR time AS time
) WITH (connector = 'file', path = '${here}/quakes.json', format = 'json');

CREATE STREAM Regional AS
  SELECT time, magnitude, felt, place, trim(regexp_extract(place, '[^,]*$')) AS region
  FROM Quakes
  WHERE kind = 'earthquake';

CREATE STREAM Days WITH (connector = 'console') AS
  SELECT CAST(WINDOW_START AS DATE) AS day, count(*) AS quakes, max(magnitude) AS strongest,
         count(*) FILTER (WHERE magnitude >= 4.5) AS strong, sum(felt) AS felt
  FROM Regional WINDOW TUMBLING (1 DAY);

CREATE STREAM Alarms WITH (connector = 'console') AS
  SELECT time, region, date_diff('minute', min(time), max(time)) AS minutes, max(magnitude) AS strongest
  FROM (SELECT * FROM Regional WHERE magnitude >= 4.5) WINDOW LENGTH (5)
  HAVING count(*) = 5 AND max(time) - min(time) < 2 HOURS
  PARTITION BY region;

CREATE STREAM Strong WITH (connector = 'console') AS
  SELECT time, magnitude, place FROM Regional WHERE magnitude >= 6;
