package io.millrace.standalone;

import io.millrace.engine.control.JobSnapshots;
import io.millrace.engine.control.JobSnapshots.KeptSnapshot;
import io.millrace.engine.control.JobSnapshots.Requested;
import io.millrace.engine.show.TextTable;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.time.Clock;
import io.millrace.standalone.run.Amounts;
import io.millrace.standalone.terminal.CommandException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Has a running job take a snapshot, or lists those that are kept. */
@Command(
    name = "snapshot",
    header = "Has a job that runs take a snapshot now, or lists those that are kept.",
    description = {
      "%nAsks the millrace process that runs the job, by a file beside the job's snapshots, and"
          + " returns when the snapshot is committed: everything that was read and written before is"
          + " final then. A job that keeps no snapshots cannot be asked; millrace explain --level"
          + " physical says why it keeps none.%n"
    },
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    optionListHeading = "%nOptions%n",
    footerHeading = "%nExamples%n",
    footer = {
      "  millrace snapshot alerts",
      "  millrace snapshot alerts --snapshots /var/lib/millrace --timeout 5min",
      "  millrace snapshot --list",
      "  millrace snapshot --list alerts"
    })
final class SnapshotCommand implements Callable<Integer> {
  private static final int WIDTH = 110;

  private final Session session;
  @Mixin private AskOptions asking = new AskOptions();
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      paramLabel = "JOB",
      arity = "0..1",
      description =
          "The name of the job: that of its file without folder and ending, or what --job-name of"
              + " millrace run says. All parts of a shared job take one, or a single one by its name,"
              + " such as alerts/0.")
  private Optional<String> job = Optional.empty();

  @Option(names = "--list", description = "Lists the snapshots of the job, or of all jobs.")
  private boolean list;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = "The key of encrypted snapshots, as by SET 'snapshot.key.file', to list them.")
  private Optional<String> keyFile = Optional.empty();

  @Option(
      names = "--key-env",
      paramLabel = "NAME",
      description = "The environment variable with that key.")
  private Optional<String> keyVariable = Optional.empty();

  SnapshotCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    common.apply(session);
    JobSnapshots snapshots = open();
    job.filter(name -> named(name, snapshots).isEmpty())
        .ifPresent(name -> asking.requireKnown(name, snapshots.jobs()));
    if (list) {
      return session.print(
          table(snapshots, job.map(name -> named(name, snapshots)).orElseGet(snapshots::jobs)));
    }
    String name =
        job.orElseThrow(
            () -> CommandException.ofUsage("missing JOB", "millrace snapshot --list names them"));
    List<String> parts = snapshots.parts(name);
    boolean isWhole =
        parts.isEmpty() || (snapshots.jobs().contains(name) && snapshots.isRunning(name));
    return isWhole ? take(name, snapshots) : takeParts(name, parts, snapshots);
  }

  /** The job of a name, and the parts of the shared job of that name. */
  private static List<String> named(String name, JobSnapshots snapshots) {
    List<String> parts = snapshots.parts(name);
    return snapshots.jobs().stream()
        .filter(known -> known.equals(name) || parts.contains(known))
        .toList();
  }

  private int take(String name, JobSnapshots snapshots) {
    long id = snapshots.request(name, asking.timeout("snapshot"));
    return session.print(committed(name, id));
  }

  /** Has all parts of a shared job take a snapshot, and says of each when it is committed. */
  private int takeParts(String name, List<String> parts, JobSnapshots snapshots) {
    List<Requested> failed =
        snapshots
            .request(
                parts,
                asking.timeout("snapshot"),
                part -> {
                  if (part.isTaken()) {
                    session.print(committed(part.job(), part.id()));
                  }
                })
            .stream()
            .filter(part -> !part.isTaken())
            .toList();
    if (failed.isEmpty()) {
      return session.print(
          "all " + parts.size() + " parts of job '" + name + "' have a new snapshot\n");
    }
    throw new MillraceException(
        failed.size()
            + " of "
            + parts.size()
            + " parts of job '"
            + name
            + "' have no new snapshot: "
            + failed.stream().map(Requested::problem).collect(Collectors.joining("; ")));
  }

  private static String committed(String name, long id) {
    return "snapshot " + id + " of job '" + name + "' is committed\n";
  }

  private JobSnapshots open() {
    if (keyFile.isPresent() && keyVariable.isPresent()) {
      throw CommandException.ofUsage(
          "--key-file and --key-env are both given", "leave one of them out");
    }
    Path place = asking.folder();
    if (keyFile.isPresent()) {
      return JobSnapshots.encryptedWithKeyIn(PathArgument.of(keyFile.get()), place, Clock.system());
    }
    return keyVariable.isPresent()
        ? JobSnapshots.encryptedWithKeyOf(keyVariable.get(), place, Clock.system())
        : new JobSnapshots(place, Clock.system());
  }

  private String table(JobSnapshots snapshots, List<String> jobs) {
    TextTable table = new TextTable(WIDTH, "job", "id", "taken", "age", "bytes", "");
    long now = Clock.system().millis();
    for (String name : jobs) {
      for (KeptSnapshot kept : snapshots.snapshots(name)) {
        addRow(table, name, kept, now);
      }
    }
    return table.isEmpty() ? "there are no snapshots\n" : table.text();
  }

  private static void addRow(TextTable table, String job, KeptSnapshot kept, long now) {
    String id = String.valueOf(kept.id());
    if (kept.damage().isEmpty()) {
      Instant taken = Instant.ofEpochMilli(kept.takenAtMillis()).truncatedTo(ChronoUnit.SECONDS);
      table.add(
          job,
          id,
          taken.toString(),
          Amounts.duration(now - kept.takenAtMillis()),
          Amounts.number(kept.bytes()),
          "");
    } else {
      table.add(job, id, "?", "?", "?", kept.damage());
    }
  }
}
