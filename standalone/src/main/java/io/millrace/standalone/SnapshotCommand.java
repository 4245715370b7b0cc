package io.millrace.standalone;

import io.millrace.engine.control.JobSnapshots;
import io.millrace.engine.control.JobSnapshots.KeptSnapshot;
import io.millrace.engine.show.TextTable;
import io.millrace.spi.time.Clock;
import io.millrace.standalone.run.Amounts;
import io.millrace.standalone.terminal.CommandException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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
              + " millrace run says.")
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
    job.ifPresent(name -> asking.requireKnown(name, snapshots.jobs()));
    if (list) {
      return session.print(table(snapshots, job.map(List::of).orElseGet(snapshots::jobs)));
    }
    String name =
        job.orElseThrow(
            () -> CommandException.ofUsage("missing JOB", "millrace snapshot --list names them"));
    long id = snapshots.request(name, asking.timeout("snapshot"));
    return session.print("snapshot " + id + " of job '" + name + "' is committed\n");
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
