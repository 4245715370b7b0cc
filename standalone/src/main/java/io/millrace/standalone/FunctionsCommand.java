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

/** Shows the functions. */
@Command(
    name = "functions",
    header = "Shows all functions, or what one takes and gives, with examples.",
    description = "%nIn a query file, SHOW FUNCTIONS and DESCRIBE FUNCTION do the same.%n",
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    optionListHeading = "%nOptions%n",
    footerHeading = "%nExamples%n",
    footer = {"  millrace functions", "  millrace functions date_trunc"})
final class FunctionsCommand implements Callable<Integer> {
  private final Session session;
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "A function.")
  private Optional<String> name = Optional.empty();

  FunctionsCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    common.apply(session);
    try (Engine engine = Engine.create()) {
      Answers answers = Session.answers(engine);
      return session.print(name.map(answers::function).orElseGet(answers::functions));
    } catch (MillraceException e) {
      throw new CommandException(e.message());
    }
  }
}
