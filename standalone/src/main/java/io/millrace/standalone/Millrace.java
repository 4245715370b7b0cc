package io.millrace.standalone;

import picocli.CommandLine.Command;

/** The command without a subcommand. */
@Command(
    name = "millrace",
    header =
        "Runs SQL over streams: from files, Kafka and generators to files, Kafka and the terminal.",
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    optionListHeading = "%nOptions%n",
    commandListHeading = "%nCommands%n",
    footerHeading = "%nExamples%n",
    footer = {
      "  millrace run examples/earthquakes/earthquakes.sql",
      "  millrace check query.sql",
      "  millrace explain --level physical query.sql",
      "  millrace snapshot alerts",
      "  millrace query alerts \"SELECT * FROM Totals\"",
      "  millrace test tests/",
      "  millrace connectors kafka",
      "  millrace run --help"
    },
    exitCodeListHeading = "%nExit status%n",
    exitCodeList = {
      " 0:everything went well",
      " 1:a script or file has errors, a test has failed, a query is refused, or there is no such job",
      " 2:the arguments cannot be understood",
      " 3:a job could not be started, failed while it ran, could not be stopped in order, took no"
          + " snapshot, or gave no answer",
      " 4:a fault of Millrace itself"
    })
final class Millrace {}
