package io.millrace.engine;

import io.millrace.engine.compile.CompiledScript;
import io.millrace.engine.connect.Connections;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.runtime.agent.Agent;
import io.millrace.spi.connector.JobMembership;
import io.millrace.spi.connector.JobPart;
import io.millrace.spi.connector.PartMoves;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of a shared job that this process runs. Its thread is the one that takes part in the
 * spreading of parts; each part has threads of its own.
 */
final class SharedParts implements Agent, PartMoves {
  private static final Logger LOG = LoggerFactory.getLogger(SharedParts.class);
  private static final Duration POLL = Duration.ofMillis(100);

  /** So long after a part was taken over it is known whether it is another process's now. */
  private static final Duration LONGEST_DOUBT = Duration.ofSeconds(30);

  private final String job;
  private final CompiledScript script;
  private final EngineParts engineParts;
  private final JobMembership membership;
  private final StreamDefinition source;
  private final Clock clock;

  /** Guarded by itself: the thread of this changes it, others look. */
  private final Map<Integer, PartRun> runs = new TreeMap<>();

  /** When parts were seen to be taken over that are still this process's. */
  private final Map<Integer, Long> doubts = new TreeMap<>();

  /** What parts have done that are not run here any more. */
  private JobMetrics past = JobMetrics.NONE;

  private volatile @Nullable Throwable failure;

  SharedParts(
      String job, CompiledScript script, EngineParts engineParts, JobMembership membership) {
    this.job = job;
    this.script = script;
    this.engineParts = engineParts;
    this.membership = membership;
    this.clock = engineParts.core().clock();
    StreamDeclaration first =
        script.plan().streams().stream()
            .filter(stream -> !stream.isDerived())
            .findFirst()
            .orElseThrow();
    this.source = new Connections(engineParts.plugins(), job, clock, null).definition(first);
  }

  int count() {
    return membership.parts();
  }

  Set<Integer> numbers() {
    synchronized (runs) {
      return new TreeSet<>(runs.keySet());
    }
  }

  List<Job> jobs() {
    return runs().stream().map(PartRun::job).flatMap(Optional::stream).toList();
  }

  private List<PartRun> runs() {
    synchronized (runs) {
      return new ArrayList<>(runs.values());
    }
  }

  @Nullable Throwable failure() {
    return failure;
  }

  JobMetrics metrics() {
    List<PartRun> now;
    JobMetrics sum;
    synchronized (runs) {
      now = new ArrayList<>(runs.values());
      sum = past;
    }
    for (PartRun run : now) {
      sum = sum.plus(run.metrics());
    }
    return sum;
  }

  @Override
  public String name() {
    return "millrace-" + job + "-members";
  }

  @Override
  public int doWork() {
    membership.poll(POLL, this);
    synchronized (runs) {
      runs.replaceAll(this::checked);
    }
    return 1;
  }

  /**
   * A part that fails ends the job in this process, unless it was taken over: then it is another
   * process's soon, or, where it stays this one's, its transaction took too long and was ended by
   * the system, and it begins again from what is committed.
   */
  private PartRun checked(int number, PartRun run) {
    Throwable reason = run.failure().orElse(null);
    if (reason == null) {
      return run;
    }
    if (!run.isTakenOver()) {
      PartRun.rethrow(reason);
    }
    long since = doubts.computeIfAbsent(number, n -> clock.nanos());
    if (clock.nanos() - since < LONGEST_DOUBT.toNanos()) {
      return run;
    }
    LOG.warn(
        "job '{}': partition {} begins again from its last commit, as a transaction took too long: {}",
        job,
        number,
        reason.getMessage());
    doubts.remove(number);
    run.awaitEnd();
    past = past.plus(run.metrics().withoutState());
    return started(number);
  }

  private PartRun started(int number) {
    PartRun run = new PartRun(job, new JobPart(number, count(), source), engineParts, script);
    run.start();
    return run;
  }

  @Override
  public void idle() {} // polling waits

  @Override
  public void given(Set<Integer> numbers) {
    LOG.info("job '{}': runs partitions {} of {}", job, numbers, count());
    synchronized (runs) {
      numbers.forEach(number -> runs.put(number, started(number)));
    }
  }

  @Override
  public void taken(Set<Integer> numbers) {
    LOG.info("job '{}': gives partitions {} to other processes", job, numbers);
    end(numbers, true).forEach(PartRun::report);
  }

  @Override
  public void lost(Set<Integer> numbers) {
    LOG.warn("job '{}': has lost partitions {}, being taken for dead", job, numbers);
    end(numbers, false);
  }

  private List<PartRun> end(Set<Integer> numbers, boolean commits) {
    List<PartRun> ending = new ArrayList<>();
    synchronized (runs) {
      numbers.stream().map(runs::get).filter(run -> run != null).forEach(ending::add);
    }
    ending.forEach(run -> run.end(commits));
    ending.forEach(PartRun::awaitEnd);
    synchronized (runs) {
      ending.forEach(run -> past = past.plus(run.metrics().withoutState()));
      runs.keySet().removeAll(numbers);
      doubts.keySet().removeAll(numbers);
    }
    return ending;
  }

  /** Ends all parts, which stay to be looked at, and leaves the others to go on with them. */
  @Override
  public void onEnd(@Nullable Throwable reason) {
    List<PartRun> all = runs();
    all.forEach(run -> run.end(true));
    all.forEach(PartRun::awaitEnd);
    Throwable first = reason;
    for (PartRun run : all) {
      Throwable own = run.isTakenOver() ? null : run.failure().orElse(null);
      first = first == null ? own : first;
    }
    Thread.interrupted(); // who stops a job that is ending already would keep it from leaving
    try {
      membership.close();
    } catch (RuntimeException e) {
      LOG.warn("job '{}': could not leave its processes in order: {}", job, e.getMessage());
    }
    failure = first;
  }
}
