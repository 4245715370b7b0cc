CREATE STREAM Orders (id BIGINT, item STRING, units INT)
  WITH (connector = 'generator', count = '3', start = '2024-03-01T10:00:00Z', step = '1 second',
        'fields.id.kind' = 'sequence', 'fields.item.kind' = 'constant', 'fields.item.value' = 'pen',
        'fields.units.kind' = 'constant', 'fields.units.value' = '2');

-- The key of each record is the item. A stream of the same columns with this connector, and no query, reads the topic.
CREATE STREAM Units (item STRING KEY, id BIGINT, units INT)
  WITH (connector = 'kafka', topic = 'units', format = 'json', 'topic.create' = 'true',
        'bootstrap.servers' = 'localhost:9092');

INSERT INTO Units SELECT item, id, units FROM Orders;
