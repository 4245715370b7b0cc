-- From a topic to a topic: the strong ones among the earthquakes.
CREATE STREAM Quakes (
  id        STRING KEY,
  time      TIMESTAMP,
  magnitude DOUBLE,
  place     STRING,
  kind      STRING,
  WATERMARK FOR time AS time
) WITH (connector = 'kafka', topic = 'quakes', format = 'json');

CREATE STREAM StrongQuakes
  WITH (connector = 'kafka', topic = 'strong-quakes', format = 'json', 'topic.create' = 'true') AS
  SELECT id, time, magnitude, place
  FROM Quakes
  WHERE kind = 'earthquake' AND magnitude >= 5;
