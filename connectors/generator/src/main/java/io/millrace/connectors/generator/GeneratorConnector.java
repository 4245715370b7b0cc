package io.millrace.connectors.generator;

import io.millrace.spi.connector.FormatUse;
import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.SourceConnector;
import io.millrace.spi.connector.SourceContext;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.option.OptionSpec;
import io.millrace.spi.types.Field;
import java.util.List;

/** Rows from nowhere. */
public final class GeneratorConnector implements SourceConnector {
  @Override
  public String name() {
    return "generator";
  }

  @Override
  public String description() {
    return "Makes seeded random rows, endless or counted, at a given rate.";
  }

  @Override
  public FormatUse formatUse() {
    return FormatUse.NONE;
  }

  @Override
  public List<OptionSpec> options() {
    return GeneratorOptions.specs();
  }

  @Override
  public boolean givesRecordTimes(StreamDefinition stream) {
    return true;
  }

  @Override
  public boolean isBounded(StreamDefinition stream) {
    return GeneratorOptions.isBounded(stream.options());
  }

  @Override
  public List<Field> metadata() {
    return List.of();
  }

  @Override
  public Source open(StreamDefinition stream, SourceContext context) {
    return new GeneratorSource(GeneratorOptions.of(stream), context.clock());
  }
}
