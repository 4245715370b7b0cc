package io.millrace.conformance.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A build module, the modules that its classes may use, and the libraries.
 *
 * @param rootPackage the package that holds all of the module's packages
 * @param mayUse the root packages of other modules
 * @param libraries the packages of third parties
 */
record Module(String rootPackage, List<String> mayUse, List<String> libraries) {
  static final String SPI = "io.millrace.spi";
  static final String LANGUAGE = "io.millrace.language";
  static final String OPERATORS = "io.millrace.operators";
  static final String COMPILER = "io.millrace.compiler";
  static final String STATE = "io.millrace.state";
  static final String RUNTIME = "io.millrace.runtime";
  static final String ENGINE = "io.millrace.engine";
  static final String TESTKIT = "io.millrace.testkit";
  static final String STANDALONE = "io.millrace.standalone";
  static final String CONNECTORS = "io.millrace.connectors";
  static final String FORMATS = "io.millrace.formats";
  static final String CODECS = "io.millrace.codecs";
  static final String CONFORMANCE = "io.millrace.conformance";

  private static final String LOGGING = "org.slf4j";

  /**
   * Who may import whom: the arrows of the design. Connectors join at run time, so nobody imports
   * them.
   */
  static final List<Module> ALL =
      List.of(
          new Module(SPI, List.of(), List.of()),
          new Module(LANGUAGE, List.of(SPI), List.of("org.antlr.v4.runtime")),
          new Module(OPERATORS, List.of(SPI), List.of("com.fasterxml.jackson.core")),
          new Module(STATE, List.of(SPI), List.of(LOGGING, "net.openhft")),
          new Module(
              TESTKIT, List.of(SPI), List.of("org.junit.jupiter", "org.assertj", "org.opentest4j")),
          new Module(
              COMPILER,
              List.of(SPI, LANGUAGE, OPERATORS),
              List.of("org.codehaus.janino", "org.codehaus.commons")),
          new Module(RUNTIME, List.of(SPI, OPERATORS), List.of(LOGGING, "org.jctools")),
          new Module(
              ENGINE,
              List.of(SPI, LANGUAGE, OPERATORS, COMPILER, RUNTIME, STATE),
              List.of(LOGGING)),
          new Module(STANDALONE, List.of(SPI, ENGINE), List.of(LOGGING, "picocli", "org.jline")),
          new Module(CONNECTORS + ".console", List.of(SPI), List.of(LOGGING)),
          new Module(CONNECTORS + ".file", List.of(SPI), List.of(LOGGING)),
          new Module(CONNECTORS + ".generator", List.of(SPI), List.of(LOGGING)),
          new Module(CONNECTORS + ".jdbc", List.of(SPI), List.of(LOGGING)),
          new Module(CONNECTORS + ".kafka", List.of(SPI), List.of(LOGGING, "org.apache.kafka")),
          new Module(FORMATS + ".csv", List.of(SPI), List.of(LOGGING)),
          new Module(FORMATS + ".json", List.of(SPI), List.of(LOGGING, "com.fasterxml.jackson")),
          new Module(FORMATS + ".raw", List.of(SPI), List.of(LOGGING)),
          new Module(CODECS + ".kryo", List.of(SPI), List.of("com.esotericsoftware.kryo")),
          new Module(
              CONFORMANCE,
              List.of(SPI, LANGUAGE, OPERATORS, COMPILER, STATE, RUNTIME, ENGINE, TESTKIT),
              List.of()));

  /**
   * Patterns of all packages that a class of this module may use. The empty one is that of
   * primitive types.
   */
  String[] allowedPackages() {
    List<String> allowed =
        new ArrayList<>(
            List.of(
                "", "java..", "javax.crypto..", "org.jspecify.annotations..", rootPackage + ".."));
    Stream.concat(mayUse.stream(), libraries.stream())
        .map(name -> name + "..")
        .forEach(allowed::add);
    return allowed.toArray(String[]::new);
  }

  boolean holds(String packageName) {
    return packageName.equals(rootPackage) || packageName.startsWith(rootPackage + ".");
  }

  @Override
  public String toString() {
    return rootPackage;
  }
}
