package io.millrace.compiler.aggregate;

import io.millrace.compiler.code.ConstantPool;
import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.AggregateFunction;
import io.millrace.operators.aggregate.DistinctValues;
import io.millrace.operators.kernel.Updates;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * The accumulators of one query's aggregates and the fields that they have in a group. Field 0 is
 * the number of rows. Rows without a value are counted for each input, not those with one: where
 * nothing is NULL, there is nothing to do. To an input that is distinct, a value that is there
 * already is none.
 */
final class Accumulators {
  private final Updates updates;
  private final ConstantPool constants = new ConstantPool();
  private final Set<AggregateInput> summed = new LinkedHashSet<>();
  private final Set<AggregateInput> inputs = new LinkedHashSet<>();
  private final Map<Accumulator, Integer> firstFields = new LinkedHashMap<>();
  private final Map<AggregateInput, Integer> missingFields = new LinkedHashMap<>();
  private final Map<AggregateInput, Integer> distinctFields = new LinkedHashMap<>();
  private final List<StateType> fields = new ArrayList<>();

  Accumulators(List<AggregateCall> calls, Updates updates) {
    this.updates = updates;
    fields.add(StateType.of("rows", DataType.BIGINT));
    for (AggregateCall call : calls) {
      if (call.function() == AggregateFunction.SUM) {
        summed.add(AggregateInput.of(call));
      }
    }
  }

  /** What happens to the groups. */
  Updates updates() {
    return updates;
  }

  /** Whether rows at which {@code sum} over an input overflows are refused. */
  boolean isChecked(AggregateInput input) {
    return summed.contains(input) && updates != Updates.PARTIAL;
  }

  /** Whether rows and groups must come with their times and causes, but for {@link Updates}. */
  boolean isOrdered() {
    return updates != Updates.RETRACT
        && updates != Updates.RETRACT_BY_TIME
        && firstFields.keySet().stream().anyMatch(OrderedAccumulator.class::isInstance);
  }

  /** The constants of the kernel. */
  ConstantPool constants() {
    return constants;
  }

  /** The code of a call's setting, of a Java type. */
  String setting(AggregateCall call, int index, String type) {
    return constant(
        call, "setting " + index, type, Objects.requireNonNull(call.settings().get(index).value()));
  }

  /** The code of a constant of a call, of a Java type. */
  String constant(AggregateCall call, String role, String type, Object value) {
    return constants.of(call, role, type, value);
  }

  /** Takes an accumulator in, unless an equal one is there, and gives the code of its fields. */
  IntFunction<String> require(Accumulator accumulator) {
    require(accumulator.input());
    Integer known = firstFields.get(accumulator);
    int first = known == null ? fields.size() : known;
    if (known == null) {
      firstFields.put(accumulator, first);
      for (StateType field : accumulator.fields()) {
        fields.add(field.named(field.name() + " " + accumulator.input().label()));
      }
    }
    return index -> "f" + (first + index) + "[g]";
  }

  private void require(AggregateInput input) {
    if (inputs.add(input) && !input.takesAllRows()) {
      missingFields.put(input, fields.size());
      fields.add(StateType.of("missing " + input.label(), DataType.BIGINT));
      if (input.isDistinct()) {
        distinctFields.put(input, fields.size());
        fields.add(StateType.object(input.label(), DistinctValues.codec(input.type())));
      }
    }
  }

  /** The code of the number of rows that have a value. */
  String present(AggregateInput input) {
    require(input);
    Integer missing = missingFields.get(input);
    return missing == null ? "f0[g]" : "(f0[g] - f" + missing + "[g])";
  }

  /** A condition that no row has a value. */
  String isEmpty(AggregateInput input) {
    return present(input) + " == 0L";
  }

  List<AggregateInput> inputs() {
    return List.copyOf(inputs);
  }

  /** The accumulators of an input. */
  List<Accumulator> of(AggregateInput input) {
    return firstFields.keySet().stream()
        .filter(accumulator -> accumulator.input().equals(input))
        .toList();
  }

  int firstField(Accumulator accumulator) {
    return firstFields.getOrDefault(accumulator, -1);
  }

  /** The field that holds the values of a distinct input, or -1 if it is none. */
  int distinctField(AggregateInput input) {
    return distinctFields.getOrDefault(input, -1);
  }

  /** The field that counts the rows without a value, or -1 if all have one. */
  int missingField(AggregateInput input) {
    return missingFields.getOrDefault(input, -1);
  }

  /** Whether a field stays as it is when its group has no rows any more. */
  boolean isLasting(int field) {
    return firstFields.entrySet().stream()
        .filter(entry -> entry.getKey() instanceof LastingAccumulator)
        .anyMatch(
            entry -> {
              int index = field - entry.getValue();
              return index >= 0 && index < entry.getKey().fields().size();
            });
  }

  List<StateType> fields() {
    return List.copyOf(fields);
  }
}
