package io.millrace.operators.functions;

import io.millrace.spi.function.FunctionProvider;
import java.util.List;

/** The functions of the language. To add one, add a method to the class of its topic. */
public final class BuiltInFunctions implements FunctionProvider {

  @Override
  public List<Class<?>> functionClasses() {
    return List.of(
        ArrayFunctions.class,
        ArrayMathFunctions.class,
        BitFunctions.class,
        CalendarFunctions.class,
        ConditionalFunctions.class,
        EncodingFunctions.class,
        ExponentialFunctions.class,
        GeoFunctions.class,
        HashFunctions.class,
        JsonFunctions.class,
        LambdaFunctions.class,
        LikeFunctions.class,
        MapFunctions.class,
        MaskFunctions.class,
        MathFunctions.class,
        RandomFunctions.class,
        RegexFunctions.class,
        SearchFunctions.class,
        StringFunctions.class,
        TextFunctions.class,
        TimePartFunctions.class,
        TimeTextFunctions.class,
        TimeZoneFunctions.class,
        TrigonometricFunctions.class,
        TrimFunctions.class,
        UrlFunctions.class);
  }
}
