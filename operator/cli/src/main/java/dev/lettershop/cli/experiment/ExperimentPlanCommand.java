package dev.lettershop.cli.experiment;

import dev.lettershop.cli.output.Json;
import dev.lettershop.cli.output.OutputFormat;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.insight.experiment.SampleSize;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lettershop experiment plan}: how many people a comparison needs. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Say how many people each variant needs for a change to be found, or which change so many"
          + " people can show.",
      "Most tests are too small for the changes that mails make: from 3 clicks in a hundred to 3.6"
          + " takes about 14,600 people for each variant."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:answered", "2:usage"})
final class ExperimentPlanCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--rate",
      paramLabel = "SHARE",
      required = true,
      converter = Share.Converter.class,
      description =
          "Share of people who do it without the change, over 0%% and under 100%%: what earlier runs"
              + " had, such as 3%% or 0.03.")
  private Share rate;

  @ArgGroup(multiplicity = "1")
  private Question question;

  /** What is asked: the one or the other. */
  static final class Question {
    @Option(
        names = "--lift",
        paramLabel = "SHARE",
        converter = Share.Converter.class,
        description = "The change to be found, as a share of the rate: 20%% is from 3%% to 3.6%%.")
    private Share lift;

    @Option(
        names = "--people",
        paramLabel = "N",
        description = "People of each variant, at least 1: say which change they can show.")
    private Long people;
  }

  @Option(
      names = "--variants",
      paramLabel = "N",
      defaultValue = "2",
      description = "How many variants there are, 2 to 10. Default: ${DEFAULT-VALUE}.")
  private int variants;

  @Option(
      names = "--confidence",
      paramLabel = "SHARE",
      defaultValue = "95%",
      converter = Share.Converter.class,
      description =
          "How sure a decision has to be, at least 50%% and under 100%%. Default: ${DEFAULT-VALUE}.")
  private Share confidence;

  @Option(
      names = "--power",
      paramLabel = "SHARE",
      defaultValue = "80%",
      converter = Share.Converter.class,
      description =
          "How often a change that is there has to be found, at least 50%% and under 100%%. Default:"
              + " ${DEFAULT-VALUE}.")
  private Share power;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = "text or json. Default: ${DEFAULT-VALUE}.")
  private OutputFormat output;

  /**
   * What {@code -o json} prints.
   *
   * @param rate share of people who do it without the change, 0 to 1
   * @param lift the change that is found, as a share of the rate; absent when not even everybody's
   *     doing it would be found
   * @param peoplePerVariant with looks on the way
   * @param peoplePerVariantOneLook for a single look at the end; absent when people were given
   * @param people of all variants, with looks on the way
   */
  record Answer(
      double rate,
      Double lift,
      double confidence,
      double power,
      int variants,
      long peoplePerVariant,
      Long peoplePerVariantOneLook,
      long people) {}

  @Override
  public Integer call() {
    check("--rate", rate, 0, "over 0% and under 100%");
    check("--confidence", confidence, 0.4999, "at least 50% and under 100%");
    check("--power", power, 0.4999, "at least 50% and under 100%");
    if (variants < 2 || variants > 10) {
      throw new UsageException("--variants has to be 2 to 10, not " + variants);
    }
    SampleSize size = new SampleSize(confidence.value(), power.value());
    Answer answer = question.lift == null ? lift(size) : people(size);
    PrintWriter out = spec.commandLine().getOut();
    if (output == OutputFormat.json) {
      Json.print(out, answer);
    } else {
      print(answer, out);
      out.flush();
    }
    return 0;
  }

  private Answer people(SampleSize size) {
    double lift = question.lift.value();
    double changed = rate.value() * (1 + lift);
    if (lift == 0 || changed < 0 || changed > 1) {
      throw new UsageException(
          "--lift cannot be %s: a rate of %s would become %s"
              .formatted(question.lift, rate, new Share(changed)));
    }
    long each = size.perVariantWithLooks(rate.value(), lift);
    return answer(lift, each, size.perVariant(rate.value(), lift));
  }

  private Answer lift(SampleSize size) {
    if (question.people < 1) {
      throw new UsageException("--people has to be at least 1, not " + question.people);
    }
    double lift = size.smallestLift(rate.value(), question.people);
    return answer(Double.isInfinite(lift) ? null : lift, question.people, null);
  }

  private Answer answer(Double lift, long each, Long oneLook) {
    return new Answer(
        rate.value(),
        lift,
        confidence.value(),
        power.value(),
        variants,
        each,
        oneLook,
        Math.multiplyExact(each, variants));
  }

  private void print(Answer answer, PrintWriter out) {
    if (answer.lift() == null) {
      out.printf(
          Locale.ROOT,
          "%,d people per variant cannot show any change from a rate of %s.%n",
          answer.peoplePerVariant(),
          rate);
      return;
    }
    String change =
        "a change of %s, from %s to %s,"
            .formatted(
                new Share(answer.lift()), rate, new Share(answer.rate() * (1 + answer.lift())));
    if (answer.peoplePerVariantOneLook() == null) {
      out.printf(
          Locale.ROOT,
          "%,d people per variant show %s in %s of all tests; smaller ones are missed more"
              + " often.%n",
          answer.peoplePerVariant(),
          change,
          power);
    } else {
      out.printf(
          Locale.ROOT,
          "To find %s in %s of all tests, each variant needs %,d people (%,d of all %d variants).%n",
          change,
          power,
          answer.peoplePerVariant(),
          answer.people(),
          answer.variants());
      out.printf(
          Locale.ROOT,
          "With a single look at the end it would be %,d.%n",
          answer.peoplePerVariantOneLook());
    }
  }

  private static void check(String option, Share share, double over, String range) {
    if (!(share.value() > over && share.value() < 1)) {
      throw new UsageException(option + " has to be " + range + ", not " + share);
    }
  }
}
