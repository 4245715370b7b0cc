package io.millrace.examples.embedding;

import io.millrace.engine.Engine;
import io.millrace.engine.Input;
import io.millrace.engine.Job;
import java.util.List;

/**
 * A Java program that watches payments: it sends records into a query, gets alarms back before
 * {@code send} returns, and asks a table what it holds at this moment.
 */
public final class CardWatch {
  private static final String SCRIPT =
      """
      CREATE STREAM Payments (card STRING, amount DOUBLE, country STRING);

      CREATE STREAM Alarms AS
        SELECT card, sum(amount) AS total, max(amount) AS largest
        FROM Payments WINDOW LENGTH (3)
        HAVING count(*) = 3 AND sum(amount) > 1000
        PARTITION BY card;

      CREATE TABLE Countries AS
        SELECT country, count(*) AS payments, sum(amount) AS total FROM Payments GROUP BY country;
      """;

  private CardWatch() {}

  /** What the program sends: the components are the columns of {@code Payments}. */
  public record Payment(String card, double amount, String country) {}

  /** What it gets: the components are the columns of {@code Alarms}. */
  public record Alarm(String card, double total, double largest) {}

  /** Runs the example, without arguments. */
  public static void main(String[] arguments) {
    try (Engine engine = Engine.create()) {
      Job job = engine.deploy(SCRIPT);
      job.output("Alarms", Alarm.class).subscribe(alarm -> System.out.println("alarm: " + alarm));

      Input<Payment> payments = job.input("Payments", Payment.class);
      payments.send(new Payment("4711", 12.5, "PT"));
      payments.send(new Payment("4711", 480.0, "PT"));
      payments.send(new Payment("0815", 99.9, "IE"));
      payments.send(new Payment("4711", 650.0, "IE")); // prints the alarm before it returns
      payments.sendAll(List.of(new Payment("0815", 20.0, "IE"), new Payment("0815", 7.5, "PT")));

      job.query("SELECT country, payments, total FROM Countries WHERE total > 500")
          .forEach(System.out::println);
    }
  }
}
