package io.millrace.state.chronicle;

import io.millrace.spi.error.MillraceException;
import java.util.ArrayList;
import java.util.List;
import net.openhft.chronicle.map.ChronicleMap;

/**
 * What a JVM must be started with so that Chronicle Map runs in it: it reaches into the JDK, and
 * compiles classes when its first map is opened.
 */
final class ChronicleFlags {
  private static final String COMPILER = "jdk.compiler";
  private static final List<String> OPENED =
      List.of("java.lang", "java.lang.reflect", "sun.nio.ch");

  private ChronicleFlags() {}

  /** Checks that all is there, and turns off what tells others or the log of its use. */
  static void require() {
    List<String> missing = missing(ChronicleMap.class.getModule());
    if (!missing.isEmpty()) {
      throw new MillraceException(
          "'state.backend' = 'chronicle' needs a JVM that was started with "
              + String.join(" ", missing)
              + "; add that to the command that starts the program (bin/millrace does), or use"
              + " 'state.backend' = 'heap'");
    }
    if (ModuleLayer.boot().findModule(COMPILER).isEmpty()) {
      throw new MillraceException(
          "'state.backend' = 'chronicle' needs a JDK with the module jdk.compiler, which this Java"
              + " does not have; run on a full JDK, or use 'state.backend' = 'heap'");
    }
    for (String name : List.of("chronicle.analytics.disable", "chronicle.announcer.disable")) {
      if (System.getProperty(name) == null) {
        System.setProperty(name, "true");
      }
    }
  }

  /** The options of modules that a JVM lacks in which Chronicle Map is in a module. */
  static List<String> missing(Module chronicle) {
    String target = chronicle.isNamed() ? chronicle.getName() : "ALL-UNNAMED";
    List<String> flags = new ArrayList<>();
    Module base = Object.class.getModule();
    for (String name : OPENED) {
      if (!base.isOpen(name, chronicle)) {
        flags.add("--add-opens=java.base/" + name + "=" + target);
      }
    }
    if (!base.isExported("jdk.internal.ref", chronicle)) {
      flags.add("--add-exports=java.base/jdk.internal.ref=" + target);
    }
    String compiler = "com.sun.tools.javac.file";
    boolean compiles =
        ModuleLayer.boot()
            .findModule(COMPILER)
            .map(module -> module.isExported(compiler, chronicle))
            .orElse(true);
    if (!compiles) {
      flags.add("--add-exports=" + COMPILER + "/" + compiler + "=" + target);
    }
    return flags;
  }
}
