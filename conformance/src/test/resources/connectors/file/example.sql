CREATE STREAM Orders (id BIGINT, item STRING, units INT, at TIMESTAMP, TIMESTAMP BY at)
  WITH (connector = 'file', path = '${here}/orders.csv', format = 'csv');

-- A file for each item.
CREATE STREAM ByItem WITH (connector = 'file', path = '${here}/out/{item}.json', format = 'json') AS
  SELECT item, id, units FROM Orders;
