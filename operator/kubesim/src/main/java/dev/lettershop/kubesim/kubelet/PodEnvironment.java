package dev.lettershop.kubesim.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Works out the environment variables of a container. */
final class PodEnvironment {
  private static final Pattern MAP_FIELD =
      Pattern.compile("metadata\\.(labels|annotations)\\['([^']+)'\\]");

  private PodEnvironment() {}

  /**
   * @throws PodProblem when one refers to what is not there
   */
  static Map<String, String> of(Pod pod, Container container, VolumeSources sources)
      throws PodProblem {
    Map<String, String> environment = new LinkedHashMap<>();
    for (EnvVar variable : container.getEnv()) {
      String value =
          variable.getValueFrom() == null
              ? variable.getValue()
              : value(pod, variable.getValueFrom(), sources);
      if (value != null) {
        environment.put(variable.getName(), value);
      }
    }
    return environment;
  }

  private static String value(Pod pod, EnvVarSource from, VolumeSources sources) throws PodProblem {
    if (from.getFieldRef() != null) {
      return field(pod, from.getFieldRef().getFieldPath());
    } else if (from.getSecretKeyRef() != null) {
      var ref = from.getSecretKeyRef();
      return sources.secretValue(ref.getName(), ref.getKey(), ref.getOptional());
    } else if (from.getConfigMapKeyRef() != null) {
      var ref = from.getConfigMapKeyRef();
      return sources.configValue(ref.getName(), ref.getKey(), ref.getOptional());
    }
    throw PodProblem.config("this cluster cannot take environment variables from there");
  }

  /** The value of a field of the Pod, as the downward API gives it; empty when it has none. */
  static String field(Pod pod, String path) throws PodProblem {
    ObjectMeta metadata = pod.getMetadata();
    Matcher map = MAP_FIELD.matcher(path);
    if (map.matches()) {
      Map<String, String> values =
          map.group(1).equals("labels") ? metadata.getLabels() : metadata.getAnnotations();
      return values == null ? "" : values.getOrDefault(map.group(2), "");
    }
    return switch (path) {
      case "metadata.name" -> metadata.getName();
      case "metadata.namespace" -> metadata.getNamespace();
      case "metadata.uid" -> metadata.getUid();
      case "spec.serviceAccountName" -> "" + pod.getSpec().getServiceAccountName();
      default -> throw PodProblem.config("unsupported fieldPath: " + path);
    };
  }
}
