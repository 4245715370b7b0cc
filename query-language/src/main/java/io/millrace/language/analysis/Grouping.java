package io.millrace.language.analysis;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.expression.RowKindReference;
import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.RowKinds;
import io.millrace.language.plan.WindowSpec;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The aggregates of one query, each once. Until the keys are known an expression refers to them by
 * marked column numbers, far above those of columns; {@link GroupedExpressions} puts the real ones.
 */
final class Grouping {
  /** Marked numbers: aggregates from here on. */
  private static final int FIRST_AGGREGATE = 1 << 20;

  /**
   * Marked numbers: what stands behind the aggregates, start and end of the window, pane, revision
   * and kind, or the number of the emission.
   */
  private static final int BEHIND_AGGREGATES = 1 << 21;

  /** The marked number of the kind of a row. */
  private static final int KIND = BEHIND_AGGREGATES + 4;

  /** The marked number of the set of keys, which is one of the keys. */
  private static final int SET = 1 << 22;

  static final String WINDOW_START = "WINDOW_START";
  static final String WINDOW_END = "WINDOW_END";
  static final String PANE = "PANE";
  static final String REVISION = "REVISION";
  static final String ROW_KIND = RowKinds.ROW_KIND;
  static final String EMISSION = "EMISSION";

  private final WindowSpec window;
  private final GroupingSets sets;
  private final boolean isOfTable;
  private final boolean isBounded;
  private boolean isLenient;
  private final List<AggregateCall> calls = new ArrayList<>();
  private final Map<AggregateCall, ColumnReference> references = new HashMap<>();
  private boolean readsBounds;

  /** Whether the rows of the query, without aggregates, take others back. */
  private boolean isOfRetractions;

  /**
   * @param isLenient whether the window is not known, because of an error that has been reported
   */
  Grouping(WindowSpec window, GroupingSets sets, boolean isLenient) {
    this(window, sets, isLenient, false, false);
  }

  /**
   * @param isOfTable whether it is of what a table holds, whose rows change
   * @param holdsTable whether it has no more rows at a time than a table
   */
  Grouping(
      WindowSpec window,
      GroupingSets sets,
      boolean isLenient,
      boolean isOfTable,
      boolean holdsTable) {
    this.window = window;
    this.sets = sets;
    this.isLenient = isLenient;
    this.isOfTable = isOfTable;
    this.isBounded = holdsTable || !window.coversAll();
  }

  /** What its aggregates must be able to do. */
  AggregateDemand demand() {
    return isOfTable ? AggregateDemand.RETRACT : AggregateDemand.of(window);
  }

  /** Whether rows go, so that aggregates may hold those that are there. */
  boolean isBounded() {
    return isBounded;
  }

  boolean isLenient() {
    return isLenient;
  }

  /** Says that an error of the query has been reported, so that its columns are not checked. */
  void tolerate() {
    isLenient = true;
  }

  /** Says that the rows of the query, without aggregates, take others back: their kind is known. */
  void setOfRetractions() {
    isOfRetractions = true;
  }

  WindowSpec window() {
    return window;
  }

  /** The keys by which it groups. */
  List<RowExpression> keys() {
    return sets.keys();
  }

  /** See {@link GroupingSets#missing}. */
  RowExpression missing(List<RowExpression> arguments) {
    return sets.missing(arguments, new ColumnReference(SET, DataType.INT, "grouping_set"));
  }

  List<AggregateCall> calls() {
    return calls;
  }

  boolean isEmpty() {
    return calls.isEmpty();
  }

  /** Whether pseudo-columns of the window are read. */
  boolean readsBounds() {
    return readsBounds;
  }

  /** Whether its window has a start and an end. */
  boolean hasBounds() {
    return window.hasBounds();
  }

  /** The result of an aggregate without a name; equal aggregates are one. */
  RowExpression add(AggregateCall unnamed) {
    return references.computeIfAbsent(
        unnamed,
        absent -> {
          String function = unnamed.function().sqlName();
          String name = function + "_" + (calls.size() + 1);
          calls.add(unnamed.named(name));
          return new ColumnReference(FIRST_AGGREGATE + calls.size() - 1, unnamed.type(), name);
        });
  }

  /** Whether a name is that of a pseudo-column of windows. */
  static boolean isPseudoColumn(String name) {
    return Stream.of(WINDOW_START, WINDOW_END, PANE, REVISION, ROW_KIND)
        .anyMatch(name::equalsIgnoreCase);
  }

  /** A pseudo-column of the window, if this is one and the window has bounds. */
  Optional<RowExpression> findPseudoColumn(String name) {
    if (isOfRetractions && isRowKind(name)) {
      return Optional.of(new RowKindReference());
    }
    if (!hasBounds() || !isPseudoColumn(name) || (isRowKind(name) && !retracts())) {
      return Optional.empty();
    }
    readsBounds = true;
    return Optional.of(pseudoColumn(name.toUpperCase(Locale.ROOT)));
  }

  private RowExpression pseudoColumn(String name) {
    boolean isRevised = window instanceof WindowSpec.Revised;
    return switch (name) {
      case WINDOW_START -> new ColumnReference(BEHIND_AGGREGATES, DataType.TIMESTAMP, name);
      case WINDOW_END -> new ColumnReference(BEHIND_AGGREGATES + 1, DataType.TIMESTAMP, name);
      case PANE ->
          isRevised
              ? new ColumnReference(BEHIND_AGGREGATES + 2, DataType.STRING, name)
              : new Constant("ON_TIME", DataType.STRING);
      case REVISION ->
          isRevised
              ? new ColumnReference(BEHIND_AGGREGATES + 3, DataType.BIGINT, name)
              : new Constant(0L, DataType.BIGINT);
      default -> new ColumnReference(KIND, DataType.STRING, name);
    };
  }

  /** Whether a name is that of the kind of a row. */
  static boolean isRowKind(String name) {
    return name.equalsIgnoreCase(ROW_KIND);
  }

  /** Whether an expression that refers to marked numbers reads the kind of its row. */
  boolean readsRowKind(RowExpression expression) {
    return expression instanceof ColumnReference column
        ? retracts() && column.index() == KIND
        : expression.operands().stream().anyMatch(this::readsRowKind);
  }

  /** Whether its window takes rows back. */
  boolean retracts() {
    return window instanceof WindowSpec.Revised revised && revised.revisions().withRetractions();
  }

  /** What tells apart emissions of one moment with equal keys, if the window numbers them. */
  Optional<RowExpression> emission() {
    return window.numbersEmissions()
        ? Optional.of(new ColumnReference(BEHIND_AGGREGATES, DataType.BIGINT, EMISSION))
        : Optional.empty();
  }

  /** What it gives: the keys, the aggregates, what stands behind these, the carried columns. */
  Schema schema(List<NamedExpression> keys, List<NamedExpression> carried) {
    List<Field> fields = new ArrayList<>();
    for (NamedExpression key : keys) {
      fields.add(new Field(key.name(), key.expression().type()));
    }
    for (AggregateCall call : calls) {
      fields.add(new Field(call.name(), call.type()));
    }
    if (hasBounds()) {
      fields.add(new Field(WINDOW_START, DataType.TIMESTAMP));
      fields.add(new Field(WINDOW_END, DataType.TIMESTAMP));
    }
    if (window instanceof WindowSpec.Revised) {
      fields.add(new Field(PANE, DataType.STRING));
      fields.add(new Field(REVISION, DataType.BIGINT));
    }
    if (retracts()) {
      fields.add(new Field(ROW_KIND, DataType.STRING));
    }
    if (window.numbersEmissions()) {
      fields.add(new Field(EMISSION, DataType.BIGINT));
    }
    for (NamedExpression column : carried) {
      fields.add(new Field(column.name(), column.expression().type()));
    }
    return new Schema(fields);
  }

  /** Whether the column is a marked one. */
  static boolean isMarked(ColumnReference column) {
    return column.index() >= FIRST_AGGREGATE;
  }

  /** Whether the column is the marked one of the set of keys. */
  static boolean isSet(ColumnReference column) {
    return column.index() == SET;
  }

  /**
   * The marked column's place in the result of the aggregation; that of the set of keys is among
   * these.
   *
   * @param keys how many keys it has in front
   */
  ColumnReference place(ColumnReference marked, int keys) {
    int index =
        marked.index() >= BEHIND_AGGREGATES
            ? keys + calls.size() + marked.index() - BEHIND_AGGREGATES
            : keys + marked.index() - FIRST_AGGREGATE;
    return new ColumnReference(index, marked.type(), marked.name());
  }
}
