package io.millrace.connectors.generator;

import io.millrace.connectors.generator.FieldGenerator.OfBoolean;
import io.millrace.connectors.generator.FieldGenerator.OfDouble;
import io.millrace.connectors.generator.FieldGenerator.OfLong;
import io.millrace.connectors.generator.FieldGenerator.OfObject;
import io.millrace.spi.connector.RowWriter;
import io.millrace.spi.data.Bytes;
import io.millrace.spi.data.Struct;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.DataTypeVisitor;
import io.millrace.spi.types.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chooses the generator of a column by its type and settings. */
final class FieldGenerators {
  private static final int MOST_ELEMENTS = 3;
  private static final int DEFAULT_LENGTH = 8;
  private static final int LONGEST = 1 << 20;

  private FieldGenerators() {}

  static FieldGenerator of(FieldSettings settings) {
    return settings.type().accept(new Maker(settings));
  }

  /** A generator for elements and fields, which have no settings. */
  private static FieldGenerator plain(String name, DataType type) {
    return of(new FieldSettings(name, type, Map.of()));
  }

  private static FieldGenerator chosen(FieldSettings settings, List<Object> values) {
    Object[] choices = values.toArray();
    FieldGenerator.ObjectValue value = draw -> choices[(int) draw.nextLong(0, choices.length - 1)];
    return switch (settings.type().layout()) {
      case BOOLEAN -> new OfBoolean(value);
      case LONG -> new OfLong(draw -> (Long) value.next(draw));
      case DOUBLE -> new OfDouble(draw -> (Double) value.next(draw));
      case OBJECT -> new OfObject(value);
    };
  }

  private static FieldGenerator constant(FieldSettings settings) {
    settings.required("value");
    return chosen(settings, settings.findValue("value").stream().toList());
  }

  private static int length(FieldSettings settings) {
    long length = settings.getLong("length", DEFAULT_LENGTH);
    if (length < 0 || length > LONGEST) {
      throw settings.error("length", "must be from 0 to " + LONGEST + ", not " + length);
    }
    return (int) length;
  }

  private static FieldGenerator flags(FieldSettings settings) {
    Kind kind = settings.kind(Kind.RANDOM);
    return switch (kind) {
      case RANDOM -> new OfBoolean(draw -> draw.nextLong() < 0);
      case CHOICE -> chosen(settings, settings.values("choices"));
      case CONSTANT -> constant(settings);
      case SEQUENCE, NORMAL, TEMPLATE, UUID, TIME -> throw settings.unfit(kind);
    };
  }

  private static FieldGenerator numbers(FieldSettings settings, Kind byDefault) {
    Kind kind = settings.kind(byDefault);
    return switch (kind) {
      case RANDOM -> NumberGenerators.random(settings);
      case SEQUENCE -> NumberGenerators.sequence(settings);
      case NORMAL -> NumberGenerators.normal(settings);
      case TIME -> NumberGenerators.time(settings);
      case CHOICE -> chosen(settings, settings.values("choices"));
      case CONSTANT -> constant(settings);
      case TEMPLATE, UUID -> throw settings.unfit(kind);
    };
  }

  private static FieldGenerator texts(FieldSettings settings) {
    Kind kind = settings.kind(settings.isGiven("template") ? Kind.TEMPLATE : Kind.RANDOM);
    return switch (kind) {
      case RANDOM -> {
        int length = length(settings);
        yield new OfObject(draw -> TextTemplate.letters(draw, length));
      }
      case SEQUENCE -> {
        long min = settings.getLong("min", 0);
        long increment = settings.getLong("increment", 1);
        yield new OfObject(draw -> Long.toString(min + draw.row() * increment));
      }
      case TEMPLATE -> new OfObject(TextTemplate.parse(settings)::fill);
      case UUID ->
          new OfObject(draw -> new java.util.UUID(draw.nextLong(), draw.nextLong()).toString());
      case CHOICE -> chosen(settings, settings.values("choices"));
      case CONSTANT -> constant(settings);
      case NORMAL, TIME -> throw settings.unfit(kind);
    };
  }

  private static FieldGenerator bytes(FieldSettings settings) {
    Kind kind = settings.kind(Kind.RANDOM);
    return switch (kind) {
      case RANDOM -> {
        int length = length(settings);
        yield new OfObject(draw -> randomBytes(draw, length));
      }
      case CHOICE -> chosen(settings, settings.values("choices"));
      case CONSTANT -> constant(settings);
      case SEQUENCE, NORMAL, TEMPLATE, UUID, TIME -> throw settings.unfit(kind);
    };
  }

  private static Bytes randomBytes(Draw draw, int length) {
    byte[] content = new byte[length];
    for (int i = 0; i < length; i++) {
      content[i] = (byte) draw.nextLong();
    }
    return Bytes.wrap(content);
  }

  private static void expectRandom(FieldSettings settings) {
    Kind kind = settings.kind(Kind.RANDOM);
    if (kind != Kind.RANDOM) {
      throw settings.unfit(kind);
    }
  }

  private record Maker(FieldSettings settings) implements DataTypeVisitor<FieldGenerator> {
    @Override
    public FieldGenerator visitSimple(DataType.Simple type) {
      return switch (type) {
        case BOOLEAN -> flags(settings);
        case INT, BIGINT, DOUBLE, INTERVAL -> numbers(settings, Kind.RANDOM);
        case TIMESTAMP, DATE, TIME -> numbers(settings, Kind.TIME);
        case STRING -> texts(settings);
        case BYTES -> bytes(settings);
        case NULL -> throw settings.unfit(Kind.RANDOM);
      };
    }

    @Override
    public FieldGenerator visitDecimal(DataType.Decimal type) {
      return numbers(settings, Kind.RANDOM);
    }

    @Override
    public FieldGenerator visitArray(DataType.Array type) {
      expectRandom(settings);
      FieldGenerator element = plain(settings.column(), type.element());
      return new OfObject(
          draw -> {
            List<@Nullable Object> values = new ArrayList<>();
            for (long i = draw.nextLong(0, MOST_ELEMENTS); i > 0; i--) {
              values.add(element.next(draw));
            }
            return Collections.unmodifiableList(values);
          });
    }

    @Override
    public FieldGenerator visitMap(DataType.MapOf type) {
      expectRandom(settings);
      FieldGenerator key = plain(settings.column(), type.key());
      FieldGenerator value = plain(settings.column(), type.value());
      return new OfObject(
          draw -> {
            Map<@Nullable Object, @Nullable Object> values = new LinkedHashMap<>();
            for (long i = draw.nextLong(0, MOST_ELEMENTS); i > 0; i--) {
              values.put(key.next(draw), value.next(draw));
            }
            return Collections.unmodifiableMap(values);
          });
    }

    @Override
    public FieldGenerator visitStruct(DataType.StructOf type) {
      expectRandom(settings);
      List<FieldGenerator> fields = new ArrayList<>();
      for (Field field : type.fields()) {
        fields.add(plain(settings.column() + "." + field.name(), field.type()));
      }
      return new OfObject(
          draw -> {
            @Nullable Object[] values = new @Nullable Object[fields.size()];
            for (int i = 0; i < values.length; i++) {
              values[i] = fields.get(i).next(draw);
            }
            return Struct.of(values);
          });
    }
  }

  /** NULL in a share of the rows. */
  static final class SometimesNull extends FieldGenerator {
    private final FieldGenerator values;
    private final double share;

    SometimesNull(FieldGenerator values, double share) {
      this.values = values;
      this.share = share;
    }

    @Override
    void write(Draw draw, RowWriter writer, int column) {
      if (draw.nextDouble() >= share) {
        values.write(draw, writer, column);
      }
    }

    @Override
    @Nullable Object next(Draw draw) {
      return draw.nextDouble() >= share ? values.next(draw) : null;
    }
  }
}
