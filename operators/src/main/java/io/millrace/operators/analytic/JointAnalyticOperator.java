package io.millrace.operators.analytic;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.data.Batch;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds rows until partitions of several kinds have what each of them waits for. What one moment
 * completes is sent in the order in which the rows came, whichever part was the last for a row.
 */
final class JointAnalyticOperator implements Operator {
  private final JointAnalyticSpec spec;
  private final KernelLoader loader;
  private final List<Way> ways = new ArrayList<>();
  private HeldRows held;
  private Progress progress;

  /** A part, and its rows that wait. */
  private record Way(Part part, WaitingRows waiting) {}

  JointAnalyticOperator(JointAnalyticSpec spec, KernelLoader loader) {
    this.spec = spec;
    this.loader = loader;
  }

  @Override
  public void open(OperatorContext context) {
    progress = new Progress(context.outputTimeline());
    List<Part> parts = new ArrayList<>();
    for (AnalyticSpec part : spec.parts()) {
      parts.add(new Part(part, "_" + (parts.size() + 1), true, context, loader));
    }
    held = new HeldRows(spec, parts.get(0).partitions().named(Partitions.TABLE), context);
    int first = spec.passed();
    for (Part part : parts) {
      AnalyticSpec of = spec.parts().get(ways.size());
      Outlet outlet = new PartOutlet(of, part, held, first);
      first += of.output().size();
      WaitingRows waiting = new WaitingRows(of, part.columns(), part.partitions(), outlet, context);
      ways.add(new Way(part, waiting));
    }
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    ways.forEach(way -> way.part().of(batch));
    held.of(batch);
    for (int row = 0; row < batch.size(); row++) {
      sendUpTo(progress.before(batch, row), output);
      for (Way way : ways) {
        MillraceException refusal = way.waiting().refusal().orElse(null);
        if (refusal != null) { // what goes before the row goes in this turn
          held.flush(output);
          throw refusal;
        }
      }
      arrive(batch, row, progress.reached(), output);
    }
    held.flush(output);
  }

  private void arrive(Batch batch, int row, long watermark, Output output) {
    held.hold(batch, row, ways.get(0).part().number(row));
    for (Way way : ways) {
      Part part = way.part();
      int slot = part.slot(row);
      int number = part.number(row);
      long time = part.time(batch, row, slot, watermark);
      part.columns().describe(batch, row, time, held.arrival(row));
      part.columns().refer(row, held.number(row));
      part.append(row, slot, time);
      way.waiting().add(slot, number, held.arrival(row), time);
      way.waiting().sendBehind(batch, row, slot, number, watermark, output);
      part.partitions().trim(slot, number);
    }
    held.sendFor(batch, row, output);
  }

  /** Sends the rows that have waited long enough, of all parts moment by moment. */
  private void sendUpTo(Progress progress, Output output) {
    for (Way way = firstDue(progress); way != null; way = firstDue(progress)) {
      long time = way.waiting().firstDue(progress);
      way.waiting().sendFirst(progress, output);
      Way next = firstDue(progress);
      if (next == null || next.waiting().firstDue(progress) > time) {
        held.sendAt(progress.moment(time), time, progress.code(time), output);
      }
    }
  }

  private @Nullable Way firstDue(Progress progress) {
    Way first = null;
    for (Way way : ways) {
      if (way.waiting().isDue(progress)
          && (first == null
              || way.waiting().firstDue(progress) < first.waiting().firstDue(progress))) {
        first = way;
      }
    }
    return first;
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    if (domain == TimeDomain.EVENT) {
      sendUpTo(progress.atEnd(timeline), output);
      ways.forEach(way -> way.waiting().sendAtEnd(timeline, output));
      int end = Timeline.ofAdvance(timeline.firstReaching(Timeline.END, 0));
      held.sendAt(Timeline.END, 0, end, output);
      held.flush(output);
    }
    return false;
  }
}
