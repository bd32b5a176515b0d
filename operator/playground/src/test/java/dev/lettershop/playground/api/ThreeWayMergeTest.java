package dev.lettershop.playground.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreeWayMergeTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "takes what is written   | {'a':1}                  | {'a':1}         | {'a':2}         | {'a':2}",
        "adds what is new        | {'a':1}                  | {'a':1}         | {'a':1,'b':2}   | {'a':1,'b':2}",
        "removes what was ours   | {'a':1,'b':2}            | {'a':1,'b':2}   | {'a':1}         | {'a':1}",
        "keeps what others wrote | {'a':1,'x':9}            | {'a':1}         | {'a':1}         | {'a':1,'x':9}",
        "does so inside too      | {'s':{'a':1,'b':2,'x':9}}| {'s':{'a':1,'b':2}} | {'s':{'a':3}} | {'s':{'a':3,'x':9}}",
        "undoes what drifted     | {'a':7}                  | {'a':1}         | {'a':1}         | {'a':1}",
        "takes lists as a whole  | {'l':[1,2,3]}            | {'l':[1,2,3]}   | {'l':[1,3]}     | {'l':[1,3]}",
        "undoes drift in lists   | {'l':[1,2]}              | {'l':[1]}       | {'l':[1]}       | {'l':[1]}",
        "keeps defaults in lists | {'l':[{'a':1,'d':0}]}    | {'l':[{'a':1}]} | {'l':[{'a':1}]} | {'l':[{'a':1,'d':0}]}",
        "unless written anew     | {'l':[{'a':1,'d':0}]}    | {'l':[{'a':1}]} | {'l':[{'a':2}]} | {'l':[{'a':2}]}",
        "removes at null         | {'a':1,'b':2}            | {}              | {'b':null}      | {'a':1}",
        "replaces what has turned into an object | {'a':1}  | {'a':1}         | {'a':{'b':1}}   | {'a':{'b':1}}",
      })
  void ofAResource(String what, String live, String before, String wanted, String merged) {
    ObjectNode was = json(live);

    assertThat(ThreeWayMerge.of(was, json(before), json(wanted))).isEqualTo(json(merged));
    assertThat(was).as("is left alone").isEqualTo(json(live));
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) ApiClient.parsed(text.replace('\'', '"'));
  }
}
