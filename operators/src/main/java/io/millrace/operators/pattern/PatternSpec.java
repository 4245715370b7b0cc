package io.millrace.operators.pattern;

import io.millrace.operators.expiry.Expiry;
import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.AggregateProgram;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds a temporal pattern in events, which come in their order, and sends a row for each match:
 * the keys, then what is kept of each variable.
 *
 * @param input the events
 * @param keys the columns of the input that tell attempts apart
 * @param origins what an event has of its own, by the number of its stream, the first column; empty
 *     if events are of one stream, whose columns these are
 * @param skip which attempts a match ends
 * @param early what becomes of a match that only time can still break
 * @param isSorted whether the events are in the order of their times, so that the watermark is the
 *     clock; else that is the greatest time of any event so far
 * @param ttlMillis how long a key is remembered that no event touches, and that has no attempt on
 *     its way; 0 for ever
 * @param output the keys, then what is kept
 */
public record PatternSpec(
    Schema input,
    List<Integer> keys,
    List<Origin> origins,
    PatternProgram program,
    List<PatternVariable> variables,
    Skip skip,
    Early early,
    boolean isSorted,
    long ttlMillis,
    Schema output)
    implements OperatorSpec {

  public PatternSpec {
    keys = List.copyOf(keys);
    origins = List.copyOf(origins);
    variables = List.copyOf(variables);
  }

  /**
   * The columns of the input that an event of one stream has, for people.
   *
   * @param names what they are called there
   */
  public record Origin(List<Integer> columns, Schema names) {
    public Origin {
      columns = List.copyOf(columns);
    }

    /** The events as the stream has them. */
    Batch of(Batch events) {
      Column[] own = columns.stream().map(events::column).toArray(Column[]::new);
      return new Batch(names, own, events.timeline()).rowsOf(events);
    }
  }

  /** What becomes of a match that only waits for an absence to be over. */
  public enum Early {
    /** It is sent when it is certain. */
    NO,
    /** It is sent at once. */
    SENT,
    /** It is sent at once, and taken back when it is broken. */
    SENT_AND_RETRACTED
  }

  /**
   * Which attempts are dropped at a match: those that began before an event of it.
   *
   * @param variable whose event it is, where it is one of a variable
   */
  public record Skip(SkipMode mode, int variable) {
    String describe(List<PatternVariable> variables) {
      return switch (mode) {
        case NONE -> "";
        case PAST_LAST_ROW -> ", skips past the last row";
        case TO_NEXT_ROW -> ", skips to the next row";
        case TO_FIRST -> ", skips to the first " + variables.get(variable).name();
        case TO_LAST -> ", skips to the last " + variables.get(variable).name();
      };
    }
  }

  /** Which event of a match it is. */
  public enum SkipMode {
    NONE,
    PAST_LAST_ROW,
    TO_NEXT_ROW,
    TO_FIRST,
    TO_LAST
  }

  @Override
  public String describe() {
    List<String> texts = new ArrayList<>();
    for (PatternVariable variable : variables) {
      texts.add(variable.name() + (variable.text().isEmpty() ? "" : " (" + variable.text() + ")"));
    }
    String per =
        keys.isEmpty() ? "" : " per " + String.join(", ", keys.stream().map(input::name).toList());
    String sent =
        switch (early) {
          case NO -> "";
          case SENT -> ", sent early";
          case SENT_AND_RETRACTED -> ", sent early and taken back";
        };
    return "Pattern of "
        + String.join(", ", texts)
        + per
        + skip.describe(variables)
        + sent
        + (isSorted ? "" : ", as events come")
        + Expiry.describe(ttlMillis);
  }

  /** An event as its stream has it. */
  Batch shown(Batch events, int row) {
    if (origins.isEmpty()) {
      return events;
    }
    int stream = (int) ((LongColumn) events.column(0)).values()[row];
    return origins.get(stream).of(events);
  }

  /** How many results are kept of all variables together. */
  int keptColumns() {
    return output.size() - keys.size();
  }

  /** How many results are kept of a variable. */
  int keptOf(int variable) {
    AggregateProgram kept = variables.get(variable).kept();
    return kept == null ? 0 : kept.results().size();
  }

  /** Columns for all that an attempt keeps, with room for one. */
  Column[] keptRow() {
    Column[] columns = new Column[keptColumns()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = Column.of(output.type(keys.size() + i).layout(), 1);
    }
    return columns;
  }

  /** An event, and behind it all that an attempt keeps: what conditions are about. */
  Schema candidates() {
    List<Field> fields = new ArrayList<>(input.fields());
    for (int i = keys.size(); i < output.size(); i++) {
      fields.add(new Field("kept" + fields.size(), output.type(i)));
    }
    return new Schema(fields);
  }

  /** All that an attempt keeps. */
  Schema kept() {
    return new Schema(output.fields().subList(keys.size(), output.size()));
  }

  List<DataType> keyTypes() {
    return keys.stream().map(input::type).toList();
  }

  @Override
  public boolean isTimeDriven() {
    return true;
  }

  /** As they come, the events of all keys move the clock. */
  @Override
  public Distribution distribution() {
    return isSorted ? overPartitions() : Distribution.WHOLE;
  }

  @Override
  public Distribution overPartitions() {
    if (keys.isEmpty()) {
      return Distribution.WHOLE;
    }
    List<Integer> sources =
        IntStream.range(0, output.size())
            .map(i -> i < keys.size() ? keys.get(i) : -1)
            .boxed()
            .toList();
    return new Distribution.Keyed(keys, sources, true);
  }

  @Override
  public List<KernelSource<?>> kernels() {
    List<KernelSource<?>> kernels = new ArrayList<>();
    for (PatternVariable variable : variables) {
      kernels.add(variable.fits());
      KernelSource<?> condition = variable.condition();
      if (condition != null) {
        kernels.add(condition);
      }
      PatternVariable.Limit limit = variable.limit();
      if (limit != null) {
        kernels.add(limit.value());
      }
      AggregateProgram kept = variable.kept();
      if (kept != null) {
        kernels.add(kept.kernel());
      }
    }
    return kernels;
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new PatternOperator(this, loader);
  }
}
