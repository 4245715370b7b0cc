package io.millrace.standalone;

import io.millrace.engine.Engine;
import io.millrace.engine.compile.CompiledScript;
import io.millrace.engine.show.Answers;
import io.millrace.standalone.script.QueryFile;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Shows how query files would be run. */
@Command(
    name = "explain",
    header = "Shows how the queries of files would be run, without running them.",
    description = "%nIn a file, EXPLAIN does the same for one query.%n",
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    optionListHeading = "%nOptions%n",
    footerHeading = "%nExamples%n",
    footer = {
      "  millrace explain query.sql",
      "  millrace explain --level physical query.sql",
      "  millrace explain --level code query.sql"
    })
final class ExplainCommand implements Callable<Integer> {
  private final Session session;
  @Mixin private ScriptOptions scripts = new ScriptOptions();
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      converter = LevelReader.class,
      description =
          "logical: the plan of each query, after the rewrites (this is the default); physical: the"
              + " operators, and what queries share; code: the Java that is generated for them.")
  private Level level = Level.LOGICAL;

  private enum Level {
    LOGICAL,
    PHYSICAL,
    CODE
  }

  /** Says which levels there are when it is none of them. */
  private static final class LevelReader implements ITypeConverter<Level> {
    @Override
    public Level convert(String text) {
      for (Level known : Level.values()) {
        if (known.name().equalsIgnoreCase(text)) {
          return known;
        }
      }
      throw new TypeConversionException("it must be logical, physical or code, not '" + text + "'");
    }
  }

  ExplainCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    common.apply(session);
    List<QueryFile> files = scripts.read(session);
    try (Engine engine = Engine.create()) {
      Optional<List<CompiledScript>> compiled = scripts.scripts(engine, session).compile(files);
      if (compiled.isEmpty()) {
        return ExitStatus.WRONG;
      }
      Answers answers = Session.answers(engine);
      for (int i = 0; i < files.size(); i++) {
        String text = explain(answers, compiled.get().get(i));
        String heading = files.size() == 1 ? "" : "-- " + files.get(i).name() + "\n";
        if (text.isEmpty()) {
          session.messages().note("there is no query in " + files.get(i).name());
        } else {
          session.print((i == 0 ? "" : "\n") + heading + text);
        }
      }
      return ExitStatus.OK;
    }
  }

  private String explain(Answers answers, CompiledScript script) {
    return switch (level) {
      case LOGICAL -> answers.explainLogical(script);
      case PHYSICAL -> answers.explainPhysical(script) + answers.explainDelivery(script);
      case CODE -> answers.explainCode(script);
    };
  }
}
