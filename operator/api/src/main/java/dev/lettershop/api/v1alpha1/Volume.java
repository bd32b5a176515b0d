package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record Volume(
    ConfigMapVolume configMap,
    SecretVolume secret,
    PersistentVolumeClaimVolume persistentVolumeClaim,
    NfsVolume nfs,
    CsiVolume csi) {}
