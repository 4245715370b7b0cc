package io.millrace.compiler.aggregate;

import io.millrace.compiler.code.CodeWriter;
import io.millrace.compiler.code.JavaTypes;
import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.UserAggregate;
import io.millrace.operators.aggregate.UserAggregates;
import io.millrace.spi.function.AggregateDescriptor;
import java.lang.reflect.Method;

/** Users' aggregates: their {@code result} of what is held, also where nothing is. */
final class UserTemplate implements AggregateTemplate {
  @Override
  public Result plan(AggregateCall call, Accumulators accumulators) {
    AggregateDescriptor aggregate = ((UserAggregate) call.function()).definition();
    AggregateInput input = AggregateInput.of(call, aggregate.nullableParameters());
    String nothing =
        accumulators
            .constants()
            .made(
                aggregate,
                "nothing",
                aggregate.state().type().getCanonicalName(),
                () -> UserAggregates.nothing(aggregate));
    UserAccumulator accumulator =
        new UserAccumulator(input, aggregate, accumulators.present(input), nothing);
    String field = accumulators.require(accumulator).apply(0);
    Method method = aggregate.methods().result();
    boolean isPrimitive = method.getReturnType().isPrimitive();
    String type = isPrimitive ? JavaTypes.of(call.type()) : "Object";
    String name = accumulators.constant(call, "name", "String", aggregate.name());
    CodeWriter before =
        new CodeWriter()
            .line(
                type + " r = " + (isPrimitive ? JavaTypes.placeholder(call.type()) : "null") + ";")
            .open("try")
            .line("r = " + accumulator.call(method, accumulator.held(field)) + ";")
            .reopen("catch (RuntimeException e)")
            .line("throw UserAggregates.failure(" + name + ", \"" + method.getName() + "\", e);")
            .close();
    return isPrimitive
        ? new Result(before, "false", "r")
        : new Result(before, "r == null", JavaTypes.unbox(call.type(), "r"));
  }
}
