-- A week of earthquakes as a chronicle: the strong ones, each day, and an alarm for swarms.
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

-- The region is what follows the last comma of the place.
CREATE STREAM Regional AS
  SELECT time, magnitude, felt, place, trim(regexp_extract(place, '[^,]*$')) AS region
  FROM Quakes
  WHERE kind = 'earthquake';

-- Three queries feed one stream; their rows come in the order of time.
CREATE STREAM Chronicle (at TIMESTAMP, event STRING, magnitude DOUBLE, what STRING) WITH (connector = 'console');

INSERT INTO Chronicle
  SELECT date_trunc('minute', time), 'quake', magnitude, place
  FROM Regional
  WHERE magnitude >= 6;

-- Five quakes of magnitude 4.5 or more in one region within two hours.
INSERT INTO Chronicle
  SELECT date_trunc('minute', time), 'ALARM', max(magnitude),
         format('%s: 5 strong quakes in %d minutes', region, date_diff('minute', min(time), max(time)))
  FROM (SELECT * FROM Regional WHERE magnitude >= 4.5) WINDOW LENGTH (5)
  HAVING count(*) = 5 AND max(time) - min(time) < 2 HOURS
  PARTITION BY region;

INSERT INTO Chronicle
  SELECT WINDOW_END, 'day', max(magnitude),
         format('%d quakes, %d of them strong, %d reports', count(*), count(*) FILTER (WHERE magnitude >= 4.5), sum(felt))
  FROM Regional WINDOW TUMBLING (1 DAY);
