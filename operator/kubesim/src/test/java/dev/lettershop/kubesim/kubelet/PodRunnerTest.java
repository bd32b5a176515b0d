package dev.lettershop.kubesim.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lettershop.kubesim.apiserver.InMemoryApiServer;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class PodRunnerTest {
  private final InMemoryApiServer server = InMemoryApiServer.start();
  private final KubernetesClient client = server.client();
  private final Set<String> unknownImages = ConcurrentHashMap.newKeySet();
  private PodRunner runner;

  @TempDir Path folder;

  @BeforeEach
  void start() {
    PodRunnerOptions options =
        PodRunnerOptions.of(List.of("/bin/sh", "-c"), folder.resolve("pods"), server.url())
            .withClaims(Map.of("files", folder.resolve("files")))
            .withEnvironment(Map.of("SHOP", "example"))
            .withUnknownImages(unknownImages)
            .withRetry(Duration.ofMillis(200));
    runner = new PodRunner(client, options, Clock.systemUTC());
    server.logs(runner::logs);
  }

  @AfterEach
  void stop() {
    runner.close();
    server.close();
  }

  @Test
  void aPodThatEndsWellSucceedsAndLeavesItsLastWordsInTheStatus() {
    run("echo working; echo done > /dev/termination-log", "");
    Pod pod = awaitPhase("Succeeded");

    ContainerStateTerminated end = end(pod);
    assertThat(end.getExitCode()).isZero();
    assertThat(end.getReason()).isEqualTo("Completed");
    assertThat(end.getMessage()).isEqualTo("done\n");
    assertThat(client.pods().withName("worker").getLog()).isEqualTo("working\n");
  }

  @Test
  void aPodThatFailsSaysWithWhichExitCode() {
    run("exit 3", "");
    ContainerStateTerminated end = end(awaitPhase("Failed"));

    assertThat(end.getExitCode()).isEqualTo(3);
    assertThat(end.getReason()).isEqualTo("Error");
    assertThat(end.getMessage()).isNull();
  }

  @Test
  void volumesAreFoldersThatArgumentsAndEnvironmentPointTo() throws IOException {
    Files.createDirectories(folder.resolve("files"));
    Files.writeString(folder.resolve("files/customers.csv"), "id\n");
    client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName("plan")
                .endMetadata()
                .addToBinaryData("plan.json", "e30=")
                .build())
        .create();
    secret("smtp", "password", "s3cret");
    run(
        "cat /etc/shop/plan/plan.json /etc/shop/secrets/smtp/password; echo; echo $PLACE; cat"
            + " $PLACE/customers.csv; touch /tmp/x && echo $SHOP $RUN $POD $KEY",
        """
            env:
            - {name: PLACE, value: /etc/shop/files}
            - {name: RUN, valueFrom: {fieldRef: {fieldPath: "metadata.labels['run']"}}}
            - {name: POD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
            - {name: KEY, valueFrom: {secretKeyRef: {name: smtp, key: password}}}
            volumeMounts:
            - {name: plan, mountPath: /etc/shop/plan}
            - {name: smtp, mountPath: /etc/shop/secrets/smtp}
            - {name: files, mountPath: /etc/shop/files}
            - {name: tmp, mountPath: /tmp}
          volumes:
          - {name: plan, configMap: {name: plan}}
          - {name: smtp, secret: {secretName: smtp, items: [{key: password, path: password}]}}
          - {name: files, persistentVolumeClaim: {claimName: files}}
          - {name: tmp, emptyDir: {}}
        """);
    awaitPhase("Succeeded");

    assertThat(runner.logs("default", "worker").orElseThrow())
        .isEqualTo("{}s3cret\n" + folder.resolve("files") + "\nid\nexample spring worker s3cret\n");
    soon().untilAsserted(() -> assertThat(left()).containsExactly(folder.resolve("pods/logs")));
  }

  @Test
  void aFolderWithSeveralMountsIsFoundAsOne() {
    secret("db", "password", "one");
    secret("smtp", "password", "two");
    run(
        "cd /etc/shop/secrets && cat db/password smtp/password",
        """
            volumeMounts:
            - {name: db, mountPath: /etc/shop/secrets/db}
            - {name: smtp, mountPath: /etc/shop/secrets/smtp}
          volumes:
          - {name: db, secret: {secretName: db}}
          - {name: smtp, secret: {secretName: smtp}}
        """);
    awaitPhase("Succeeded");

    assertThat(runner.logs("default", "worker").orElseThrow()).isEqualTo("onetwo");
  }

  @Test
  void aPodWithoutItsSecretWaitsSaysWhyAndStartsWhenTheSecretIsThere() {
    run(
        "cat /etc/smtp/password",
        """
            volumeMounts:
            - {name: mail, mountPath: /etc/smtp}
          volumes:
          - {name: mail, secret: {secretName: smtp, items: [{key: password, path: password}]}}
        """);
    awaitWaiting("ContainerCreating");

    assertThat(awaitEvent("FailedMount").getMessage())
        .isEqualTo("MountVolume.SetUp failed for volume \"mail\" : secret \"smtp\" not found");

    secret("smtp", "user", "shop");

    soon()
        .untilAsserted(
            () ->
                assertThat(awaitEvent("FailedMount").getMessage())
                    .isEqualTo(
                        "MountVolume.SetUp failed for volume \"mail\" : references non-existent"
                            + " secret key: password"));

    secret("smtp", "password", "s3cret");
    awaitPhase("Succeeded");

    assertThat(runner.logs("default", "worker")).contains("s3cret");
  }

  @Test
  void aPodWithoutItsVariableWaits() {
    run(
        "true",
        """
            env:
            - {name: KEY, valueFrom: {secretKeyRef: {name: smtp, key: password}}}
        """);

    assertThat(awaitWaiting("CreateContainerConfigError").getWaiting().getMessage())
        .isEqualTo("secret \"smtp\" not found");
  }

  @Test
  void aPodWithoutItsClaimCannotBeScheduled() {
    run(
        "true",
        """
            volumeMounts:
            - {name: data, mountPath: /data}
          volumes:
          - {name: data, persistentVolumeClaim: {claimName: lost}}
        """);

    assertThat(awaitEvent("FailedScheduling").getMessage())
        .isEqualTo("0/1 nodes are available: persistentvolumeclaim \"lost\" not found.");
    assertThat(pod().getStatus().getConditions().get(0).getReason()).isEqualTo("Unschedulable");
  }

  @Test
  void anImageThatIsNotThereIsWaitedFor() {
    unknownImages.add("shop.example/worker:1");
    run("true", "");

    assertThat(awaitWaiting("ImagePullBackOff").getWaiting().getMessage())
        .isEqualTo("Back-off pulling image \"shop.example/worker:1\"");

    unknownImages.clear();
    awaitPhase("Succeeded");
  }

  @Test
  void aDeletedPodIsAskedToEndAndGoesWhenItHas() {
    run("trap 'echo ending; exit 4' TERM; echo up; while true; do sleep 0.1; done", "");
    awaitPhase("Running");
    soon().until(() -> runner.logs("default", "worker").orElse("").contains("up"));
    client.pods().withName("worker").delete();
    soon().until(() -> pod() == null);

    assertThat(runner.logs("default", "worker")).contains("up\nending\n");
  }

  @Test
  void aDeletedPodThatDoesNotEndIsKilled() {
    run(
        "trap '' TERM; echo up; while true; do sleep 0.1; done",
        """
          terminationGracePeriodSeconds: 1
        """);
    awaitPhase("Running");
    soon().until(() -> runner.logs("default", "worker").orElse("").contains("up"));
    client.pods().withName("worker").delete();

    soon().until(() -> pod() == null);
  }

  @Test
  void aPodMayBeGivenTheTokenOfItsServiceAccount() {
    client
        .resource(
            new ServiceAccountBuilder().withNewMetadata().withName("sender").endMetadata().build())
        .create();
    run(
        "cd $LETTERSHOP_SERVICE_ACCOUNT && ls && cat namespace && echo && echo"
            + " $LETTERSHOP_API_SERVER",
        """
          serviceAccountName: sender
          automountServiceAccountToken: true
        """);
    awaitPhase("Succeeded");

    assertThat(runner.logs("default", "worker"))
        .contains("namespace\ntoken\ndefault\n" + server.url() + "\n");
  }

  private void run(String script, String more) {
    String yaml =
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: worker
          labels: {run: spring}
        spec:
          restartPolicy: Never
          containers:
          - name: worker
            image: shop.example/worker:1
            args: [%s]
        %s"""
            .formatted(Serialization.asJson(script), more);
    client.resource(Serialization.unmarshal(yaml, Pod.class)).create();
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> left = Files.list(folder.resolve("pods"))) {
      return left.toList();
    }
  }

  private void secret(String name, String key, String value) {
    client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .addToStringData(key, value)
                .build())
        .createOr(secret -> secret.update());
  }

  private Pod pod() {
    return client.pods().withName("worker").get();
  }

  private Pod awaitPhase(String phase) {
    return soon().until(this::pod, pod -> pod.getStatus().getPhase().equals(phase));
  }

  private ContainerState awaitWaiting(String reason) {
    return soon()
        .until(
            () ->
                pod().getStatus().getContainerStatuses().stream()
                    .map(status -> status.getState())
                    .filter(state -> state.getWaiting() != null)
                    .filter(state -> state.getWaiting().getReason().equals(reason))
                    .findFirst(),
            java.util.Optional::isPresent)
        .orElseThrow();
  }

  private Event awaitEvent(String reason) {
    return soon()
        .until(
            () ->
                client.v1().events().list().getItems().stream()
                    .filter(event -> event.getReason().equals(reason))
                    .findFirst(),
            java.util.Optional::isPresent)
        .orElseThrow();
  }

  private static ContainerStateTerminated end(Pod pod) {
    return pod.getStatus().getContainerStatuses().get(0).getState().getTerminated();
  }

  /** The machine may be busy. */
  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(60));
  }
}
