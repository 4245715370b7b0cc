package io.millrace.spi.function;

import io.millrace.spi.time.Clock;
import java.time.ZoneId;

/**
 * What a function may know beside its arguments.
 *
 * @param clock the engine's clock, virtual in tests
 * @param zone the time zone of the job ({@code SET 'time.zone'}), UTC by default
 */
public record EvaluationContext(Clock clock, ZoneId zone) {}
