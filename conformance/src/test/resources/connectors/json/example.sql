CREATE STREAM Orders (id BIGINT, item STRUCT<name STRING, tags ARRAY<STRING>>, at TIMESTAMP, TIMESTAMP BY at)
  WITH (connector = 'file', path = '${here}/orders.json', format = 'json');

CREATE STREAM Items WITH (connector = 'console', format = 'json', 'json.timestamp' = 'millis') AS
  SELECT id, item.name AS name, item.tags[1] AS tag, at FROM Orders;
