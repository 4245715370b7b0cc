CREATE STREAM Orders (id BIGINT, item STRING, price DECIMAL(8, 2))
  WITH (connector = 'file', path = '${here}/orders.csv', format = 'csv', 'csv.delimiter' = ';', 'csv.quote' = '''');

CREATE STREAM Priced WITH (connector = 'console', format = 'csv') AS
  SELECT id, item, price * 2 AS twice FROM Orders;
