package io.millrace.engine.script;

import io.millrace.engine.Deployment;
import io.millrace.engine.Engine;
import io.millrace.engine.Job;
import io.millrace.engine.Row;
import io.millrace.engine.Snapshot;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.language.plan.TimeAttribute;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.NearestName;
import io.millrace.spi.time.VirtualClock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A script in an engine under a virtual clock, from its deployment, or a restart, to the next. */
final class TestSession implements AutoCloseable {
  private final ScriptTestOptions options;
  private final Deployment deployment;
  private final List<ActualRow> rows;

  /** How many restarts lie behind it. */
  private final int restarted;

  private final VirtualClock clock;
  private final Engine engine;
  private final Job job;
  private final Map<String, TestInput> inputs = new LinkedHashMap<>();

  /**
   * Deploys a script.
   *
   * @param rows takes what the script sends
   */
  TestSession(ScriptTestOptions options, Deployment deployment, long time, List<ActualRow> rows) {
    this(options, deployment, time, rows, 0);
  }

  private TestSession(
      ScriptTestOptions options,
      Deployment deployment,
      long time,
      List<ActualRow> rows,
      int restarted) {
    this.options = options;
    this.restarted = restarted;
    this.deployment = deployment;
    this.rows = rows;
    this.clock = new VirtualClock(time);
    this.engine =
        options
            .engines()
            .get()
            .connectorsInMemory()
            .clock(clock)
            .batchSize(options.batchSize())
            .build();
    try {
      this.job = engine.deploy(withSettings());
      collectRows();
    } catch (RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  private Deployment withSettings() {
    Deployment changed = deployment;
    for (var setting : options.settingsBehind(restarted).entrySet()) {
      changed = changed.withSetting(setting.getKey(), setting.getValue());
    }
    return changed;
  }

  /** Sends what the script itself gives. */
  void start() {
    job.start();
  }

  /** The same job in a fresh engine, from a snapshot of this one, which is closed. */
  TestSession restart() {
    Snapshot snapshot = job.snapshot();
    close();
    TestSession next =
        new TestSession(
            options, deployment.restoring(snapshot), clock.millis(), rows, restarted + 1);
    inputs.forEach((name, input) -> next.inputs.put(name, next.openInput(name, input.offset())));
    return next;
  }

  TestInput input(String stream) {
    return inputs.computeIfAbsent(stream.toLowerCase(Locale.ROOT), name -> openInput(stream, 0));
  }

  private TestInput openInput(String stream, long offset) {
    StreamDeclaration declared =
        find(stream)
            .orElseThrow(
                () ->
                    new MillraceException(
                        "the script has no stream '"
                            + stream
                            + "'"
                            + NearestName.hint(stream, names())
                                .map(hint -> "; " + hint)
                                .orElse("")));
    return new TestInput(engine, job, declared, offset);
  }

  void advanceClock(long time) {
    engine.advanceClock(time);
  }

  /** Moves the watermarks of all streams that begin in the script. */
  void advanceWatermarks(long time) {
    for (StreamDeclaration stream : job.streams()) {
      if (!stream.isDerived() && isRead(stream)) {
        input(stream.name()).advanceTo(time);
      }
    }
  }

  void ask(String select) {
    for (Row row : engine.query(select)) {
      rows.add(ActualRow.of(OutputShape.ofAnswer(row.schema()), row));
    }
  }

  /**
   * Whether it is the same to send rows of a stream together as one by one: no other stream waits
   * for the clock in between, and none falls silent.
   */
  boolean hasOwnClock(String stream) {
    return job.streams().stream()
        .noneMatch(
            other ->
                !other.isDerived()
                    && (other.idleMillis() > 0
                        || (other.time() instanceof TimeAttribute.Undeclared
                            && !other.name().equalsIgnoreCase(stream))));
  }

  @Override
  public void close() {
    engine.close();
  }

  private void collectRows() {
    for (String name : job.outputs()) {
      Optional<StreamDeclaration> declared = find(name);
      if (declared.isEmpty() || declared.get().isDerived()) {
        OutputShape shape =
            declared
                .map(stream -> OutputShape.of(stream, job.schema(name)))
                .orElseGet(() -> OutputShape.ofBareQuery(job.schema(name)));
        job.output(name).subscribe(row -> rows.add(ActualRow.of(shape, row)));
      }
    }
  }

  private boolean isRead(StreamDeclaration stream) {
    return job.inputs().stream().anyMatch(stream.name()::equalsIgnoreCase);
  }

  private Optional<StreamDeclaration> find(String stream) {
    return job.streams().stream().filter(s -> s.name().equalsIgnoreCase(stream)).findFirst();
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    job.streams().forEach(stream -> names.add(stream.name()));
    return names;
  }
}
