package io.millrace.language.plan;

import io.millrace.spi.error.Span;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A query of a script: where its rows come from and go to.
 *
 * @param name for people: {@code Alerts} for CREATE STREAM Alerts AS, {@code Alerts#2} for a second
 *     query into it, {@code result} for a bare query ({@code result#2} for the second)
 * @param place its number in the script, from 1: the second part of the order key of its rows
 * @param target the stream that it feeds, or null for a bare query and for what holds the rows of a
 *     named window
 * @param root its plan; its schema equals the target's by type
 * @param showsReplaced whether the table that it feeds sends what its rows replace before them
 * @param text its text
 * @param span its text's span
 */
public record QueryPlan(
    String name,
    int place,
    @Nullable StreamDeclaration target,
    PlanNode root,
    boolean showsReplaced,
    String text,
    Span span) {

  /** Whether nobody gets rows of it, because it holds those of a named window. */
  public boolean holdsWindow() {
    return root instanceof AggregateNode groups && groups.emission() == Emission.HELD;
  }

  /** Whether it is a query alone, whose rows go to whoever runs the script. */
  public boolean isBare() {
    return target == null && !holdsWindow();
  }

  /**
   * Whether its rows are of any kind and take others back, though they are no changes of a table.
   */
  public boolean retracts() {
    return Retractions.in(root);
  }

  /** The same query, with a calendar for the buckets that it keeps. */
  QueryPlan in(ZoneId zone) {
    StreamDeclaration placed = target == null ? null : target.in(zone);
    PlanNode inZone =
        root instanceof AggregateNode kept && kept.window() instanceof RollupWindow buckets
            ? kept.withWindow(buckets.in(zone))
            : root;
    return new QueryPlan(name, place, placed, inZone, showsReplaced, text, span);
  }
}
