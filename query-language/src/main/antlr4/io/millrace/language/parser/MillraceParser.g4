/*
 * The grammar. A script is split into statements before, so the entry is one statement.
 *
 * To add a clause: a rule of its own with a name that the syntax tree repeats (rule emitClause,
 * ast.EmitClause), its place in the rule that holds it, and a method of the builder of that part.
 * Levels of precedence are split between expression, predicate and value, so that BETWEEN's AND is
 * never taken for a condition's, and one look at a time (SLL) finds what full look-ahead (LL) finds.
 */
parser grammar MillraceParser;

options {
  tokenVocab = MillraceLexer;
}

singleStatement
  : statement EOF
  ;

// Statements.

statement
  : CREATE STREAM identifier columnList? optionList? (AS query)? # createStream
  | CREATE TABLE identifier columnList? optionList? (AS query)? # createTable
  | CREATE WINDOW identifier columnList windowSpecification # createWindow
  | CREATE AGGREGATION identifier optionList? AS query EVERY granularity ((ELLIPSIS | TO) granularity)? # createAggregation
  | CREATE FUNCTION identifier functionParameters? (RETURNS dataType)? AS expression # createFunction
  | CREATE TYPE identifier AS dataType # createType
  | INSERT INTO identifier nameList? (query | VALUES valuesRow (COMMA valuesRow)*) # insert
  | query # queryStatement
  | DROP objectKind (IF EXISTS)? identifier # dropStatement
  | SHOW showKind # showStatement
  | DESCRIBE describeKind? (identifier | STRING) # describeStatement
  | EXPLAIN explainLevel? query # explainStatement
  | SET option # setStatement
  ;

functionParameters
  : OPEN_PARENTHESIS (functionParameter (COMMA functionParameter)*)? CLOSE_PARENTHESIS
  ;

functionParameter
  : identifier dataType
  ;

valuesRow
  : OPEN_PARENTHESIS expression (COMMA expression)* CLOSE_PARENTHESIS
  ;

granularity
  : identifier
  ;

objectKind
  : STREAM | TABLE | WINDOW | AGGREGATION | FUNCTION | TYPE | QUERY
  ;

showKind
  : STREAMS | TABLES | QUERIES | FUNCTIONS | CONNECTORS
  ;

describeKind
  : FUNCTION | CONNECTOR
  ;

explainLevel
  : LOGICAL | PHYSICAL | CODE | ANALYZE
  ;

optionList
  : WITH OPEN_PARENTHESIS (option (COMMA option)*)? CLOSE_PARENTHESIS
  ;

option
  : optionKey EQUAL optionValue
  ;

optionKey
  : STRING
  | optionWord (DOT optionWord)*
  ;

optionWord
  : identifier
  | reservedWord
  ;

optionValue
  : STRING
  | (PLUS | MINUS)? number
  | booleanValue
  | durationValue
  ;

// Column lists.

columnList
  : OPEN_PARENTHESIS columnListItem (COMMA columnListItem)* CLOSE_PARENTHESIS
  ;

columnListItem
  : timeClause
  | columnDefinition
  ;

columnDefinition
  : identifier dataType columnConstraint*
  ;

columnConstraint
  : PRIMARY KEY
  | KEY
  | NOT NULL
  ;

timeClause
  : timeDeclaration timeSuffix*
  | timeSuffix+
  ;

timeDeclaration
  : WATERMARK FOR identifier AS identifier (MINUS durationValue)? # fixedWatermark
  | WATERMARK FOR identifier ADAPTIVE (MAX durationValue)? (QUALITY number)? # adaptiveWatermark
  | WATERMARK ON OPEN_PARENTHESIS expression CLOSE_PARENTHESIS (MARK identifier)? # markWatermark
  | TIMESTAMP BY identifier # timestampBy
  | ORDER BY identifier (TIMEOUT durationValue)? sequenceSkip? # sequenceOrder
  ;

sequenceSkip
  : SKIP_ TO identifier WHEN OPEN_PARENTHESIS expression CLOSE_PARENTHESIS
  ;

timeSuffix
  : IDLE TIMEOUT durationValue # idleTimeout
  | LATE INTO identifier # lateInto
  | LATE DROP # lateDrop
  ;

dataType
  : ARRAY LESS dataType GREATER # arrayType
  | MAP LESS dataType COMMA dataType GREATER # mapType
  | (STRUCT | ROW) LESS structField (COMMA structField)* GREATER # structType
  | identifier (OPEN_PARENTHESIS INTEGER (COMMA INTEGER)* CLOSE_PARENTHESIS)? # simpleType
  ;

structField
  : identifier dataType
  ;

// Queries.

query
  : selectQuery
  | unionQuery
  ;

selectQuery
  : withClause? select partitionClause? orderClause? emitClause?
  ;

unionQuery
  : parenthesizedQuery (UNION ALL parenthesizedQuery)* partitionClause? orderClause? emitClause?
  ;

parenthesizedQuery
  : OPEN_PARENTHESIS query CLOSE_PARENTHESIS
  ;

withClause
  : WITH commonTable (COMMA commonTable)*
  ;

commonTable
  : identifier nameList? AS OPEN_PARENTHESIS query CLOSE_PARENTHESIS
  ;

select
  : SELECT DISTINCT? selectItem (COMMA selectItem)* (FROM relation)? (WHERE where = expression)?
    (GROUP BY groupingElement (COMMA groupingElement)*)? (HAVING having = expression)?
    (QUALIFY qualify = expression)?
  ;

selectItem
  : STAR # selectAll
  | identifier (DOT identifier)* DOT STAR # selectAllOf
  | expression (AS identifier)? # selectColumn
  ;

groupingElement
  : GROUPING SETS groupingSets # groupingSetsElement
  | ROLLUP groupingSets # rollup
  | CUBE groupingSets # cube
  | expression # groupingExpression
  ;

groupingSets
  : OPEN_PARENTHESIS groupingSet (COMMA groupingSet)* CLOSE_PARENTHESIS
  ;

groupingSet
  : OPEN_PARENTHESIS (expression (COMMA expression)*)? CLOSE_PARENTHESIS
  | expression
  ;

partitionClause
  : PARTITION BY (ROUND_ROBIN | expression (COMMA expression)*)
  ;

orderClause
  : ORDER BY sortItem (COMMA sortItem)* limitClause?
  | limitClause
  ;

limitClause
  : LIMIT limit = INTEGER (OFFSET offset = INTEGER)?
  ;

sortItem
  : expression (ASC | DESC)? (NULLS (FIRST | LAST))?
  ;

emitClause
  : EMIT emitMode (WITH RETRACTIONS)?
  ;

emitMode
  : (EARLY EVERY durationValue)? (FINAL | ON CLOSE) # emitAtEnd
  | CHANGES DISTINCT? # emitChanges
  | ON ARRIVAL # emitOnArrival
  | ON EXPIRY # emitOnExpiry
  | EVERY emitInterval # emitSnapshot
  | (FIRST | LAST | ALL) EVERY emitInterval # emitRateLimit
  ;

emitInterval
  : durationValue
  | INTEGER (EVENT | EVENTS)
  ;

// Sources.

relation
  : joinedRelation (UNION ALL joinedRelation)*
  ;

joinedRelation
  : source join*
  ;

join
  : joinType JOIN source (WITHIN joinBound (GRACE PERIOD durationValue)?)? (ON expression)?
  ;

joinType
  : INNER?
  | (LEFT | RIGHT | FULL) OUTER?
  | CROSS
  | ASOF LEFT?
  | LEFT ASOF
  ;

joinBound
  : durationValue
  | OPEN_PARENTHESIS durationValue COMMA durationValue CLOSE_PARENTHESIS
  | UNBOUNDED
  ;

source
  : relationPrimary matchRecognize? (FOR SYSTEM_TIME AS OF value)? rollupRange? windowClause? (LATE (INTO identifier | DROP))?
    sourceAlias? UNIDIRECTIONAL?
  ;

relationPrimary
  : identifier # streamReference
  | OPEN_PARENTHESIS selectQuery CLOSE_PARENTHESIS # subqueryRelation
  | OPEN_PARENTHESIS relation CLOSE_PARENTHESIS # parenthesizedRelation
  | UNNEST OPEN_PARENTHESIS expression (COMMA expression)* CLOSE_PARENTHESIS (WITH ORDINALITY)? # unnestRelation
  | PATTERN OPEN_PARENTHESIS boundedPattern afterMatch? CLOSE_PARENTHESIS # patternRelation
  ;

rollupRange
  : WITHIN rollupBound (COMMA rollupBound)? PER value
  ;

rollupBound
  : STRING
  | INTEGER
  | temporalLiteral
  | UNBOUNDED
  ;

sourceAlias
  : (AS identifier | aliasName) nameList?
  ;

windowClause
  : WINDOW windowSpecification
  ;

windowSpecification
  : windowKind OPEN_PARENTHESIS (windowArgument (COMMA windowArgument)*)? CLOSE_PARENTHESIS
  ;

windowKind
  : identifier
  ;

windowArgument
  : windowParameter (MINUS? durationValue | INTEGER)
  | expression (ASC | DESC)?
  ;

windowParameter
  : SIZE
  | ADVANCE BY
  | GAP
  | GRACE PERIOD
  | OFFSET
  | RETENTION
  ;

// Temporal patterns.

boundedPattern
  : patternSequence (WITHIN durationValue)?
  ;

patternSequence
  : patternOr ((ARROW | COMMA) patternOr)*
  ;

patternOr
  : patternAnd (OR patternAnd)*
  ;

patternAnd
  : patternUnit (AND patternUnit)*
  ;

patternUnit
  : EVERY? patternFactor
  ;

patternFactor
  : NOT patternAtom (FOR durationValue)? # patternAbsence
  | patternAtom quantifier? # patternRepeat
  ;

patternAtom
  : (identifier EQUAL)? identifier (OPEN_PARENTHESIS expression CLOSE_PARENTHESIS)? # patternElement
  | OPEN_PARENTHESIS boundedPattern CLOSE_PARENTHESIS # parenthesizedPattern
  ;

quantifier
  : (PLUS | STAR | QUESTION | repeatRange) reluctant = QUESTION?
  ;

repeatRange
  : OPEN_BRACE exact = INTEGER CLOSE_BRACE
  | OPEN_BRACE min = INTEGER? COMMA max = INTEGER? CLOSE_BRACE
  ;

afterMatch
  : AFTER MATCH SKIP_ skipTarget
  ;

skipTarget
  : PAST LAST ROW # skipPastLastRow
  | TO NEXT ROW # skipToNextRow
  | TO FIRST identifier # skipToFirst
  | TO LAST? identifier # skipToLast
  ;

// MATCH_RECOGNIZE.

matchRecognize
  : MATCH_RECOGNIZE OPEN_PARENTHESIS
    partitionBy? orderBy?
    (MEASURES measure (COMMA measure)*)?
    rowsPerMatch? afterMatch?
    PATTERN OPEN_PARENTHESIS rowPattern? CLOSE_PARENTHESIS
    (WITHIN durationValue)?
    (SUBSET rowSubset (COMMA rowSubset)*)?
    (DEFINE variableDefinition (COMMA variableDefinition)*)?
    CLOSE_PARENTHESIS
  ;

partitionBy
  : PARTITION BY expression (COMMA expression)*
  ;

orderBy
  : ORDER BY sortItem (COMMA sortItem)*
  ;

measure
  : expression AS identifier
  ;

rowsPerMatch
  : ONE ROW PER MATCH emptyMatches?
  | ALL ROWS PER MATCH emptyMatches?
  ;

emptyMatches
  : (SHOW | OMIT) EMPTY MATCHES
  | WITH UNMATCHED ROWS
  ;

rowPattern
  : rowPatternTerm (PIPE rowPatternTerm)*
  ;

rowPatternTerm
  : rowPatternFactor+
  ;

rowPatternFactor
  : rowPatternPrimary quantifier?
  ;

rowPatternPrimary
  : PERMUTE OPEN_PARENTHESIS rowPattern (COMMA rowPattern)* CLOSE_PARENTHESIS # rowPermutation
  | identifier # rowVariable
  | OPEN_PARENTHESIS rowPattern? CLOSE_PARENTHESIS # parenthesizedRowPattern
  | (CARET | DOLLAR) # rowAnchor
  | OPEN_BRACE MINUS rowPattern MINUS CLOSE_BRACE # rowExclusion
  ;

rowSubset
  : identifier EQUAL nameList
  ;

variableDefinition
  : identifier AS expression
  ;

// Expressions, from loose to tight.

expression
  : predicate # condition
  | NOT expression # not
  | expression AND expression # and
  | expression OR expression # or
  ;

predicate
  : value predicateTail?
  ;

predicateTail
  : comparisonOperator value # comparison
  | NOT? BETWEEN value AND value # between
  | NOT? IN OPEN_PARENTHESIS expression (COMMA expression)* CLOSE_PARENTHESIS # inList
  | NOT? IN OPEN_PARENTHESIS selectQuery CLOSE_PARENTHESIS # inQuery
  | NOT? LIKE value (ESCAPE value)? # like
  | NOT? (REGEXP | RLIKE) value # regexp
  | IS NOT? NULL # isNull
  | IS NOT? (TRUE | FALSE) # isTruth
  | IS NOT? DISTINCT FROM value # isDistinct
  ;

comparisonOperator
  : EQUAL | NOT_EQUAL | LESS | LESS_OR_EQUAL | GREATER | GREATER_OR_EQUAL
  ;

value
  : primary # primaryValue
  | value DOT identifier # field
  | value OPEN_BRACKET (LAST | expression) CLOSE_BRACKET # subscript
  | value AT TIME ZONE primary # atTimeZone
  | (PLUS | MINUS) value # sign
  | value (STAR | SLASH | PERCENT) value # arithmetic
  | value (PLUS | MINUS) value # arithmetic
  | value CONCAT value # concatenation
  ;

primary
  : literal # literalPrimary
  | OPEN_PARENTHESIS expression CLOSE_PARENTHESIS # parenthesizedExpression
  | OPEN_PARENTHESIS selectQuery CLOSE_PARENTHESIS # subquery
  | CASE operand = expression? whenClause+ (ELSE otherwise = expression)? END # case
  | (CAST | TRY_CAST) OPEN_PARENTHESIS expression AS dataType CLOSE_PARENTHESIS # cast
  | ARRAY OPEN_BRACKET (expression (COMMA expression)*)? CLOSE_BRACKET # array
  | MAP OPEN_BRACKET (mapEntry (COMMA mapEntry)*)? CLOSE_BRACKET # map
  | STRUCT OPEN_PARENTHESIS structEntry (COMMA structEntry)* CLOSE_PARENTHESIS # struct
  | (FINAL | RUNNING)? call # callPrimary
  | identifier # name
  ;

whenClause
  : WHEN expression THEN expression
  ;

mapEntry
  : expression COMMA expression
  ;

structEntry
  : expression (AS identifier)?
  ;

call
  : functionName OPEN_PARENTHESIS callArguments? CLOSE_PARENTHESIS nullTreatment? filterClause? overClause?
  ;

functionName
  : identifier
  ;

callArguments
  : STAR
  | DISTINCT? argument (COMMA argument)* argumentTail? nullTreatment? orderBy?
  ;

argument
  : lambda
  | expression
  ;

// EXTRACT(part FROM x), FLOOR(x TO unit), POSITION(a IN b).
argumentTail
  : FROM expression
  | TO identifier
  | IN value
  ;

lambda
  : (identifier | OPEN_PARENTHESIS identifier (COMMA identifier)* CLOSE_PARENTHESIS) FAT_ARROW expression
  ;

nullTreatment
  : (IGNORE | RESPECT) NULLS
  ;

filterClause
  : FILTER OPEN_PARENTHESIS WHERE expression CLOSE_PARENTHESIS
  ;

overClause
  : OVER OPEN_PARENTHESIS partitionBy? orderBy? frameClause? CLOSE_PARENTHESIS
  ;

frameClause
  : (ROWS | RANGE) (frameBound | BETWEEN frameBound AND frameBound)
  ;

frameBound
  : UNBOUNDED (PRECEDING | FOLLOWING) # unboundedFrame
  | CURRENT ROW # currentRowFrame
  | value (PRECEDING | FOLLOWING) # offsetFrame
  ;

// Literals.

literal
  : NULL # nullLiteral
  | booleanValue # booleanLiteral
  | STRING # stringLiteral
  | durationValue # durationLiteral
  | number # numberLiteral
  | temporalLiteral # temporal
  ;

booleanValue
  : TRUE
  | FALSE
  ;

number
  : INTEGER
  | DECIMAL
  | DOUBLE
  ;

temporalLiteral
  : (DATE | TIME | TIMESTAMP) STRING
  ;

durationValue
  : durationPart+
  | INTERVAL STRING durationUnit
  ;

durationPart
  : (INTEGER | DECIMAL) durationUnit
  ;

durationUnit
  : UNIT_DAY | UNIT_HOUR | UNIT_MINUTE | UNIT_SECOND | UNIT_MILLISECOND
  ;

// Names.

nameList
  : OPEN_PARENTHESIS identifier (COMMA identifier)* CLOSE_PARENTHESIS
  ;

identifier
  : IDENTIFIER
  | QUOTED_IDENTIFIER
  | clauseWord
  | freeWord
  ;

// A name that may follow a source without AS.
aliasName
  : IDENTIFIER
  | QUOTED_IDENTIFIER
  | freeWord
  ;

reservedWord
  : AND | ARRAY | AS | BETWEEN | CASE | CAST | CREATE | DISTINCT | ELSE | END | EVERY | FALSE
    | FROM | GROUP | HAVING | IN | INSERT | INTO | IS | JOIN | LIKE | MAP | NOT | NULL | ON | OR
    | ORDER | SELECT | STRUCT | THEN | TRUE | TRY_CAST | UNION | WHEN | WHERE | WITH
  ;

clauseWord
  : ASOF | CROSS | EMIT | FOR | FULL | GRACE | INNER | LATE | LEFT | LIMIT | MATCH_RECOGNIZE
    | PARTITION | QUALIFY | RIGHT | UNIDIRECTIONAL | WINDOW | WITHIN
  ;

freeWord
  : ADAPTIVE | ADVANCE | AFTER | AGGREGATION | ALL | ANALYZE | ARRIVAL | ASC | AT | BY | CHANGES
    | CLOSE | CODE | CONNECTOR | CONNECTORS | CUBE | CURRENT | DATE | DEFINE | DESC | DESCRIBE
    | DROP | EARLY | EMPTY | ESCAPE | EVENT | EVENTS | EXISTS | EXPIRY | EXPLAIN | FILTER
    | FINAL | FIRST | FOLLOWING | FUNCTION | FUNCTIONS | GAP | GROUPING | IDLE | IF | IGNORE
    | INTERVAL | KEY | LAST | LOGICAL | MARK | MATCH | MATCHES | MAX | MEASURES | NEXT | NULLS
    | OF | OFFSET | OMIT | ONE | ORDINALITY | OUTER | OVER | PAST | PATTERN | PER | PERIOD
    | PERMUTE | PHYSICAL | PRECEDING | PRIMARY | QUALITY | QUERIES | QUERY | RANGE | REGEXP
    | RESPECT | RETENTION | RETRACTIONS | RETURNS | RLIKE | ROLLUP | ROUND_ROBIN | ROW | ROWS
    | RUNNING | SET | SETS | SHOW | SIZE | SKIP_ | STREAM | STREAMS | SUBSET | SYSTEM_TIME
    | TABLE | TABLES | TIME | TIMEOUT | TIMESTAMP | TO | TYPE | UNBOUNDED | UNMATCHED | UNNEST
    | VALUES | WATERMARK | ZONE | UNIT_DAY | UNIT_HOUR | UNIT_MINUTE | UNIT_SECOND
    | UNIT_MILLISECOND
  ;
