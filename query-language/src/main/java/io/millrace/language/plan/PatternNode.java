package io.millrace.language.plan;

import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds a temporal pattern in the events of streams (LANGUAGE section 7), and sends a row for each
 * match.
 *
 * <pre>
 * input       stream | keys … | columns of stream 0 … | columns of stream 1 … | …
 * conditions  the input's columns, then what is kept of variable 0, of variable 1, …
 * result      keys … | what is kept of variable 0 … | of variable 1 … | …
 * </pre>
 *
 * @param input the events of all streams in their order: the number of the stream from 0, a BIGINT;
 *     then the keys, then the columns of each stream, NULL where an event is of another one
 * @param keys how many columns the keys are: each key has attempts of its own
 * @param early whether a match that only time can still break is sent at once
 */
public record PatternNode(
    PlanNode input,
    int keys,
    PatternTerm pattern,
    List<PatternVariable> variables,
    PatternSkip skip,
    Early early)
    implements PlanNode {

  /** What becomes of a match that only waits for an absence to be over. */
  public enum Early {
    /** It is sent when it is certain. */
    NO,
    /** It is sent at once, and never taken back. */
    SENT,
    /** It is sent at once, and taken back when it is broken. */
    SENT_AND_RETRACTED
  }

  public PatternNode {
    variables = List.copyOf(variables);
  }

  @Override
  public Schema schema() {
    List<Field> fields = new ArrayList<>(input.schema().fields().subList(1, 1 + keys));
    for (PatternVariable variable : variables) {
      for (AggregateCall call : variable.kept()) {
        fields.add(new Field(call.name(), call.type()));
      }
    }
    return new Schema(fields);
  }

  /** Whether its rows take others back. */
  boolean retracts() {
    return early == Early.SENT_AND_RETRACTED;
  }

  @Override
  public List<PlanNode> inputs() {
    return List.of(input);
  }

  @Override
  public PlanNode withInputs(List<PlanNode> inputs) {
    return new PatternNode(inputs.get(0), keys, pattern, variables, skip, early);
  }

  /** The same with other variables. */
  public PatternNode withVariables(List<PatternVariable> others) {
    return new PatternNode(input, keys, pattern, others, skip, early);
  }

  /** The same with matches sent at another moment. */
  public PatternNode withEarly(Early other) {
    return new PatternNode(input, keys, pattern, variables, skip, other);
  }

  @Override
  public boolean isChangelog() {
    return false;
  }

  @Override
  public <R> R accept(PlanVisitor<R> visitor) {
    return visitor.visitPattern(this);
  }
}
