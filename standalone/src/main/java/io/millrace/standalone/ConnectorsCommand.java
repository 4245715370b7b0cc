package io.millrace.standalone;

import io.millrace.engine.Engine;
import io.millrace.engine.show.Answers;
import io.millrace.spi.error.MillraceException;
import io.millrace.standalone.terminal.CommandException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows the connectors and formats. */
@Command(
    name = "connectors",
    header = "Shows all connectors and formats, or the options of one.",
    description = "%nIn a query file, SHOW CONNECTORS and DESCRIBE CONNECTOR do the same.%n",
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    optionListHeading = "%nOptions%n",
    footerHeading = "%nExamples%n",
    footer = {"  millrace connectors", "  millrace connectors kafka", "  millrace connectors json"})
final class ConnectorsCommand implements Callable<Integer> {
  private final Session session;
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "A connector or format.")
  private Optional<String> name = Optional.empty();

  ConnectorsCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    common.apply(session);
    try (Engine engine = Engine.create()) {
      Answers answers = Session.answers(engine);
      return session.print(name.map(answers::connector).orElseGet(answers::connectors));
    } catch (MillraceException e) {
      throw new CommandException(e.message());
    }
  }
}
