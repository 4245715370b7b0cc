package io.millrace.operators.functions;

import io.millrace.spi.error.RowException;
import io.millrace.spi.function.Prepared;
import io.millrace.spi.function.ScalarFunction;
import java.util.Locale;

/** Places on the earth, by latitude and longitude in degrees. */
public final class GeoFunctions {
  private static final double MEAN_RADIUS_KM = 6371.0088;
  private static final String GEOHASH_DIGITS = "0123456789bcdefghjkmnpqrstuvwxyz";
  private static final int BITS_OF_DIGIT = 5;
  private static final int MOST_DIGITS = 12;

  private GeoFunctions() {}

  /** How many of a unit are in a kilometre. */
  public static Double perKilometre(String unit) {
    return switch (unit.toUpperCase(Locale.ROOT)) {
      case "KM", "KILOMETER", "KILOMETERS", "KILOMETRE", "KILOMETRES" -> 1.0;
      case "M", "METER", "METERS", "METRE", "METRES" -> 1000.0;
      case "MI", "MILE", "MILES" -> 1 / 1.609344;
      case "NMI", "NAUTICAL_MILE", "NAUTICAL_MILES" -> 1 / 1.852;
      default -> throw new RowException("unknown unit '" + unit + "': expected KM, M, MILE or NMI");
    };
  }

  @ScalarFunction(
      name = "geo_distance",
      signature = "(DOUBLE, DOUBLE, DOUBLE, DOUBLE) -> DOUBLE",
      description = "Kilometres between two places (latitude, longitude, latitude, longitude).",
      category = Category.GEOGRAPHY,
      examples = {"round(geo_distance(52.52, 13.405, 48.8566, 2.3522)) = 877"},
      canFail = true)
  public static double distance(double lat1, double lon1, double lat2, double lon2) {
    return distance(lat1, lon1, lat2, lon2, 1.0);
  }

  /** The haversine formula (Sinnott, Sky and Telescope 68, 1984) on a sphere of mean radius. */
  @ScalarFunction(
      name = "geo_distance",
      signature = "(DOUBLE, DOUBLE, DOUBLE, DOUBLE, STRING) -> DOUBLE",
      description = "The distance between two places in KM, M, MILE or NMI.",
      category = Category.GEOGRAPHY,
      examples = {"round(geo_distance(0, 0, 0, 1, 'NMI'), 1) = 60.0"},
      canFail = true)
  public static double distance(
      double lat1, double lon1, double lat2, double lon2, @Prepared("perKilometre") Double unit) {
    checkLatitude(lat1);
    checkLatitude(lat2);
    double phi1 = Math.toRadians(lat1);
    double phi2 = Math.toRadians(lat2);
    double dPhi = StrictMath.sin((phi2 - phi1) / 2);
    double dLambda = StrictMath.sin(Math.toRadians(lon2 - lon1) / 2);
    double a = dPhi * dPhi + StrictMath.cos(phi1) * StrictMath.cos(phi2) * dLambda * dLambda;
    return 2 * MEAN_RADIUS_KM * StrictMath.asin(Math.sqrt(Math.min(1, a))) * unit;
  }

  @ScalarFunction(
      name = "geo_within_box",
      signature = "(DOUBLE, DOUBLE, DOUBLE, DOUBLE, DOUBLE, DOUBLE) -> BOOLEAN",
      description =
          "Whether a place (latitude, longitude) is in a box (south, west, north, east), borders"
              + " included; a box whose west is east of its east lies across the date line.",
      category = Category.GEOGRAPHY,
      examples = {
        "geo_within_box(52.5, 13.4, 50, 10, 55, 15) = TRUE",
        "geo_within_box(0, 179, -10, 170, 10, -170) = TRUE",
        "geo_within_box(0, 0, -10, 170, 10, -170) = FALSE"
      },
      canFail = true)
  public static boolean withinBox(
      double lat, double lon, double south, double west, double north, double east) {
    checkLatitude(lat);
    boolean between = west <= east ? lon >= west && lon <= east : lon >= west || lon <= east;
    return between && lat >= south && lat <= north;
  }

  @ScalarFunction(
      name = "geohash",
      signature = "(DOUBLE, DOUBLE) -> STRING",
      description = "The geohash of a place (latitude, longitude) in 12 digits.",
      category = Category.GEOGRAPHY,
      examples = {"left(geohash(57.64911, 10.40744), 11) = 'u4pruydqqvj'"},
      canFail = true)
  public static String geohash(double lat, double lon) {
    return geohash(lat, lon, MOST_DIGITS);
  }

  /** Gustavo Niemeyer's geohash (2008): the bits of longitude and latitude in turn, base 32. */
  @ScalarFunction(
      name = "geohash",
      signature = "(DOUBLE, DOUBLE, BIGINT) -> STRING",
      description = "The geohash of a place (latitude, longitude) in 1 to 12 digits.",
      category = Category.GEOGRAPHY,
      examples = {"geohash(42.6, -5.6, 5) = 'ezs42'"},
      canFail = true)
  public static String geohash(double lat, double lon, long digits) {
    checkLatitude(lat);
    if (!(lon >= -180 && lon <= 180)) {
      throw new RowException("longitude " + lon + " is not in [-180, 180]");
    }
    if (digits < 1 || digits > MOST_DIGITS) {
      throw new RowException("a geohash has 1 to " + MOST_DIGITS + " digits, not " + digits);
    }
    double[] low = {-180, -90};
    double[] high = {180, 90};
    double[] place = {lon, lat};
    StringBuilder hash = new StringBuilder();
    int bits = 0;
    for (int i = 0; i < BITS_OF_DIGIT * digits; i++) {
      int axis = i % 2;
      double middle = (low[axis] + high[axis]) / 2;
      boolean upper = place[axis] >= middle;
      (upper ? low : high)[axis] = middle;
      bits = 2 * bits + (upper ? 1 : 0);
      if (i % BITS_OF_DIGIT == BITS_OF_DIGIT - 1) {
        hash.append(GEOHASH_DIGITS.charAt(bits));
        bits = 0;
      }
    }
    return hash.toString();
  }

  private static void checkLatitude(double lat) {
    if (!(lat >= -90 && lat <= 90)) {
      throw new RowException("latitude " + lat + " is not in [-90, 90]");
    }
  }
}
