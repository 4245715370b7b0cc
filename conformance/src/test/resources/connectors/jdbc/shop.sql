CREATE TABLE IF NOT EXISTS orders (id INT PRIMARY KEY, item VARCHAR(20), units INT);
MERGE INTO orders VALUES (1, 'pen', 3), (2, 'ink', 1), (3, 'pen', 5);
