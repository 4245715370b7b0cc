package io.millrace.language.parser;

import io.millrace.language.ast.WindowKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import org.antlr.v4.runtime.Token;

/**
 * What Siddhi, Esper, ksqlDB and Flink SQL write with words that the language does not have: what
 * to write instead. It is asked only of statements that are wrong, so that none of these words is
 * taken from names.
 */
final class ForeignSyntax {
  private static final String DECLARED_ONCE = ": a script declares each name once";
  private static final String VIEW =
      "a view is a stream or a table of a query: CREATE STREAM name AS SELECT …";
  private static final String CONNECTOR =
      "a connector is an option of a stream: CREATE STREAM … WITH (connector = …)";

  /** What stands behind CREATE, in one word or two. */
  private static final Map<String, String> CREATED =
      Map.ofEntries(
          Map.entry("OR REPLACE", "leave out OR REPLACE" + DECLARED_ONCE),
          Map.entry("CONTEXT", "write PARTITION BY in each query"),
          Map.entry("SINK CONNECTOR", CONNECTOR),
          Map.entry("SOURCE CONNECTOR", CONNECTOR),
          Map.entry("CONNECTOR", CONNECTOR),
          Map.entry("SOURCE STREAM", "write CREATE STREAM"),
          Map.entry("SOURCE TABLE", "write CREATE TABLE"),
          Map.entry("TEMPORARY TABLE", "write CREATE TABLE"),
          Map.entry("TEMPORARY VIEW", VIEW),
          Map.entry("VIEW", VIEW),
          Map.entry(
              "MATERIALIZED VIEW", "a table of a query is one: CREATE TABLE name AS SELECT …"),
          Map.entry("SCHEMA", "write CREATE STREAM"));

  /** What statements begin with, in one word or two. */
  private static final Map<String, String> STATEMENTS =
      Map.of(
          "DEFINE STREAM", "write CREATE STREAM",
          "DEFINE TABLE", "write CREATE TABLE",
          "DEFINE WINDOW", "write CREATE WINDOW",
          "DEFINE AGGREGATION", "write CREATE AGGREGATION",
          "FROM", "a query begins with SELECT: SELECT … FROM …",
          "PARTITION WITH", "write PARTITION BY in each query",
          "LIST STREAMS", "write SHOW STREAMS",
          "LIST TABLES", "write SHOW TABLES");

  /** What EMIT says for the word behind OUTPUT. */
  private static final Map<String, String> OUTPUTS =
      Map.of(
          "FIRST", "EMIT FIRST EVERY",
          "LAST", "EMIT LAST EVERY",
          "ALL", "EMIT ALL EVERY",
          "EVERY", "EMIT ALL EVERY",
          "SNAPSHOT", "EMIT EVERY");

  /** Functions of Flink SQL that give a table its windows. */
  private static final Set<String> WINDOW_FUNCTIONS =
      Set.of("TUMBLE", "HOP", "CUMULATE", "SESSION");

  private static final int WIDEST_CALL = 8;

  private final List<Token> tokens;
  private final int index;
  private final Expectations expected;
  private final Expectations expectedBefore;

  /**
   * What to write.
   *
   * @param index of the token that is wrong, at most that of the first one that cannot stand at its
   *     place: those before may have been taken for names
   */
  record Correction(int index, String hint) {}

  ForeignSyntax(List<Token> tokens, int index, Expectations expected, Expectations expectedBefore) {
    this.tokens = tokens;
    this.index = index;
    this.expected = expected;
    this.expectedBefore = expectedBefore;
  }

  Optional<Correction> find() {
    return statement()
        .or(this::created)
        .or(this::replaced)
        .or(this::output)
        .or(this::aggregate)
        .or(this::top)
        .or(this::insertBehind)
        .or(this::timeBehindColumns)
        .or(this::windowFunction)
        .or(this::filter)
        .or(this::gracePeriod)
        .or(this::graceBehindWindow)
        .or(this::windowWithoutArguments)
        .or(this::windowWithoutItsWord);
  }

  private Optional<Correction> here(String hint) {
    return Optional.of(new Correction(index, hint));
  }

  private Optional<Correction> before(String hint) {
    return Optional.of(new Correction(index - 1, hint));
  }

  /** The text of a token in capitals; empty beyond the statement. */
  private String word(int position) {
    return position >= 0 && position < tokens.size()
        ? tokens.get(position).getText().toUpperCase(Locale.ROOT)
        : "";
  }

  private String text(int position) {
    return position < tokens.size() ? tokens.get(position).getText() : "…";
  }

  private boolean is(int position, int type) {
    return position >= 0 && position < tokens.size() && tokens.get(position).getType() == type;
  }

  private Optional<Correction> statement() {
    return index == 0 ? hintOf(STATEMENTS) : Optional.empty();
  }

  private Optional<Correction> created() {
    return index == 1 && is(0, MillraceLexer.CREATE) ? hintOf(CREATED) : Optional.empty();
  }

  private Optional<Correction> hintOf(Map<String, String> hints) {
    String one = word(index);
    String two = one + " " + word(index + 1);
    return Optional.ofNullable(hints.get(two))
        .or(() -> Optional.ofNullable(hints.get(one)))
        .flatMap(this::here);
  }

  private Optional<Correction> replaced() {
    boolean isCondition =
        is(0, MillraceLexer.CREATE)
            && is(index, MillraceLexer.NOT)
            && word(index + 1).equals("EXISTS");
    return isCondition && word(index - 1).equals("IF")
        ? before("leave out IF NOT EXISTS" + DECLARED_ONCE)
        : Optional.empty();
  }

  /** {@code OUTPUT LAST EVERY 10 SECONDS}; OUTPUT may have been taken for an alias. */
  private Optional<Correction> output() {
    boolean isHere =
        word(index).equals("OUTPUT")
            && expected.has(MillraceLexer.EMIT, MillraceParser.RULE_emitClause);
    boolean isBefore =
        word(index - 1).equals("OUTPUT")
            && expectedBefore.has(MillraceLexer.EMIT, MillraceParser.RULE_emitClause);
    if (!isHere && !isBefore) {
      return Optional.empty();
    }
    int at = isHere ? index : index - 1;
    String emit = OUTPUTS.get(word(at + 1));
    if (emit == null) {
      return Optional.empty();
    }
    int interval = is(at + 1, MillraceLexer.EVERY) ? at + 2 : at + 3;
    return Optional.of(
        new Correction(
            at, "when rows are sent is said by EMIT: " + emit + " " + interval(interval)));
  }

  /** The interval that stands there, as it is written, or one for an example. */
  private String interval(int position) {
    StringJoiner parts = new StringJoiner(" ");
    for (int at = position; isNumber(at) && isUnit(at + 1); at += 2) {
      parts.add(text(at)).add(text(at + 1));
    }
    return parts.length() == 0 ? "10 SECONDS" : parts.toString();
  }

  private boolean isNumber(int position) {
    return is(position, MillraceLexer.INTEGER) || is(position, MillraceLexer.DECIMAL);
  }

  private boolean isUnit(int position) {
    return position < tokens.size()
        && switch (tokens.get(position).getType()) {
          case MillraceLexer.UNIT_DAY,
              MillraceLexer.UNIT_HOUR,
              MillraceLexer.UNIT_MINUTE,
              MillraceLexer.UNIT_SECOND,
              MillraceLexer.UNIT_MILLISECOND,
              MillraceLexer.EVENT,
              MillraceLexer.EVENTS ->
              true;
          default -> false;
        };
  }

  /** {@code AGGREGATE BY ts EVERY sec...year}. */
  private Optional<Correction> aggregate() {
    if (!is(0, MillraceLexer.CREATE) || !is(1, MillraceLexer.AGGREGATION)) {
      return Optional.empty();
    }
    int at = word(index).equals("AGGREGATE") ? index : index - 1;
    if (!word(at).equals("AGGREGATE")) {
      return Optional.empty();
    }
    if (is(at + 1, MillraceLexer.BY)) {
      return Optional.of(
          new Correction(
              at, "leave out AGGREGATE BY: rows are kept by the event time of their stream"));
    }
    return at == index && is(at + 1, MillraceLexer.EVERY)
        ? here("leave out AGGREGATE: write EVERY SECOND ... YEAR")
        : Optional.empty();
  }

  private Optional<Correction> top() {
    boolean isFirst = is(index - 2, MillraceLexer.SELECT) || is(index - 2, MillraceLexer.DISTINCT);
    return isFirst && word(index - 1).equals("TOP") && is(index, MillraceLexer.INTEGER)
        ? before("write LIMIT " + text(index) + " at the end of the query")
        : Optional.empty();
  }

  /** {@code SELECT … INSERT INTO …}. */
  private Optional<Correction> insertBehind() {
    boolean isTarget = index + 3 == tokens.size() || is(index + 3, MillraceLexer.FROM);
    return isTarget
            && is(0, MillraceLexer.SELECT)
            && is(index, MillraceLexer.INSERT)
            && is(index + 1, MillraceLexer.INTO)
        ? here("INSERT INTO " + text(index + 2) + " stands before its SELECT")
        : Optional.empty();
  }

  private Optional<Correction> timeBehindColumns() {
    boolean isBehindColumns =
        is(0, MillraceLexer.CREATE)
            && is(index - 1, MillraceLexer.CLOSE_PARENTHESIS)
            && expected.has(MillraceLexer.AS);
    if (!isBehindColumns) {
      return Optional.empty();
    }
    if (is(index, MillraceLexer.WATERMARK) && is(index + 1, MillraceLexer.FOR)) {
      return here("it stands among the columns: (…, WATERMARK FOR " + text(index + 2) + " AS …)");
    }
    return is(index, MillraceLexer.TIMESTAMP) && is(index + 1, MillraceLexer.BY)
        ? here("it stands among the columns: (…, TIMESTAMP BY " + text(index + 2) + ")")
        : Optional.empty();
  }

  /** {@code TABLE(TUMBLE(TABLE stream, …))}, and {@code TUMBLE(TABLE stream, …)}. */
  private Optional<Correction> windowFunction() {
    boolean isSource =
        is(index, MillraceLexer.OPEN_PARENTHESIS)
            && expectedBefore.has(
                MillraceLexer.OPEN_PARENTHESIS, MillraceParser.RULE_relationPrimary);
    int at = is(index - 1, MillraceLexer.TABLE) ? index + 1 : index - 1;
    if (!isSource || !WINDOW_FUNCTIONS.contains(word(at))) {
      return Optional.empty();
    }
    String stream = "S";
    for (int i = at + 1; i < at + WIDEST_CALL; i++) {
      if (is(i, MillraceLexer.TABLE) && i + 1 < tokens.size()) {
        stream = text(i + 1);
      }
    }
    String form = WindowForms.find(word(at)).map(WindowKind::form).orElse("");
    return before(WindowKind.behind(stream, form));
  }

  /** {@code stream[condition]}. */
  private Optional<Correction> filter() {
    return is(index, MillraceLexer.OPEN_BRACKET)
            && expected.has(MillraceLexer.WINDOW, MillraceParser.RULE_windowClause)
        ? here("conditions on rows stand in WHERE")
        : Optional.empty();
  }

  private Optional<Correction> gracePeriod() {
    boolean isPeriod =
        expected.has(MillraceLexer.PERIOD, MillraceParser.RULE_windowParameter)
            || expected.has(MillraceLexer.PERIOD, MillraceParser.RULE_join);
    return isPeriod && is(index - 1, MillraceLexer.GRACE)
        ? here("write GRACE PERIOD " + interval(index))
        : Optional.empty();
  }

  /** {@code WINDOW TUMBLING (…) GRACE PERIOD 10 SECONDS}; GRACE alone is meant for an alias. */
  private Optional<Correction> graceBehindWindow() {
    boolean isPeriod =
        is(index, MillraceLexer.GRACE)
            && (is(index + 1, MillraceLexer.PERIOD)
                || is(index + 1, MillraceLexer.INTERVAL)
                || isNumber(index + 1));
    if (!isPeriod || !is(index - 1, MillraceLexer.CLOSE_PARENTHESIS)) {
      return Optional.empty();
    }
    int open = index - 1;
    int depth = 1;
    while (depth > 0 && open > 0) {
      open--;
      depth += is(open, MillraceLexer.CLOSE_PARENTHESIS) ? 1 : 0;
      depth -= is(open, MillraceLexer.OPEN_PARENTHESIS) ? 1 : 0;
    }
    int period = is(index + 1, MillraceLexer.PERIOD) ? index + 2 : index + 1;
    String grace = interval(period);
    return is(open - 2, MillraceLexer.WINDOW)
        ? WindowForms.find(word(open - 1))
            .filter(WindowForms::takesGrace)
            .flatMap(kind -> here(within(kind, grace)))
        : Optional.empty();
  }

  private static String within(WindowKind kind, String grace) {
    return "it stands among the arguments: " + kind + " (…, GRACE PERIOD " + grace + ")";
  }

  private Optional<Correction> windowWithoutArguments() {
    return expected.has(MillraceLexer.OPEN_PARENTHESIS, MillraceParser.RULE_windowSpecification)
        ? WindowForms.find(word(index - 1)).flatMap(kind -> here("write " + kind.form()))
        : Optional.empty();
  }

  /** {@code stream TUMBLING (…)}: the kind is taken for an alias, its arguments for columns. */
  private Optional<Correction> windowWithoutItsWord() {
    int open = is(index - 1, MillraceLexer.OPEN_PARENTHESIS) ? index - 1 : index - 2;
    boolean isAlias =
        open > 1
            && is(open, MillraceLexer.OPEN_PARENTHESIS)
            && !is(open - 2, MillraceLexer.AS)
            && expected.isWithin(MillraceParser.RULE_sourceAlias);
    if (!isAlias) {
      return Optional.empty();
    }
    String stream = is(open - 2, MillraceLexer.CLOSE_PARENTHESIS) ? "(…)" : text(open - 2);
    return WindowForms.find(word(open - 1))
        .map(kind -> new Correction(open - 1, WindowKind.behind(stream, kind.form())));
  }
}
