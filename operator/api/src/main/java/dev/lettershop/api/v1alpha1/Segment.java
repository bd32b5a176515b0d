package dev.lettershop.api.v1alpha1;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

@Group("lettershop.dev")
@Version("v1alpha1")
@ShortNames("seg")
public class Segment extends CustomResource<SegmentSpec, SegmentStatus> implements Namespaced {}
