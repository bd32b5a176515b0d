package dev.lettershop.api.v1alpha1.volume;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;

/** A volume that holds a source's files. */
@ValidationRule(
    value =
        "[has(self.configMap), has(self.secret), has(self.persistentVolumeClaim), has(self.nfs),"
            + " has(self.csi)].exists_one(x, x)",
    message = "exactly one of configMap, secret, persistentVolumeClaim, nfs and csi must be set")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Volume(
    @JsonPropertyDescription("Files from the keys of a ConfigMap.") ConfigMapVolume configMap,
    @JsonPropertyDescription("Files from the keys of a Secret.") SecretVolume secret,
    @JsonPropertyDescription("Files on a PersistentVolumeClaim.")
        PersistentVolumeClaimVolume persistentVolumeClaim,
    @JsonPropertyDescription("Files on an NFS server.") NfsVolume nfs,
    @JsonPropertyDescription("Files from a CSI driver, such as a bucket of an object store.")
        CsiVolume csi) {}
