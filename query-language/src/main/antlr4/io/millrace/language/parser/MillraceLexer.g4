/*
 * The words and signs of the language.
 *
 * To add a keyword: one line in the section that it belongs to, in alphabetical order, and, unless
 * it is reserved, its name in the rule of the same name in MillraceParser.g4. A word is reserved
 * only if the grammar would be ambiguous without, since every reserved word takes a column name
 * from users.
 */
lexer grammar MillraceLexer;

options {
  caseInsensitive = true;
}

// Reserved words: names only in back-quotes.
AND: 'AND';
ARRAY: 'ARRAY';
AS: 'AS';
BETWEEN: 'BETWEEN';
CASE: 'CASE';
CAST: 'CAST';
CREATE: 'CREATE';
DISTINCT: 'DISTINCT';
ELSE: 'ELSE';
END: 'END';
EVERY: 'EVERY';
FALSE: 'FALSE';
FROM: 'FROM';
GROUP: 'GROUP';
HAVING: 'HAVING';
IN: 'IN';
INSERT: 'INSERT';
INTO: 'INTO';
IS: 'IS';
JOIN: 'JOIN';
LIKE: 'LIKE';
MAP: 'MAP';
NOT: 'NOT';
NULL: 'NULL';
ON: 'ON';
OR: 'OR';
ORDER: 'ORDER';
SELECT: 'SELECT';
STRUCT: 'STRUCT';
THEN: 'THEN';
TRUE: 'TRUE';
TRY_CAST: 'TRY_CAST';
UNION: 'UNION';
WHEN: 'WHEN';
WHERE: 'WHERE';
WITH: 'WITH';

// Words that end a source: names everywhere but as an alias without AS.
ASOF: 'ASOF';
CROSS: 'CROSS';
EMIT: 'EMIT';
FOR: 'FOR';
FULL: 'FULL';
GRACE: 'GRACE';
INNER: 'INNER';
LATE: 'LATE';
LEFT: 'LEFT';
LIMIT: 'LIMIT';
MATCH_RECOGNIZE: 'MATCH_RECOGNIZE';
PARTITION: 'PARTITION';
QUALIFY: 'QUALIFY';
RIGHT: 'RIGHT';
UNIDIRECTIONAL: 'UNIDIRECTIONAL';
WINDOW: 'WINDOW';
WITHIN: 'WITHIN';

// Words that are names wherever a name may stand.
ADAPTIVE: 'ADAPTIVE';
ADVANCE: 'ADVANCE';
AFTER: 'AFTER';
AGGREGATION: 'AGGREGATION';
ALL: 'ALL';
ANALYZE: 'ANALYZE';
ARRIVAL: 'ARRIVAL';
ASC: 'ASC';
AT: 'AT';
BY: 'BY';
CHANGES: 'CHANGES';
CLOSE: 'CLOSE';
CODE: 'CODE';
CONNECTOR: 'CONNECTOR';
CONNECTORS: 'CONNECTORS';
CUBE: 'CUBE';
CURRENT: 'CURRENT';
DATE: 'DATE';
DEFINE: 'DEFINE';
DESC: 'DESC';
DESCRIBE: 'DESCRIBE';
DROP: 'DROP';
EARLY: 'EARLY';
EMPTY: 'EMPTY';
ESCAPE: 'ESCAPE';
EVENT: 'EVENT';
EVENTS: 'EVENTS';
EXISTS: 'EXISTS';
EXPIRY: 'EXPIRY';
EXPLAIN: 'EXPLAIN';
FILTER: 'FILTER';
FINAL: 'FINAL';
FIRST: 'FIRST';
FOLLOWING: 'FOLLOWING';
FUNCTION: 'FUNCTION';
FUNCTIONS: 'FUNCTIONS';
GAP: 'GAP';
GROUPING: 'GROUPING';
IDLE: 'IDLE';
IF: 'IF';
IGNORE: 'IGNORE';
INTERVAL: 'INTERVAL';
KEY: 'KEY';
LAST: 'LAST';
LOGICAL: 'LOGICAL';
MARK: 'MARK';
MATCH: 'MATCH';
MATCHES: 'MATCHES';
MAX: 'MAX';
MEASURES: 'MEASURES';
NEXT: 'NEXT';
NULLS: 'NULLS';
OF: 'OF';
OFFSET: 'OFFSET';
OMIT: 'OMIT';
ONE: 'ONE';
ORDINALITY: 'ORDINALITY';
OUTER: 'OUTER';
OVER: 'OVER';
PAST: 'PAST';
PATTERN: 'PATTERN';
PER: 'PER';
PERIOD: 'PERIOD';
PERMUTE: 'PERMUTE';
PHYSICAL: 'PHYSICAL';
PRECEDING: 'PRECEDING';
PRIMARY: 'PRIMARY';
QUALITY: 'QUALITY';
QUERIES: 'QUERIES';
QUERY: 'QUERY';
RANGE: 'RANGE';
REGEXP: 'REGEXP';
RESPECT: 'RESPECT';
RETENTION: 'RETENTION';
RETRACTIONS: 'RETRACTIONS';
RETURNS: 'RETURNS';
RLIKE: 'RLIKE';
ROLLUP: 'ROLLUP';
ROUND_ROBIN: 'ROUND_ROBIN';
ROW: 'ROW';
ROWS: 'ROWS';
RUNNING: 'RUNNING';
SET: 'SET';
SETS: 'SETS';
SHOW: 'SHOW';
SIZE: 'SIZE';
SKIP_: 'SKIP';
STREAM: 'STREAM';
STREAMS: 'STREAMS';
SUBSET: 'SUBSET';
SYSTEM_TIME: 'SYSTEM_TIME';
TABLE: 'TABLE';
TABLES: 'TABLES';
TIME: 'TIME';
TIMEOUT: 'TIMEOUT';
TIMESTAMP: 'TIMESTAMP';
TO: 'TO';
TYPE: 'TYPE';
UNBOUNDED: 'UNBOUNDED';
UNMATCHED: 'UNMATCHED';
UNNEST: 'UNNEST';
VALUES: 'VALUES';
WATERMARK: 'WATERMARK';
ZONE: 'ZONE';

// Units of durations, names too.
UNIT_DAY: 'D' | 'DAY' | 'DAYS';
UNIT_HOUR: 'H' | 'HR' | 'HRS' | 'HOUR' | 'HOURS';
UNIT_MINUTE: 'MIN' | 'MINS' | 'MINUTE' | 'MINUTES';
UNIT_SECOND: 'S' | 'SEC' | 'SECS' | 'SECOND' | 'SECONDS';
UNIT_MILLISECOND: 'MS' | 'MILLISECOND' | 'MILLISECONDS';

// Signs.
ARROW: '->';
CARET: '^';
CLOSE_BRACE: '}';
CLOSE_BRACKET: ']';
CLOSE_PARENTHESIS: ')';
COMMA: ',';
CONCAT: '||';
DOLLAR: '$';
DOT: '.';
ELLIPSIS: '...' | '\u2026';
EQUAL: '=' | '==';
FAT_ARROW: '=>';
GREATER: '>';
GREATER_OR_EQUAL: '>=';
LESS: '<';
LESS_OR_EQUAL: '<=';
MINUS: '-';
NOT_EQUAL: '<>' | '!=';
OPEN_BRACE: '{';
OPEN_BRACKET: '[';
OPEN_PARENTHESIS: '(';
PERCENT: '%';
PIPE: '|';
PLUS: '+';
QUESTION: '?';
SEMICOLON: ';';
SLASH: '/';
STAR: '*';

// Literals and names.
STRING: '\'' (~'\'' | '\'\'')* '\'' | '"' (~'"' | '""')* '"';
INTEGER: DIGIT+;
DECIMAL: DIGIT* '.' DIGIT+;
DOUBLE: DIGIT+ ('.' DIGIT*)? EXPONENT | '.' DIGIT+ EXPONENT;
IDENTIFIER: (LETTER | '_') (LETTER | DIGIT | '_')*;
QUOTED_IDENTIFIER: '`' (~[`\r\n] | '``')+ '`';

fragment DIGIT: [0-9];
fragment EXPONENT: 'E' [+-]? DIGIT+;
fragment LETTER options { caseInsensitive = false; }: [\p{L}\p{Mn}\p{Mc}];

// What separates.
SPACE: [ \t\r\n\f\u000B\u00A0\u2028\u2029\u200B\uFEFF]+ -> skip;
LINE_COMMENT: '--' ~[\r\n]* -> skip;
BLOCK_COMMENT: '/*' (~'*' | '*'+ ~[*/])* '*'+ '/' -> skip;

// What has no end, and what is no part of the language: tokens, so that one place reports them.
UNCLOSED_STRING: '\'' (~'\'' | '\'\'')* | '"' (~'"' | '""')*;
UNCLOSED_IDENTIFIER: '`' (~[`\r\n] | '``')*;
UNCLOSED_COMMENT: '/*' (~'*' | '*'+ ~[*/])* '*'*;
UNKNOWN: .;
