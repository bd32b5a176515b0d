package dev.lettershop.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lettershop.api.v1alpha1.field.FieldMapping;
import dev.lettershop.api.v1alpha1.segment.SegmentRules;
import dev.lettershop.encoding.JsonMappers;
import dev.lettershop.fuzz.LongInputs;
import dev.lettershop.fuzz.SmallStack;
import dev.lettershop.rule.ast.Limits;
import dev.lettershop.rule.mapping.MappingCompiler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules and mappings that are long and deep, at random: compiled, or refused with a reason. */
class LongRulesTest {
  private static final int CASES = 300;
  private static final int SOAK_CASES = 100_000;
  private static final int MOST = Limits.EXPRESSION_LENGTH;

  private static final List<String> RECORDS =
      List.of(
          "record.city",
          "record.A",
          "record[",
          "record",
          ".split(',')",
          ".trim()",
          ".map(x, ",
          ".join('-')",
          ".replace('a', 'b')",
          "timestamp(record.t)",
          "has(record.x)");
  private static final List<String> VALUES =
      List.of("100", "New York", "'", "\"", "\\", "-", "2026-01-01", "true", "{{", "1e9", "😀");

  /** Each compiles a text, and says how many problems it has; fewer than none when it is good. */
  enum Parser {
    Cel {
      @Override
      int problems(String text, Random random) {
        RuleResult result = Shop.compiler().compile(text);
        if (result.isOk()) {
          assertThat(result.rule().evaluate(Shop.ADA, Shop.NOW)).isNotNull();
        }
        return result.isOk() ? -1 : result.problems().size();
      }
    },
    Mapping {
      @Override
      int problems(String text, Random random) {
        MappingCompiler.Result result = MAPPINGS.compile(List.of(new FieldMapping("city", text)));
        return result.mapping() != null ? -1 : result.problems().size();
      }

      @Override
      List<String> pieces() {
        return Stream.concat(RECORDS.stream(), RuleFuzzTest.PIECES.stream()).toList();
      }
    },
    Structured {
      @Override
      int problems(String text, Random random) {
        RuleResult result =
            new RuleCompiler(
                    Shop.SCHEMA,
                    Map.of("rich", "profile.lifetime_value > 5000.0"),
                    Map.of("tested", rules(text, random)),
                    "")
                .compileNamed("tested");
        if (result.isOk()) {
          RuleResult read = Shop.compiler().compile(result.rule().source());
          return read.isOk() ? -1 : read.problems().size();
        }
        return result.problems().size();
      }

      @Override
      List<String> pieces() {
        return VALUES;
      }
    };

    private static final MappingCompiler MAPPINGS = new MappingCompiler();

    abstract int problems(String text, Random random);

    List<String> pieces() {
      return RuleFuzzTest.PIECES;
    }
  }

  /** What is nested or strung together as often as there is room for. */
  private static List<String> shapes() {
    List<String> shapes = new ArrayList<>();
    for (String open :
        List.of(
            "(",
            "[",
            "{1:",
            "!",
            "-",
            "!(",
            "true?true:",
            "true?",
            ".a",
            "[0]",
            "profile.city.trim()",
            ".contains('a')",
            "==1",
            "+1",
            "&&true",
            "||",
            "size(",
            "has(",
            "in[",
            "?",
            "'",
            "r'",
            "events('product_viewed').exists(e,",
            "//",
            "1.",
            "a.",
            "a[",
            "a(",
            "a{b:")) {
      shapes.add(open.repeat(MOST / open.length()));
      shapes.add("1" + open.repeat(MOST / open.length() - 1));
      shapes.add("profile.city" + open.repeat(MOST / open.length() - 12));
    }
    for (String pair : List.of("()", "[]", "!() ", "-()", "{1:}")) {
      int half = MOST / pair.length() - 1;
      String open = pair.substring(0, pair.length() / 2).replace("{1", "{1:");
      String close = pair.contains("[") ? "]" : pair.contains("{") ? "}" : ")";
      shapes.add(open.repeat(half) + "1" + close.repeat(half));
    }
    return shapes;
  }

  @ParameterizedTest
  @EnumSource(
      value = Parser.class,
      names = {"Cel", "Mapping"})
  void everyWayToNestIsReadOrRefused(Parser parser) {
    Random random = new Random(1);
    for (String shape : shapes()) {
      SmallStack.run(() -> assertThat(parser.problems(shape, random)).isNotZero());
    }
  }

  @ParameterizedTest
  @EnumSource
  void whateverIsWrittenIsCompiledOrRefusedWithAReason(Parser parser) {
    fuzz(parser, CASES);
  }

  @Tag("soak")
  @ParameterizedTest
  @EnumSource
  void soAreAHundredThousand(Parser parser) {
    fuzz(parser, SOAK_CASES);
  }

  private static void fuzz(Parser parser, int cases) {
    LongInputs inputs = new LongInputs(parser.ordinal(), MOST, parser.pieces());
    Random random = new Random(parser.ordinal());
    SmallStack.run(
        () -> {
          for (int i = 0; i < cases; i++) {
            assertThat(parser.problems(inputs.next(), random)).as("case " + i).isNotZero();
          }
        });
  }

  /** As many as the schema lets through, with values that are longer than it does. */
  private static SegmentRules rules(String text, Random random) {
    ObjectNode rules = JsonMappers.PLAIN.createObjectNode();
    List<String> places = new ArrayList<>(List.of("all", "any", "none"));
    for (String place : places) {
      ArrayNode terms = rules.putArray(place);
      for (int i = random.nextInt(4); i > 0; i--) {
        ObjectNode rule = terms.addObject();
        if (random.nextBoolean()) {
          term(rule, text, random);
        } else {
          ArrayNode inner = rule.putArray(random.nextBoolean() ? "anyOf" : "allOf");
          for (int j = random.nextInt(20); j >= 0; j--) {
            term(inner.addObject(), text, random);
          }
        }
      }
    }
    try {
      return JsonMappers.PLAIN.treeToValue(rules, SegmentRules.class);
    } catch (JsonProcessingException e) {
      throw new AssertionError(rules.toString(), e);
    }
  }

  private static void term(ObjectNode term, String text, Random random) {
    switch (random.nextInt(4)) {
      case 0 -> term.put("segment", random.nextBoolean() ? "rich" : text);
      case 1 ->
          term.put("event", random.nextBoolean() ? "product_viewed" : text).put("within", text);
      default ->
          term.put("attribute", random.nextInt(5) > 0 ? "city" : text)
              .put("operator", random.nextBoolean() ? "Equal" : "Contains")
              .put("value", text);
    }
  }
}
