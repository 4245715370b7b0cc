package io.millrace.compiler.aggregate;

import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.AggregateFunction;
import io.millrace.language.plan.UserAggregate;
import io.millrace.operators.kernel.AggregateProgram;
import io.millrace.operators.kernel.Updates;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compiles the aggregates of one query into one kernel. */
public final class AggregateCompiler {
  private static final Set<AggregateFunction> MOMENTS =
      EnumSet.of(
          AggregateFunction.VAR_POP,
          AggregateFunction.VAR_SAMP,
          AggregateFunction.STDDEV_POP,
          AggregateFunction.STDDEV_SAMP,
          AggregateFunction.COVAR_POP,
          AggregateFunction.COVAR_SAMP,
          AggregateFunction.CORR);

  private static final Set<AggregateFunction> LISTS =
      EnumSet.of(
          AggregateFunction.FIRST_N,
          AggregateFunction.LAST_N,
          AggregateFunction.NTH,
          AggregateFunction.COLLECT_LIST,
          AggregateFunction.COLLECT_SET,
          AggregateFunction.HISTOGRAM,
          AggregateFunction.STRING_AGG,
          AggregateFunction.MODE);

  private static final AggregateTemplate USERS = new UserTemplate();

  private static final Map<AggregateFunction, AggregateTemplate> TEMPLATES =
      new EnumMap<>(AggregateFunction.class);

  static {
    TEMPLATES.put(AggregateFunction.COUNT, new CountTemplate());
    TEMPLATES.put(AggregateFunction.SUM, new SumTemplate());
    TEMPLATES.put(AggregateFunction.AVG, new AvgTemplate());
    TEMPLATES.put(AggregateFunction.MIN, new ExtremeTemplate(false));
    TEMPLATES.put(AggregateFunction.MAX, new ExtremeTemplate(true));
    for (AggregateFunction moment : MOMENTS) {
      TEMPLATES.put(moment, new MomentTemplate());
    }
    TEMPLATES.put(AggregateFunction.BOOL_AND, new BooleanTemplate());
    TEMPLATES.put(AggregateFunction.BOOL_OR, new BooleanTemplate());
    TEMPLATES.put(AggregateFunction.FIRST, new EdgeTemplate(false));
    TEMPLATES.put(AggregateFunction.LAST, new EdgeTemplate(true));
    TEMPLATES.put(AggregateFunction.MIN_BY, new ExtremeByTemplate(false));
    TEMPLATES.put(AggregateFunction.MAX_BY, new ExtremeByTemplate(true));
    TEMPLATES.put(AggregateFunction.MIN_BY_N, new ExtremeByTemplate(false));
    TEMPLATES.put(AggregateFunction.MAX_BY_N, new ExtremeByTemplate(true));
    TEMPLATES.put(AggregateFunction.TOP_K, new TopTemplate());
    TEMPLATES.put(AggregateFunction.TOP_K_DISTINCT, new TopTemplate());
    TEMPLATES.put(AggregateFunction.MEDIAN, new PercentileTemplate());
    TEMPLATES.put(AggregateFunction.PERCENTILE, new PercentileTemplate());
    TEMPLATES.put(AggregateFunction.APPROX_PERCENTILE, new PercentileTemplate());
    TEMPLATES.put(AggregateFunction.APPROX_COUNT_DISTINCT, new EstimateTemplate());
    TEMPLATES.put(AggregateFunction.EVER, new LastingTemplate());
    TEMPLATES.put(AggregateFunction.MIN_EVER, new LastingTemplate());
    TEMPLATES.put(AggregateFunction.MAX_EVER, new LastingTemplate());
    for (AggregateFunction list : LISTS) {
      TEMPLATES.put(list, new ListTemplate());
    }
  }

  private AggregateCompiler() {}

  /**
   * Compiles aggregates.
   *
   * @param calls their arguments and filters are column references; the index is that of the column
   *     among the arguments that the kernel is given
   * @param updates what will happen to the groups
   */
  public static AggregateProgram compile(List<AggregateCall> calls, Updates updates) {
    Accumulators accumulators = new Accumulators(calls, updates);
    List<AggregateTemplate.Result> results = new ArrayList<>();
    for (AggregateCall call : calls) {
      results.add(template(call).plan(call, accumulators));
    }
    AggregateWriter writer = new AggregateWriter(accumulators);
    return new AggregateProgram(
        writer.write(calls, results),
        accumulators.fields(),
        calls.stream().map(AggregateCall::type).toList(),
        updates,
        accumulators.isOrdered(),
        calls.stream().anyMatch(call -> call.function().isLasting()));
  }

  private static AggregateTemplate template(AggregateCall call) {
    AggregateTemplate template =
        call.function() instanceof UserAggregate ? USERS : TEMPLATES.get(call.function());
    if (template == null) {
      throw new IllegalArgumentException("no code for " + call.function());
    }
    return template;
  }
}
