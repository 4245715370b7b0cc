package io.millrace.engine.connect;

import io.millrace.spi.connector.Connector;
import io.millrace.spi.connector.Format;
import io.millrace.spi.error.MillraceException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The connectors and formats that an engine knows, by name. */
public final class Plugins {
  private final TreeMap<String, Connector> connectors =
      new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final TreeMap<String, Format> formats = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private Plugins() {}

  /** Those on the class path, and the given ones, which go first. */
  public static Plugins load(List<Connector> ownConnectors, List<Format> ownFormats) {
    Plugins plugins = new Plugins();
    ownConnectors.forEach(connector -> plugins.connectors.put(connector.name(), connector));
    ownFormats.forEach(format -> plugins.formats.put(format.name(), format));
    for (Connector connector : ServiceLoader.load(Connector.class)) {
      plugins.connectors.putIfAbsent(connector.name(), connector);
    }
    for (Format format : ServiceLoader.load(Format.class)) {
      plugins.formats.putIfAbsent(format.name(), format);
    }
    return plugins;
  }

  public List<Connector> connectors() {
    return new ArrayList<>(connectors.values());
  }

  public List<Format> formats() {
    return new ArrayList<>(formats.values());
  }

  public Connector connector(String name) {
    Connector connector = connectors.get(name);
    if (connector == null) {
      throw new MillraceException(
          "there is no connector '"
              + name
              + "'; known are "
              + String.join(", ", connectors.keySet()));
    }
    return connector;
  }

  public Format format(String name) {
    Format format = formats.get(name);
    if (format == null) {
      throw new MillraceException(
          "there is no format '" + name + "'; known are " + String.join(", ", formats.keySet()));
    }
    return format;
  }
}
