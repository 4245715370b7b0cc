package io.millrace.conformance.architecture;

import java.util.List;

/**
 * Something of the JDK that Millrace does not use, why, and where it does all the same.
 *
 * @param name what it is, for messages
 * @param accesses beginnings of the full names of its methods, constructors ({@code <init>}) and
 *     fields
 * @param reason why not, and what to use instead
 * @param allowedIn packages (with all below them) or classes that are exempt
 */
record ForbiddenApi(String name, List<String> accesses, String reason, List<String> allowedIn) {
  static final List<ForbiddenApi> ALL =
      List.of(
          new ForbiddenApi(
              "the machine's clock",
              List.of(
                  "java.lang.System.currentTimeMillis(",
                  "java.lang.System.nanoTime(",
                  "java.time.Clock.system",
                  "java.time.Instant.now(",
                  "java.time.LocalDate.now(",
                  "java.time.LocalDateTime.now(",
                  "java.time.LocalTime.now(",
                  "java.time.OffsetDateTime.now(",
                  "java.time.ZonedDateTime.now("),
              "clocks are injected (io.millrace.spi.time.Clock), so that a test can set them",
              List.of("io.millrace.spi.time.SystemClock")),
          new ForbiddenApi(
              "sleeping",
              List.of("java.lang.Thread.sleep(", "java.util.concurrent.TimeUnit.sleep("),
              "wait for what is awaited, with a time limit; an idle agent parks",
              List.of()),
          new ForbiddenApi(
              "threads",
              List.of(
                  "java.lang.Thread.<init>(",
                  "java.util.Timer.<init>(",
                  "java.util.concurrent.CompletableFuture.runAsync(",
                  "java.util.concurrent.CompletableFuture.supplyAsync(",
                  "java.util.concurrent.Executors.",
                  "java.util.concurrent.ForkJoinPool.",
                  "java.util.concurrent.ScheduledThreadPoolExecutor.<init>(",
                  "java.util.concurrent.ThreadPoolExecutor.<init>("),
              "threads are made by the runtime and by what talks to the outside; all else is called by one",
              List.of(Module.RUNTIME, Module.STANDALONE, Module.CONNECTORS)),
          new ForbiddenApi(
              "parallel streams",
              List.of("java.util.Collection.parallelStream(", "java.util.stream.Stream.parallel("),
              "work is spread by the runtime alone",
              List.of()),
          new ForbiddenApi(
              "thread locals",
              List.of("java.lang.ThreadLocal."),
              "an instance is used by one thread at a time: a field does",
              List.of()),
          new ForbiddenApi(
              "randomness without a seed",
              List.of(
                  "java.lang.Math.random(",
                  "java.util.Random.<init>()",
                  "java.util.SplittableRandom.<init>()",
                  "java.util.UUID.randomUUID(",
                  "java.util.concurrent.ThreadLocalRandom."),
              "results depend on the input alone: take a seed",
              List.of("io.millrace.operators.functions.RandomFunctions")),
          new ForbiddenApi(
              "the default charset",
              List.of(
                  "java.io.ByteArrayOutputStream.toString()",
                  "java.io.FileReader.<init>(java.io.File)",
                  "java.io.FileReader.<init>(java.lang.String)",
                  "java.io.FileWriter.<init>(java.io.File)",
                  "java.io.FileWriter.<init>(java.lang.String)",
                  "java.io.InputStreamReader.<init>(java.io.InputStream)",
                  "java.io.OutputStreamWriter.<init>(java.io.OutputStream)",
                  "java.io.PrintStream.<init>(java.io.OutputStream)",
                  "java.io.PrintStream.<init>(java.io.OutputStream, boolean)",
                  "java.io.PrintWriter.<init>(java.io.OutputStream)",
                  "java.io.PrintWriter.<init>(java.io.OutputStream, boolean)",
                  "java.lang.String.<init>([B)",
                  "java.lang.String.<init>([B, int, int)",
                  "java.lang.String.getBytes()",
                  "java.nio.charset.Charset.defaultCharset("),
              "it differs from machine to machine: name StandardCharsets.UTF_8",
              List.of()),
          new ForbiddenApi(
              "the default locale",
              List.of(
                  "java.io.PrintStream.format(java.lang.String",
                  "java.io.PrintStream.printf(java.lang.String",
                  "java.io.PrintWriter.format(java.lang.String",
                  "java.io.PrintWriter.printf(java.lang.String",
                  "java.lang.String.format(java.lang.String",
                  "java.lang.String.formatted(",
                  "java.lang.String.toLowerCase()",
                  "java.lang.String.toUpperCase()",
                  "java.text.DecimalFormat.<init>(java.lang.String)",
                  "java.time.format.DateTimeFormatter.ofPattern(java.lang.String)",
                  "java.util.Formatter.<init>()",
                  "java.util.Locale.getDefault("),
              "it differs from machine to machine, for digits too: name Locale.ROOT, or join strings with +",
              List.of("io.millrace.state.chronicle.GeneratedClasses")),
          new ForbiddenApi(
              "the default time zone",
              List.of("java.time.ZoneId.systemDefault(", "java.util.TimeZone.getDefault("),
              "times are UTC unless the query names a zone",
              List.of()),
          new ForbiddenApi(
              "the old date classes",
              List.of(
                  "java.text.SimpleDateFormat.",
                  "java.util.Calendar.",
                  "java.util.Date.",
                  "java.util.GregorianCalendar."),
              "they are mutable and know the default zone: use java.time, or milliseconds",
              List.of()),
          new ForbiddenApi(
              "Java serialization",
              List.of("java.io.ObjectInputStream.", "java.io.ObjectOutputStream."),
              "it runs what it reads and does not survive a changed class: write a StateCodec",
              List.of()),
          new ForbiddenApi(
              "the console",
              List.of(
                  "java.lang.System.console(",
                  "java.lang.System.err",
                  "java.lang.System.in",
                  "java.lang.System.out"),
              "a library has no terminal: log, or hand the text to the caller",
              List.of(Module.STANDALONE, Module.CONNECTORS + ".console")),
          new ForbiddenApi(
              "ending the process",
              List.of(
                  "java.lang.Runtime.exit(", "java.lang.Runtime.halt(", "java.lang.System.exit("),
              "an application that embeds the engine goes on when a job fails",
              List.of(Module.STANDALONE)));

  /** Whether the full name of a method, constructor or field is part of it. */
  boolean covers(String accessed) {
    return accesses.stream()
        .anyMatch(start -> isName(start) ? accessed.equals(start) : accessed.startsWith(start));
  }

  boolean isAllowedIn(String className) {
    return allowedIn.stream()
        .anyMatch(place -> className.equals(place) || className.startsWith(place + "."));
  }

  /**
   * A field is named in full; else {@code System.in} would cover {@code System.inheritedChannel()}
   * too.
   */
  private static boolean isName(String access) {
    return access.startsWith("java.lang.System.") && !access.endsWith("(");
  }

  @Override
  public String toString() {
    return name;
  }
}
