package dev.lettershop.controller.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifferenceTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          the same                              | spec: {a: 1, b: [x]}                         | spec: {a: 1, b: [x]}
          the server filled a field in          | spec: {a: 1, policy: Default}                | spec: {a: 1}
          and one deeper down                   | spec: {a: [{name: x, mode: 420}]}            | spec: {a: [{name: x}]}
          a status                              | status: {active: 1}                          | spec: {}
          another status than none              | status: {active: 1}                          | status: {active: 2}
          absent where empty is desired         | spec: {}                                     | spec: {a: {}, b: [], c: ''}
          an object where an empty one is asked | spec: {tmp: {medium: Memory}}                | spec: {tmp: {}}
          cpu in thousandths                    | spec: {requests: {cpu: 1}}                   | spec: {requests: {cpu: 1000m}}
          memory in other units                 | spec: {limits: {memory: 1Gi}}                | spec: {limits: {memory: 1024Mi}}
          size of a volume in other units       | spec: {sizeLimit: 1Gi}                       | spec: {sizeLimit: 1024Mi}
          somebody else's label                 | metadata: {labels: {a: x, b: y}}             | metadata: {labels: {a: x}}
          somebody else's annotation            | metadata: {annotations: {a: x, b: y}}        | metadata: {annotations: {a: x}}
          somebody else's reference             | metadata: {ownerReferences: [{uid: 2}, {uid: 1}]} | metadata: {ownerReferences: [{uid: 1}]}
          what the server says of an object     | metadata: {uid: 7, resourceVersion: '8'}     | metadata: {name: x}
          """)
  void sees_no_difference_in(String what, String actual, String desired) {
    assertThat(Difference.between(resource(actual), resource(desired))).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          another value                | spec: {a: 2}                                   | spec: {a: 1}
          a value that is not there    | spec: {}                                       | spec: {a: 1}
          true where false is desired  | spec: {suspend: true}                          | spec: {suspend: false}
          another value deep down      | spec: {a: [{b: {c: x}}]}                       | spec: {a: [{b: {c: y}}]}
          an element too many          | spec: {a: [x, y]}                              | spec: {a: [x]}
          an element too few           | spec: {a: [x]}                                 | spec: {a: [x, y]}
          elements in another order    | spec: {a: [y, x]}                              | spec: {a: [x, y]}
          no list at all               | spec: {}                                       | spec: {a: [x]}
          another amount               | spec: {requests: {cpu: 999m}}                  | spec: {requests: {cpu: 1}}
          no amount                    | spec: {requests: {}}                           | spec: {requests: {cpu: 1}}
          numbers that are no amounts  | spec: {value: 1000m}                           | spec: {value: '1'}
          another field beside spec    | rules: [{verbs: [get]}]                        | rules: [{verbs: [patch]}]
          a label of another value     | metadata: {labels: {a: y}}                     | metadata: {labels: {a: x}}
          a label that was removed     | metadata: {}                                   | metadata: {labels: {a: x}}
          an annotation that is old    | metadata: {annotations: {a: y}}                | metadata: {annotations: {a: x}}
          an owner that was removed    | metadata: {ownerReferences: [{uid: 2}]}        | metadata: {ownerReferences: [{uid: 1}]}
          an owner that does not block | metadata: {ownerReferences: [{uid: 1}]}        | metadata: {ownerReferences: [{uid: 1, blockOwnerDeletion: true}]}
          """)
  void sees_a_difference_in(String what, String actual, String desired) {
    assertThat(Difference.between(resource(actual), resource(desired))).isTrue();
  }

  private static GenericKubernetesResource resource(String yaml) {
    return Serialization.unmarshal(
        "apiVersion: example/v1\nkind: Thing\n" + yaml, GenericKubernetesResource.class);
  }
}
