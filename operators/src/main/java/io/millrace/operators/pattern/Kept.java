package io.millrace.operators.pattern;

import io.millrace.operators.aggregate.FieldsFrom;
import io.millrace.operators.kernel.AggregateKernel;
import io.millrace.operators.kernel.AggregateProgram;
import io.millrace.operators.kernel.CheckingKernel;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.function.EvaluationContext;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.StateCodec;
import io.millrace.spi.state.StateType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is kept of the events that attempts have taken: aggregates by variable, by attempt. */
final class Kept {
  private final List<PatternVariable> variables;
  private final SlotTable table;
  private final List<StateType> fields;
  private final int firstField;
  private final FieldsFrom[] fieldsOf;
  private final @Nullable AggregateKernel[] kernels;
  private final Column[][] arguments;
  private final LongColumn times = new LongColumn(0);
  private final LongColumn causes = new LongColumn(0);
  private final int[] one = new int[1];
  private final int[] firstKept;
  private int[] slots = new int[1];

  /** By variable the columns that its results go into. */
  private final Column[][] results;

  /**
   * @param table the attempts
   * @param firstField the first of {@link #fields} there
   */
  Kept(
      List<PatternVariable> variables,
      SlotTable table,
      int firstField,
      KernelLoader loader,
      EvaluationContext context) {
    this.variables = variables;
    this.table = table;
    this.fields = fields(variables);
    this.firstField = firstField;
    this.fieldsOf = new FieldsFrom[variables.size()];
    this.kernels = new AggregateKernel[variables.size()];
    this.arguments = new Column[variables.size()][];
    this.results = new Column[variables.size()][];
    this.firstKept = new int[variables.size()];
    int next = firstField;
    for (int i = 0; i < variables.size(); i++) {
      AggregateProgram program = variables.get(i).kept();
      fieldsOf[i] = new FieldsFrom(table, next);
      firstKept[i] = variables.get(i).firstKept();
      boolean isOrdered = program != null && program.isOrdered();
      arguments[i] = new Column[variables.get(i).arguments().size() + (isOrdered ? 2 : 0)];
      results[i] = new Column[program == null ? 0 : program.results().size()];
      if (program != null) {
        kernels[i] = loader.load(program.kernel(), context);
        next += program.fields().size();
      }
    }
  }

  /** The fields of the table of attempts. */
  static List<StateType> fields(List<PatternVariable> variables) {
    List<StateType> fields = new ArrayList<>();
    for (int i = 0; i < variables.size(); i++) {
      AggregateProgram program = variables.get(i).kept();
      if (program != null) {
        for (StateType field : program.fields()) {
          fields.add(field.named("v" + i + "_" + field.name()));
        }
      }
    }
    return fields;
  }

  /**
   * Takes the columns of a batch.
   *
   * @param before how many events there have been before: events are in the order in which they
   *     come, whatever their times
   */
  void of(Batch batch, long before) {
    int count = batch.size();
    times.ensureCapacity(count);
    causes.ensureCapacity(count);
    if (slots.length < count) {
      slots = new int[count];
    }
    for (int row = 0; row < count; row++) {
      causes.values()[row] = before + row + 1;
    }
    for (int i = 0; i < arguments.length; i++) {
      List<Integer> columns = variables.get(i).arguments();
      for (int k = 0; k < columns.size(); k++) {
        arguments[i][k] = batch.column(columns.get(k));
      }
      if (arguments[i].length > columns.size()) {
        arguments[i][columns.size()] = times;
        arguments[i][columns.size() + 1] = causes;
      }
    }
  }

  /** Whether there are events that a variable refuses: its aggregates may overflow. */
  boolean mayRefuse(int variable) {
    return kernels[variable] instanceof CheckingKernel checking && checking.refusesRows();
  }

  /** Whether a variable that may refuse events takes one. */
  boolean accepts(int variable, int slot, int row, RowErrors errors) {
    CheckingKernel kernel = (CheckingKernel) Objects.requireNonNull(kernels[variable]);
    kernel.bind(fieldsOf[variable]);
    return kernel.accepts(arguments[variable], row, slot, errors);
  }

  /** Adds an event, which it accepts. */
  void add(int variable, int slot, int row, RowErrors errors) {
    AggregateKernel kernel = kernels[variable];
    if (kernel != null) {
      kernel.bind(fieldsOf[variable]);
      slots[row] = slot;
      kernel.add(arguments[variable], row, row + 1, slots, errors);
    }
  }

  /** Forgets the events of variables. */
  void forget(long forgotten, int slot) {
    for (int i = 0; i < kernels.length; i++) {
      AggregateKernel kernel = kernels[i];
      if (kernel != null && (forgotten >>> i & 1) != 0) {
        kernel.bind(fieldsOf[i]);
        kernel.reset(slot);
      }
    }
  }

  /**
   * Writes what is kept of a variable.
   *
   * @param first the column in which all that is kept begins
   */
  void write(int variable, int slot, Column[] columns, int first, int row) {
    one[0] = slot;
    write(variable, one, 1, columns, first, row);
  }

  /** Writes what is kept of a variable at several slots to the first rows. */
  void write(int variable, int[] from, int count, Column[] columns, int first) {
    write(variable, from, count, columns, first, 0);
  }

  private void write(int variable, int[] from, int count, Column[] columns, int first, int row) {
    AggregateKernel kernel = kernels[variable];
    if (kernel != null) {
      Column[] out = results[variable];
      System.arraycopy(columns, first + firstKept[variable], out, 0, out.length);
      kernel.bind(fieldsOf[variable]);
      kernel.results(from, 0, count, out, row);
    }
  }

  /** Takes all that is kept over from another attempt. */
  void copy(int from, int to) {
    for (int i = 0; i < fields.size(); i++) {
      Column field = table.field(firstField + i);
      StateCodec<?> codec = fields.get(i).codec();
      if (codec == null) {
        field.copy(field, from, to);
      } else {
        field.set(to, copyOf(field.get(from), codec));
      }
    }
  }

  private static <V> @Nullable Object copyOf(@Nullable Object value, StateCodec<V> codec) {
    if (value == null) {
      return null;
    }
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      @SuppressWarnings("unchecked")
      V known = (V) value;
      codec.write(known, new DataOutputStream(bytes));
      return codec.read(
          codec.version(), new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    } catch (IOException e) {
      throw new UncheckedIOException("what an attempt keeps cannot be copied", e);
    }
  }
}
