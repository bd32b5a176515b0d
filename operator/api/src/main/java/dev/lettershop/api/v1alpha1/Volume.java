package dev.lettershop.api.v1alpha1;

public record Volume(
    ConfigMapVolume configMap,
    SecretVolume secret,
    PersistentVolumeClaimVolume persistentVolumeClaim,
    NfsVolume nfs,
    CsiVolume csi) {}
